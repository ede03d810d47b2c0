import { parse } from 'csv-parse/sync'
import { askedBy } from '#shared/query/dialects/names.ts'

/** One query of an export, with the name that it has there; null: none. */
export interface ListedQuery {
  name: string | null
  query: string
}

/** More than this nobody looks through. */
export const MOST_LISTED = 500

/** Names of columns and fields, small and without signs: in the languages of spreadsheets, and those of the tools' own exports. */
const QUERY =
  /^(?:booleanquery|boolean|query|queries|querystring|searchquery|searchstring|searchterm|search|expression|includedterms|keywords?|rule|value|abfrage|suchanfrage|suchbegriffe?|suche|requête|requete|recherche|consulta|búsqueda|busqueda|ricerca|pesquisa|zoekopdracht|zapytanie|sökning|запрос|sorgu|クエリ|查询)$/
const NAME =
  /^(?:name|queryname|searchname|title|label|tag|topic|topicname|brand|listen|stream|streamname|rulename|keywordname|bezeichnung|titel|thema|marke|nom|nombre|nome|naam|nazwa|namn|имя|название|ad|名前|名称)$/
/** What a query leaves out, kept beside it. */
const EXCLUDED =
  /^(?:excluded?|excludedterms|excludedkeywords|excludekeywords|exclusions|negativekeywords|ausgeschlossen|ausschluss)$/
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

const without = (query: string, excluded: string | null): string =>
  query.trim() === '' || !excluded?.trim() ? query : `(${query}) NOT (${excluded})`

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
    const excluded = entries.find(([key]) => EXCLUDED.test(plain(key)))?.[1]
    return [{ name: typeof name === 'string' ? name : null, query: without(query, queryIn(excluded)) }]
  }
  const nested = entries.flatMap(([, one]) => (typeof one === 'object' ? inJson(one, depth + 1) : []))
  if (nested.length > 0) return nested
  // `{ "Kaffora": "kaffora OR …" }`
  return depth === 0 || entries.length > 1
    ? entries.flatMap(([name, one]) => (typeof one === 'string' && /\s|["(*:]/.test(one) ? [{ name, query: one }] : []))
    : []
}

/** So many lines of a report may stand above the head of its table. */
const MOST_BEFORE = 20

/** With a head that names a column of queries; below other lines it names one of names too. */
function fromTable(text: string): ListedQuery[] | null {
  const lines = text.split(/\r?\n/, MOST_BEFORE)
  for (const [index, head] of lines.entries()) {
    const delimiter = ['\t', ';', ',', '|'].find((sign) => {
      const cells = head.split(sign).map(plain)
      return (
        cells.length > 1 &&
        cells.some((cell) => QUERY.test(cell)) &&
        (index === 0 || cells.some((cell) => NAME.test(cell)))
      )
    })
    if (delimiter !== undefined) return rowsBelow(text.split(/\r?\n/).slice(index).join('\n'), delimiter)
  }
  return QUERY.test(plain(lines[0] ?? '')) && text.includes('\n') ? oneColumn(text) : null
}

function rowsBelow(text: string, delimiter: string): ListedQuery[] | null {
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
  const excluded = names.findIndex((each) => EXCLUDED.test(plain(each)))
  return body
    .filter((row) => !row.every((cell) => /^[\s:-]*$/.test(cell)))
    .map((row) => ({
      name: name < 0 ? null : (row[name] ?? null),
      query: without(unguarded(row[query] ?? ''), excluded < 0 ? null : anyOf(row[excluded] ?? '')),
    }))
}

/** `'-toy` as spreadsheets keep what would be a formula. */
const unguarded = (cell: string): string => (/^'[=+@-][^']*$/.test(cell) ? cell.slice(1) : cell)

/** `toy, game`: any of them. A query of its own stays. */
const anyOf = (cell: string): string =>
  /["()]|\b(?:AND|OR|NOT)\b/.test(cell)
    ? cell
    : cell
        .split(/\s*[,;\n]\s*/)
        .filter((one) => one !== '')
        .map((one) => (/\s/.test(one) ? `"${one}"` : one))
        .join(' OR ')

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
