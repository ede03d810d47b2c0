import { describe, expect, it } from 'vitest'
import en from '#shared/words/en/page/listens.json'
import { queryHelp } from '#renderer/features/listens/queryHelp.ts'
import { parseQuery } from '#shared/query/parse.ts'

describe('the help of the query language', () => {
  const lines = queryHelp.flatMap((group) => group.lines.map((line) => [line.example, line.id] as const))
  it.each(lines)('%s is a query that can be read, and is explained', (example, id) => {
    expect(parseQuery(example)).toMatchObject({ ok: true })
    expect(en.help.line[id]).toBeTruthy()
  })
})
