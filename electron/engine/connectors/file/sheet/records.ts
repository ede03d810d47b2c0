import { userFailure } from '#engine/platform/failure.ts'
import { usualWidth } from '../csv.ts'
import type { CsvRecord } from '../csv.ts'
import { recordTable } from '../record-table.ts'
import type { Block, Parser } from '../table.ts'
import type { SheetReader } from './xlsx-sheet.ts'

/** A row of a sheet that has something in it; cells without anything at its end are not there. */
export interface SheetRecord {
  line: number
  cells: string[]
  /** Where the words of a cell lead, by its column. */
  targets?: Record<number, string>
}

/** Characters of a cell: twice what a spreadsheet lets in. */
export const MOST_CELL = 65_536
/** Columns of a table; what stands further to the right is no part of it. */
export const MOST_COLUMNS = 1_000
/** Rows of a sheet: what spreadsheets have. */
const MOST_ROWS = 1_048_576
/** Characters of a sheet in which a row must end. */
const MOST_BARREN = 64 * 1024 ** 2
/** Rows that are looked at to find where the table begins and how wide it is. */
const FIRST = 200

/** What a table of records makes of a sheet: leads in, header and rows are found as in separated values. */
export function sheetParser(format: 'xlsx' | 'ods', reader: SheetReader): Parser {
  let waiting: SheetRecord[] = []
  let table: ReturnType<typeof recordTable> | null = null
  let rows = 0
  let barren = 0
  const record = (one: SheetRecord): CsvRecord => ({ ...one, problem: null })

  function parse(text: string, last: boolean): Block {
    if (rows < MOST_ROWS) reader.write(text)
    barren += text.length
    if (barren > MOST_BARREN) throw userFailure('file.xmlWithoutRows')
    if (last) reader.end()
    const found = reader.take().slice(0, MOST_ROWS - rows)
    rows += found.length
    if (found.length > 0) barren = 0
    if (table !== null) return table.take(found.map(record))
    waiting = [...waiting, ...found]
    if (waiting.length < FIRST && !last) return { rows: [], bad: [] }
    table = recordTable(usualWidth(waiting.map(record)), { ragged: true })
    return table.take(waiting.splice(0).map(record))
  }
  return {
    format,
    delimiter: null,
    // A column that has neither a name nor anything in it is the space beside a table.
    columns: (sample) =>
      (table?.columns() ?? []).filter(
        (column, i) => table?.names()[i] !== '' || sample.some((row) => row.cell(column) !== ''),
      ),
    leadIn: () => table?.leadIn() ?? 0,
    unsolved: reader.unsolved,
    epoch1904: reader.epoch1904 ?? false,
    parse,
  }
}
