import { globMatches, type Glob } from '#shared/query/glob.ts'
import type { Reads } from '../reads.ts'
import { connectionOf, statement } from '../connections.ts'

/** More terms than this are asked by the part before the wildcard, and checked. */
const MOST_TERMS = 1_000

const ready = new WeakMap<Reads, boolean>()

/**
 * The terms of the index that fit a pattern, so that history answers `*hansa` and `l?ft` by look-ups instead of reading every
 * mention: 10 ms from one letter on, under a second with none, for 600,000 terms. null: too many, or no index here.
 */
export function termsOf(db: Reads, glob: Glob, among: 'words' | 'tags' | 'facets'): string[] | null {
  if (!hasVocabulary(db)) return null
  const rows = statement<{ term: string }>(
    db,
    'SELECT term FROM temp.mention_terms WHERE term >= ? AND term < ?',
  ).iterate(glob.prefix, `${glob.prefix}\u{10ffff}`)
  const found: string[] = []
  for (const { term } of rows) {
    if (!globMatches(glob, term) || (among === 'words' && /[#@=‖]/.test(term))) continue
    if (found.length >= MOST_TERMS) return null
    found.push(term)
  }
  return found
}

/**
 * Words of the index that a listen for `word` (folded) just misses: one letter more, less, another or two swapped, and words
 * that begin with it. The most frequent first. Only the first letter's range is read, some 10 ms on a million mentions.
 */
export function similarWords(db: Reads, word: string, most: number): string[] {
  if ([...word].length < 5 || !hasVocabulary(db)) return []
  const first = String.fromCodePoint(word.codePointAt(0) as number)
  const found: { term: string; doc: number }[] = []
  const rows = statement<{ term: string; doc: number }>(
    db,
    'SELECT term, doc FROM temp.mention_terms WHERE term >= ? AND term < ?',
  ).iterate(first, `${first}\u{10ffff}`)
  for (const row of rows) {
    if (row.term !== word && (row.term.startsWith(word) || oneSlipApart(row.term, word))) found.push(row)
  }
  return found
    .sort((a, b) => b.doc - a.doc)
    .slice(0, most)
    .map(({ term }) => term)
}

/** Whether one insertion, deletion, replacement or swap of neighbours makes one of the other. */
export function oneSlipApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  const [restA, restB] = [a.length - start - end, b.length - start - end]
  if (restA <= 1 && restB <= 1) return restA + restB > 0
  return restA === 2 && restB === 2 && a[start] === b[start + 1] && a[start + 1] === b[start]
}

/** FTS5's own view of its terms. The connection cannot write the store, and `query_only` is set again at once. */
function hasVocabulary(db: Reads): boolean {
  const known = ready.get(db)
  if (known !== undefined) return known
  let made = false
  try {
    connectionOf(db).pragma('query_only = OFF')
    connectionOf(db).exec(
      "CREATE VIRTUAL TABLE IF NOT EXISTS temp.mention_terms USING fts5vocab('search', 'mention_fts', 'row')",
    )
    made = true
  } catch {
    // No index is attached: the pattern is checked mention by mention.
  } finally {
    if (connectionOf(db).readonly) connectionOf(db).pragma('query_only = ON')
  }
  ready.set(db, made)
  return made
}
