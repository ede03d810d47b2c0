import { parse } from 'csv-parse/sync'
import { askedBy } from '#shared/query/dialects/names.ts'

/** One query of an export, with the name that it has there; null: none. */
export interface ListedQuery {
  name: string | null
  query: string
}

/** More than this nobody looks through. */
export const MOST_LISTED = 500

/** Names of columns and fields, small and without signs: English and German, and those of the tools' own exports. */
const QUERY =
  /^(?:booleanquery|boolean|query|queries|querystring|searchquery|searchstring|searchterm|search|expression|includedterms|keywords?|rule|value|abfrage|suchanfrage|suchbegriffe?|suche)$/
const NAME =
  /^(?:name|queryname|searchname|title|label|tag|topic|topicname|brand|listen|stream|streamname|bezeichnung|titel|thema|marke)$/
const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/**
 * The queries of a pasted list or an export: JSON (a list, rows at any depth, names with queries, one object a line), CSV of any usual
 * separator with a head, `name<Tab>query`, `name: query`, or one query a line.
 */
export function readQueryList(text: string): ListedQuery[] {
  const whole = text.replace(/^\ufeff/, '').trim()
  const found = fromJson(whole) ?? fromLinesOfJson(whole) ?? fromTable(whole) ?? fromLines(whole)
  return found
    .map(({ name, query }) => ({ name: name?.trim() || null, query: query.trim() }))
    .filter(({ query }) => query !== '')
    .slice(0, MOST_LISTED)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function fromJson(text: string): ListedQuery[] | null {
  if (!/^[[{]/.test(text)) return null
  const value = parsed(text)
  const found = value === undefined ? [] : inJson(value, 0)
  return found.length > 0 ? found : null
}

function fromLinesOfJson(text: string): ListedQuery[] | null {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  if (lines.length < 2 || !lines.every((line) => /^\s*\{/.test(line))) return null
  const found = lines.flatMap((line) => inJson(parsed(line), 0))
  return found.length > 0 ? found : null
}

type Fields = Readonly<Record<string, unknown>>
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Several terms of one query are alternatives, as Brandwatch keeps them. */
function queryIn(value: unknown): string | null {
  if (typeof value === 'string') return value
  if (!Array.isArray(value) || value.length === 0 || !value.every((one) => typeof one === 'string')) return null
  const terms = value as string[]
  return terms.length === 1 ? terms[0]! : terms.map((one) => `(${one})`).join(' OR ')
}

function inJson(value: unknown, depth: number): ListedQuery[] {
  if (depth > 6) return []
  if (Array.isArray(value))
    return value.flatMap((one) => (typeof one === 'string' ? [{ name: null, query: one }] : inJson(one, depth + 1)))
  if (!isFields(value)) return []
  const entries = Object.entries(value)
  const query = entries
    .filter(([key]) => QUERY.test(plain(key)))
    .map(([, one]) => queryIn(one))
    .find((one) => one !== null)
  if (query !== undefined && query !== null) {
    const name = entries.find(([key, one]) => NAME.test(plain(key)) && typeof one === 'string')?.[1]
    return [{ name: typeof name === 'string' ? name : null, query }]
  }
  const nested = entries.flatMap(([, one]) => (typeof one === 'object' ? inJson(one, depth + 1) : []))
  if (nested.length > 0) return nested
  // `{ "Kaffora": "kaffora OR …" }`
  return depth === 0 || entries.length > 1
    ? entries.flatMap(([name, one]) => (typeof one === 'string' && /\s|["(*:]/.test(one) ? [{ name, query: one }] : []))
    : []
}

/** With a head that names a column of queries. */
function fromTable(text: string): ListedQuery[] | null {
  const [head = ''] = text.split(/\r?\n/, 1)
  const delimiter = ['\t', ';', ',', '|'].find(
    (sign) => head.includes(sign) && head.split(sign).some((cell) => QUERY.test(plain(cell))),
  )
  if (delimiter === undefined) return QUERY.test(plain(head)) && text.includes('\n') ? oneColumn(text) : null
  let rows: string[][]
  try {
    const options = { delimiter, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, bom: true }
    rows = parse(text, options) as unknown as string[][]
  } catch {
    return null
  }
  const [names = [], ...body] = rows
  const query = names.findIndex((name) => QUERY.test(plain(name)))
  const name = names.findIndex((each, index) => index !== query && NAME.test(plain(each)))
  return body.map((row) => ({ name: name < 0 ? null : (row[name] ?? null), query: row[query] ?? '' }))
}

function oneColumn(text: string): ListedQuery[] {
  const rows = parse(text, {
    delimiter: '\u0001',
    relax_quotes: true,
    skip_empty_lines: true,
    relax_column_count: true,
  })
  return (rows as unknown as string[][]).slice(1).map(([query = '']) => ({ name: null, query }))
}

function fromLines(text: string): ListedQuery[] {
  return text.split(/\r?\n/).flatMap((line): ListedQuery[] => {
    const bare = line.replace(/^\s*(?:[-*•]\s+|\d{1,3}[.)]\s+)/, '').trim()
    if (bare === '' || /^(?:#|\/\/)\s/.test(bare)) return []
    const tab = bare.indexOf('\t')
    if (tab > 0) return [{ name: bare.slice(0, tab), query: bare.slice(tab + 1) }]
    const named = /^([^:="“()]{1,80}?)\s*(?::|=>?|–|—)\s+(\S.*)$/.exec(bare)
    return named && isName(named[1]!) ? [{ name: named[1]!, query: named[2]! }] : [{ name: null, query: bare }]
  })
}

/** `Kaffora, complaints: …` names a query; `title: ferry` asks. */
const isName = (name: string): boolean => askedBy(name) === null && !/\b(?:AND|OR|NOT|NEAR)\b|[*?/]/.test(name)
