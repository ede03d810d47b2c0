import { createWords, readWords } from '#engine/understanding/encoder/words.ts'
import { tokenize } from '#engine/understanding/tokens.ts'
import type { ConceptKind } from '#shared/query/concept-lines.ts'
import { readConceptFolder } from '../concept-lines.ts'

/** One word of a phrase, without case and accents. */
export interface PhraseWord {
  word: string
  /** Any ending may follow. */
  open: boolean
  /** How many other words may stand before it. */
  gap: number
}

/** A meaning with all that is said for it in seven languages. */
export interface LexiconEntry {
  kind: ConceptKind
  id: string
  phrases: PhraseWord[][]
}

const GAP = 4

/** Every entry of the folder's `.txt` files. Throws an Error that names file and line. */
export const readLexicon = (dir: string): LexiconEntry[] =>
  readConceptFolder(dir).map(({ kind, id, phrases }) => ({
    kind,
    id,
    phrases: phrases
      .flat()
      .map(phraseWords)
      .filter((words) => words.length > 0),
  }))

const scratch = createWords()

/** The words of a text as the encoder reads them. */
export function plainWords(text: string): string[] {
  readWords(tokenize(text), scratch)
  return Array.from({ length: scratch.count }, (_, at) =>
    String.fromCharCode(...scratch.units.subarray(scratch.from[at]!, scratch.from[at + 1]!)),
  )
}

function phraseWords(phrase: string): PhraseWord[] {
  const words: PhraseWord[] = []
  let gap = 0
  for (const piece of phrase.trim().split(/\s+/)) {
    if (piece === '..') {
      gap = GAP
      continue
    }
    const open = piece.endsWith('*')
    const own = plainWords(piece.replaceAll('*', ''))
    own.forEach((word, at) => words.push({ word, open: open && at === own.length - 1, gap: at === 0 ? gap : 0 }))
    if (own.length > 0) gap = 0
  }
  return words
}
