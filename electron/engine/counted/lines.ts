import type { SeriesReading } from '#shared/model/counted-series.ts'
import type { Said } from '#shared/model/said.ts'
import { cut } from '#shared/util/text-length.ts'
import { said } from '#shared/words/said.ts'
import { CsvSplitter, guessDialect } from '#engine/connectors/file/csv.ts'
import { instantOf } from '#engine/connectors/file/when.ts'
import { dateOrderOf } from '#engine/connectors/text/dates.ts'

export interface Line {
  /** From 1, with those before this block. */
  line: number
  /** Milliseconds since 1970. */
  at: number
  value: number
}
export interface LineFault {
  line: number
  why: Said
}

/** More is no count of anything that people do in a minute. */
export const MOST_VALUE = 1e12
/** Names of the columns in files of those who count. */
const AT = /time|date|zeit|datum|minute|stamp|^at$|when|fecha|hora|heure|quando|^ds$/i
const VALUE = /value|count|wert|anzahl|number|total|^n$|^y$|valor|valeur|valore|aantal/i

/**
 * A number as spreadsheets write it: `1,234.5`, `1.234,5`, `1 234`, `12`. Of one comma before three digits alone nobody
 * knows: it groups. null: it is none.
 */
export function readNumber(cell: string): number | null {
  const text = cell.replace(/[\s\u00a0\u202f'’]/g, '')
  const parts = /^([+-]?)(\d[\d.,]*)(e[+-]?\d{1,3})?$/i.exec(text)
  if (!parts) return null
  const [, sign, digits = '', power = ''] = parts
  const last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','))
  const mark = digits[last] ?? ''
  const isOnce = digits.indexOf(mark) === last
  const isDecimal = last >= 0 && isOnce && !/^\d{1,3},\d{3}$/.test(digits)
  const whole = isDecimal ? digits.slice(0, last) : digits
  // Groups are of three digits, and of one mark.
  if (!/^(\d+|\d{1,3}(\.\d{3})+|\d{1,3}(,\d{3})+)$/.test(whole)) return null
  const value = Number(`${sign}${whole.replace(/[.,]/g, '')}${isDecimal ? `.${digits.slice(last + 1)}` : ''}${power}`)
  return Number.isFinite(value) ? value : null
}

/**
 * Reads a block of separated values that ends on a whole line. `reading` null: this is the first block, and its first line may
 * be a head. `firstLine`: the number of its first line. `zone`: IANA name, for times that say none.
 */
export function readLines(
  text: string,
  { reading, firstLine, zone }: { reading: SeriesReading | null; firstLine: number; zone: string },
): { reading: SeriesReading; lines: Line[]; faults: LineFault[] } {
  const delimiter = reading?.delimiter ?? guessDialect(cut(text, 65_536)).delimiter
  const records = new CsvSplitter(delimiter)
    .push(text.replace(/^\uFEFF/, ''), true)
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
  const found =
    reading ??
    readingOf(
      records.slice(0, 200).map(({ cells }) => cells),
      delimiter,
      zone,
    )
  const when = { serial: false, zone, order: found.order ?? undefined }
  const lines: Line[] = []
  const faults: LineFault[] = []
  for (const [index, { line: own, cells }] of records.entries()) {
    const line = own + firstLine - 1
    const fault = (why: Said): void => void faults.push({ line, why })
    const [date = '', number = ''] = [cells[found.at]?.trim(), cells[found.value]?.trim()]
    const at = instantOf(date, '', '', when)
    const value = readNumber(number)
    // A head has neither.
    if (reading === null && index === 0 && at === null && value === null) continue
    if (at === null) fault(said('counted.noTime'))
    else if (value === null) fault(said('counted.noNumber'))
    else if (value < 0 || value > MOST_VALUE) fault(said('counted.outOfRange'))
    else lines.push({ line, at, value })
  }
  return { reading: found, lines, faults }
}

/** Which column has the time and which the number: by their names, else by what most of their cells can be read as. */
function readingOf(rows: readonly string[][], delimiter: string, zone: string): SeriesReading {
  const head = rows[0] ?? []
  const width = Math.max(1, ...rows.map((cells) => cells.length))
  const below = rows.length > 1 ? rows.slice(1) : rows
  const columns = Array.from({ length: width }, (_, column) => column)
  const cellsOf = (column: number): string[] => below.map((cells) => cells[column]?.trim() ?? '')
  const orders = columns.map((column) => dateOrderOf(cellsOf(column)))
  const isTime = (column: number) => (cell: string) =>
    instantOf(cell, '', '', { serial: false, zone, order: orders[column] }) !== null
  const share = (column: number, can: (cell: string) => boolean): number =>
    cellsOf(column).filter(can).length / below.length
  const best = (among: readonly number[], can: (column: number) => (cell: string) => boolean, name: RegExp): number =>
    among
      .map((column) => ({ column, score: share(column, can(column)) + (name.test(head[column] ?? '') ? 0.5 : 0) }))
      .sort((a, b) => b.score - a.score || a.column - b.column)[0]?.column ?? 0
  const at = best(columns, isTime, AT)
  const others = columns.filter((column) => column !== at)
  const value = best(others, () => (cell) => readNumber(cell) !== null, VALUE)
  return { delimiter, at, value: others.length === 0 ? 1 : value, order: orders[at] ?? null }
}
