import type { Language } from '#shared/words/languages.ts'
import { words } from '#shared/words/words.ts'
import { explainText } from '#shared/query/explain.ts'
import { translate, type Translation } from '#shared/query/dialects/translate.ts'
import type { Dialect, Note } from '#shared/query/dialects/tree.ts'
import { cut } from '#shared/util/text-length.ts'
import { readQueryList } from './query-list.ts'

const MOST_NAME = 120
/** So much of a query names a listen that has no name. */
const MOST_OF_QUERY = 40

type SaidNote = Omit<Note, 'why'> & { message: string }
interface InWords extends Omit<Translation, 'notes'> {
  words: string
  notes: SaidNote[]
}

/** A query of another tool in our language, its notes in words; null: it is ours as it stands. */
export function translated(text: string, dialect: Dialect | null, locale: Language): InWords | null {
  const found = translate(text, dialect)
  if (found === null) return null
  const say = words(locale)
  const notes = found.notes.map(({ why, ...note }) => ({ ...note, message: say(why) }))
  const { query } = found
  return { ...found, words: query === null ? '' : explainText(query, { locale }).words, notes }
}

export interface Listed {
  name: string
  original: string
  query: string | null
  dialect: Dialect | null
  words: string
  state: 'same' | 'translated' | 'changed' | 'refused'
  notes: SaidNote[]
}

/** What each query of a pasted list would become, under names that none of `taken` and no other of the list has. */
export function listedQueries(
  text: string,
  dialect: Dialect | null,
  locale: Language,
  taken: readonly string[],
): Listed[] {
  const names = new Set(taken.map((name) => name.toLowerCase()))
  return readQueryList(text).map(({ name, query }) => {
    const free = freeName(name ?? cut(query.replace(/["“”„«»()]/g, '').trim(), MOST_OF_QUERY), names)
    return { name: free, original: query, ...becomes(query, dialect, locale) }
  })
}

function becomes(query: string, dialect: Dialect | null, locale: Language): Omit<Listed, 'name' | 'original'> {
  const found = translated(query, dialect, locale)
  if (found !== null) {
    const state =
      found.query === null ? 'refused' : found.notes.some(({ effect }) => effect !== 'read') ? 'changed' : 'translated'
    return { query: found.query, dialect: found.dialect, words: found.words, notes: found.notes, state }
  }
  const read = explainText(query, { locale })
  if (read.valid) return { query, dialect: null, words: read.words, notes: [], state: 'same' }
  const [first] = read.problems
  const { message = '', start = 0, end = 0 } = first ?? {}
  const notes = [{ effect: 'dropped' as const, written: query.slice(start, end), message, start, end }]
  return { query: null, dialect: null, words: '', notes, state: 'refused' }
}

function freeName(wanted: string, taken: Set<string>): string {
  const stem = cut(wanted.trim().replace(/\s+/g, ' '), MOST_NAME - 5) || '?'
  let name = stem
  for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${stem} ${number}`
  taken.add(name.toLowerCase())
  return name
}
