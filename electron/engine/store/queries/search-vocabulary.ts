import { globMatches, type Glob } from '#shared/query/glob.ts'
import type { ReadableDb } from '../handles.ts'
import { statement } from '../statement.ts'

/** More terms than this are asked by the part before the wildcard, and checked. */
const MOST_TERMS = 1_000

const ready = new WeakMap<ReadableDb, boolean>()

/**
 * The terms of the index that fit a pattern, so that history answers `*hansa` and `l?ft` by look-ups instead of reading every
 * mention: 10 ms from one letter on, under a second with none, for 600,000 terms. null: too many, or no index here.
 */
export function termsOf(db: ReadableDb, glob: Glob, among: 'words' | 'tags' | 'facets'): string[] | null {
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

/** FTS5's own view of its terms. The connection cannot write the store, and `query_only` is set again at once. */
function hasVocabulary(db: ReadableDb): boolean {
  const known = ready.get(db)
  if (known !== undefined) return known
  let made = false
  try {
    db.pragma('query_only = OFF')
    db.exec("CREATE VIRTUAL TABLE IF NOT EXISTS temp.mention_terms USING fts5vocab('search', 'mention_fts', 'row')")
    made = true
  } catch {
    // No index is attached: the pattern is checked mention by mention.
  } finally {
    if (db.readonly) db.pragma('query_only = ON')
  }
  ready.set(db, made)
  return made
}
