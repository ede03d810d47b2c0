import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { digestOf } from '#engine/understanding/concepts/lexicon-file.ts'
import { lexiconFile, openLexicon } from '#engine/understanding/concepts/lexicon.ts'
import { readConceptFolder } from '#laboratory/concept-lines.ts'
import { conceptLanguages } from '#shared/query/concept-lines.ts'
import { root } from '#tests/support/folder.ts'

const entries = readConceptFolder(join(root, 'resources/concepts'))
const named = entries.filter(({ kind }) => kind !== 'word')

describe('the lexicon of parts and symptoms', () => {
  it('has at least 1,500 entries in seven languages each', () => {
    expect(named.length).toBeGreaterThanOrEqual(1500)
    expect(named.filter(({ kind }) => kind === 'symptom').length).toBeGreaterThanOrEqual(300)
    for (const { id, phrases } of entries)
      expect([id, phrases.filter((listed) => listed.length > 0).length]).toEqual([id, conceptLanguages.length])
  })

  it('names no two entries of a kind alike', () => {
    const ids = entries.map(({ kind, id }) => `${kind} ${id}`)
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
  })

  it('has a phrase of a language in one entry of a kind', () => {
    const seen = new Map<string, string>()
    const twice: string[] = []
    for (const { kind, id, phrases } of entries)
      phrases.forEach((listed, lang) => {
        for (const phrase of listed) {
          const key = `${kind} ${conceptLanguages[lang]!} ${phrase.toLowerCase()}`
          const other = seen.get(key)
          if (other !== undefined && other !== id) twice.push(`${key}: ${other}, ${id}`)
          seen.set(key, id)
        }
      })
    expect(twice).toEqual([])
  })

  it('is the file that ships: `npm run train -- concepts` makes it anew', () => {
    const shipped = openLexicon(new Uint8Array(readFileSync(join(root, 'resources', lexiconFile))))
    expect(shipped.digest).toBe(digestOf(entries))
    expect(shipped.concepts.length).toBe(entries.length)
  })
})
