import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import peggy from 'peggy'
import { expect, it } from 'vitest'

const folder = resolve(import.meta.dirname, '../../../shared/query')

it('the parser in the tree is the one that the grammar makes', () => {
  const grammar = readFileSync(`${folder}/grammar.peggy`, 'utf8')
  const made = peggy.generate(grammar, { output: 'source', format: 'es', grammarSource: 'shared/query/grammar.peggy' })
  const checkedIn = readFileSync(`${folder}/grammar.generated.js`, 'utf8')
  expect(checkedIn.trim(), 'Run npm run grammar').toBe(made.trim())
})
