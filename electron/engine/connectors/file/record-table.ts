import { said } from '#shared/words/said.ts'
import { namesOf, normalName } from './column-names.ts'
import type { CsvRecord } from './csv.ts'
import { tableStart } from './header.ts'
import type { BadRow, Block, Row } from './table.ts'

export interface RecordTable {
  /** Told apart: an empty or repeated name has its number. */
  columns(): string[]
  /** As the file has them. */
  names(): string[]
  leadIn(): number
  /** Cells that a record should have. */
  width(): number
  take(records: CsvRecord[]): Block
}

/**
 * Records of cells become rows under the names of a header: what stands before it is put aside, and counted. `width`: of an
 * ordinary record. `ragged`: rows end with their last filled cell, as those of a sheet do.
 */
export function recordTable(width: number, { delimiter = ',', ragged = false } = {}): RecordTable {
  let columns: string[] = []
  let names: string[] = []
  let index = new Map<string, number>()
  let begun = false
  let leadIn = 0

  function begin(records: CsvRecord[]): CsvRecord[] {
    begun = true
    const named = /^\uFEFF?sep=./i.test(records[0]?.cells.join(delimiter) ?? '') ? 1 : 0
    const cells = records.slice(named).map((record) => record.cells)
    const { at, header } = startOf(cells)
    leadIn = at
    names = cells[at] ?? []
    // In a sheet a row may reach further than its header.
    const widest = ragged ? cells.slice(at).reduce((most, row) => Math.max(most, row.length), 0) : names.length
    names = [...names, ...Array<string>(Math.max(0, widest - names.length)).fill('')]
    columns = header ? uniqueNames(names) : names.map((_, i) => String(i + 1))
    index = new Map(columns.map((column, i) => [column, i]))
    const rest = records.slice(named + at + (header ? 1 : 0))
    // A database's own program draws a line below the head.
    return header && rest[0]?.cells.every((cell) => /^-+\s*$/.test(cell)) ? rest.slice(1) : rest
  }

  /** Rows of a sheet may reach further than their header: where none is as wide as they are, a narrower one will do. */
  function startOf(cells: string[][]): ReturnType<typeof tableStart> {
    const start = tableStart(cells, width)
    if (!ragged || start.header) return start
    const narrower = tableStart(cells, Math.ceil(width * 0.6))
    return narrower.header ? narrower : start
  }

  return {
    columns: () => columns,
    names: () => names,
    leadIn: () => leadIn,
    width: () => (begun ? columns.length : width),
    take(records) {
      const block: Block = { rows: [], bad: [] }
      const written = ragged ? records : records.filter((record) => !isFrame(record))
      const rest = begun || written.length === 0 ? written : begin(written)
      for (const record of rest) {
        const bad = ragged ? null : badRecord(record, columns)
        if (bad) block.bad.push(bad)
        else block.rows.push(rowOf(record, index, columns))
      }
      return block
    },
  }
}

/** Lines that a database's own program draws around a table, and the count that it writes below: no row of anything. */
function isFrame({ cells, problem }: CsvRecord): boolean {
  if (problem !== null || cells.length !== 1) return false
  const line = (cells[0] ?? '').trim()
  return /^[+├┌└╞|][-+=─┬┴┼┐┘┤═╪╡|:\s]{3,}$/u.test(line) || /^-{3,}(?:\+-+)+$/.test(line) || COUNT.test(line)
}
const COUNT =
  /^(?:\(\d+ (?:rows?|row\(s\)|lignes?|zeilen?|filas?|righe|riga|linhas?|строк\p{L}*)\)|\d+ rows? in set(?:, \d+ warnings?)? \([\d.]+ sec\))$/iu

function badRecord({ line, cells, problem }: CsvRecord, columns: string[]): BadRow | null {
  if (problem) {
    const column = columns[problem.column] ?? null
    const detail =
      problem.reason === 'line too long'
        ? said('file.lineNeverEnds')
        : said('file.quoteNeverClosed', { column: column ?? problem.column + 1 })
    return { line, reason: problem.reason, column, detail }
  }
  // Empty cells too many are delimiters at the end of the line: spreadsheets write them.
  const spare = cells.slice(columns.length).some((cell) => cell !== '')
  if (!spare && cells.length >= columns.length) return null
  const column = spare ? columns.at(-1)! : columns[cells.length]!
  const counts = { found: cells.length, wanted: columns.length, column }
  const detail = said(spare ? 'file.tooManyCells' : 'file.tooFewCells', counts)
  return { line, reason: 'wrong number of cells', column, detail }
}

const rowOf = ({ line, cells, targets }: CsvRecord, index: Map<string, number>, columns: string[]): Row => ({
  line,
  cell(column) {
    const at = index.get(column)
    if (at === undefined) return ''
    // "open", under a link: what the column is for is the address.
    const target = targets?.[at]
    return target !== undefined && isLinkColumn(column) ? target : asShown(cells[at] ?? '')
  },
  ...(targets && { target: (column: string) => targets[index.get(column) ?? -1] }),
  raw: () => JSON.stringify(Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? '']))),
})

/** `="0123"`: a formula that keeps a spreadsheet from taking digits for a number. */
const asShown = (cell: string): string =>
  cell.startsWith('="') && cell.length > 2 && cell.endsWith('"') ? cell.slice(2, -1).replaceAll('""', '"') : cell

const isLinkColumn = (column: string): boolean =>
  (['url', 'authorUrl'] as const).some((field) => namesOf(field).includes(normalName(column)))

/** Columns must be told apart: an empty or repeated name gets its number. */
function uniqueNames(names: string[]): string[] {
  const seen = new Set<string>()
  return names.map((name, i) => {
    let unique = name.trim() === '' ? `column ${i + 1}` : name.trim()
    if (seen.has(unique)) unique = `${unique} (${i + 1})`
    seen.add(unique)
    return unique
  })
}
