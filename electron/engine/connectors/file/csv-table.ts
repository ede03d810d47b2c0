import { said } from '#shared/words/said.ts'
import { CsvSplitter, guessDialect } from './csv.ts'
import type { CsvRecord } from './csv.ts'
import { tableStart } from './header.ts'
import type { BadRow, Block, Parser, Row } from './table.ts'

/** Reads records of separated values: what stands before the header is put aside, and counted. */
export function csvParser(head: string): Parser {
  const { delimiter, backslash, width } = guessDialect(head)
  const splitter = new CsvSplitter(delimiter, backslash)
  let columns: string[] = []
  let index = new Map<string, number>()
  let begun = false
  let leadIn = 0

  function begin(records: CsvRecord[]): CsvRecord[] {
    begun = true
    const named = /^\uFEFF?sep=./i.test(records[0]?.cells.join(delimiter) ?? '') ? 1 : 0
    const cells = records.slice(named).map((record) => record.cells)
    const { at, header } = tableStart(cells, width)
    leadIn = at
    const first = cells[at] ?? []
    columns = header ? uniqueNames(first) : first.map((_, i) => String(i + 1))
    index = new Map(columns.map((column, i) => [column, i]))
    return records.slice(named + at + (header ? 1 : 0))
  }

  return {
    format: 'csv',
    delimiter,
    columns: () => columns,
    leadIn: () => leadIn,
    parse(text, last) {
      const block: Block = { rows: [], bad: [] }
      let records = splitter.push(text, last, begun ? columns.length : width)
      if (!begun && records.length > 0) records = begin(records)
      for (const record of records) {
        const bad = badRecord(record, columns)
        if (bad) block.bad.push(bad)
        else block.rows.push(csvRow(record.line, record.cells, index, columns))
      }
      return block
    },
  }
}

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

const csvRow = (line: number, cells: string[], index: Map<string, number>, columns: string[]): Row => ({
  line,
  cell(column) {
    const at = index.get(column)
    return at === undefined ? '' : (cells[at] ?? '')
  },
  raw: () => JSON.stringify(Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? '']))),
})

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
