import { knownColumn } from './column-names.ts'
import { parseLoose } from './loose-json.ts'

/**
 * Documents whose rows are no objects in a list, or that are wrapped in something else: a list of lists below a head, names and rows
 * apart, columns of values (pandas' `split`, `columns`, `list`), JSON within a string, within the fence of a chat, or
 * with a person's comments. They are read as a whole.
 * @returns the rows; null: more of the file must be seen; `none`: it is none of these.
 */
export function rowsOfDocument(head: string, whole: boolean): object[] | null | 'none' {
  const text = head.replace(/^\uFEFF/, '').trim()
  const wrapped = wrappedIn(text)
  if (wrapped === null && !SHAPED.test(text)) return 'none'
  if (!whole) return null
  const value = valueOf(text, wrapped)
  const rows = value === undefined ? null : (shapedRows(value) ?? (wrapped === null ? null : plainRows(value)))
  return rows === null || rows.length === 0 ? 'none' : rows
}

/** Begins as one of these shapes does: more is not read for anything else. */
const SHAPED =
  /^\[\s*\[|^\{\s*"(?:columns|index|fields|headers?|schema)"\s*:\s*\[|^\{\s*"[^"\n]{1,80}"\s*:\s*(?:\{\s*"0"\s*:|\[\s*(?:"|\d|null))/

/** A comment ends at its first end, so that there is one way only to read many of them. */
const COMMENTED = /^(?:\/\/[^\n]*\n\s*|\/\*[^*]*(?:\*(?!\/)[^*]*)*\*\/\s*)+[{[]/

type Wrapping = 'string' | 'fence' | 'comments'

function wrappedIn(text: string): Wrapping | null {
  if (/^"\s*(?:\[\s*)?\{\s*\\"/.test(text)) return 'string'
  if (/^`{3}\w*[^\S\n]*\n\s*[{[]/.test(text)) return 'fence'
  return COMMENTED.test(text) ? 'comments' : null
}

function valueOf(text: string, wrapped: Wrapping | null): unknown {
  try {
    if (wrapped === 'string') return JSON.parse(JSON.parse(text) as string) as unknown
    if (wrapped === 'fence') return parseLoose(text.replace(/^`{3}[^\n]*\n/, '').replace(/\n`{3}[^]*$/, ''))
    return wrapped === 'comments' ? parseLoose(text) : (JSON.parse(text) as unknown)
  } catch {
    return undefined
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isPlain = (value: unknown): boolean => typeof value !== 'object' || value === null

function plainRows(value: unknown): object[] | null {
  const list = Array.isArray(value) ? value : isObject(value) ? Object.values(value).find(Array.isArray) : undefined
  const rows = (list as unknown[] | undefined)?.filter(isObject) ?? []
  return rows.length > 0 ? rows : isObject(value) ? [value] : null
}

function shapedRows(value: unknown): object[] | null {
  if (Array.isArray(value)) {
    const [names, ...lists] = value as unknown[]
    return named(names, lists)
  }
  if (!isObject(value)) return null
  const names = value['columns'] ?? value['fields'] ?? value['headers'] ?? value['header'] ?? value['schema']
  const lists = value['data'] ?? value['rows'] ?? value['values'] ?? value['records']
  return named(names, lists) ?? byColumn(value)
}

/** Lists below their names. */
function named(names: unknown, lists: unknown): object[] | null {
  if (!Array.isArray(names) || !Array.isArray(lists) || lists.length === 0) return null
  const called = names.map((one) => (isObject(one) ? one['name'] : one))
  if (called.length < 2 || !called.every((one) => typeof one === 'string')) return null
  const rows = lists.filter((one) => Array.isArray(one) && one.length === called.length) as unknown[][]
  if (rows.length < lists.length) return null
  return rows.map((row) => Object.fromEntries(called.map((name, i) => [name, row[i]])))
}

/** A column a key: its values by number or in a list. Only where a name is that of a column: many an object holds lists. */
function byColumn(value: Record<string, unknown>): object[] | null {
  const columns = Object.entries(value)
  if (columns.length < 2 || columns.filter(([name]) => knownColumn(name)).length < 2) return null
  const cells = columns.map(([, one]) => (Array.isArray(one) ? { ...one } : one))
  if (!cells.every((one) => isObject(one) && Object.values(one).every(isPlain))) return null
  const [first] = cells as Record<string, unknown>[]
  const keys = Object.keys(first!)
  if (keys.length === 0 || !keys.every((key) => /^\d+$/.test(key))) return null
  if (!cells.every((one) => Object.keys(one as object).length === keys.length)) return null
  return keys.map((key) =>
    Object.fromEntries(columns.map(([name], i) => [name, (cells[i] as Record<string, unknown>)[key]])),
  )
}
