import { digitsOf } from './cell-format.ts'
import { MOST_CELL, MOST_COLUMNS } from './records.ts'
import type { SheetRecord } from './records.ts'
import { attribute, xmlReader, type XmlHandlers } from './xml.ts'
import { targetOf } from './links.ts'
import { mergedRows } from './merged-rows.ts'
import type { SheetReader } from './xlsx-sheet.ts'

/** A table of an OpenDocument file. */
export interface OdsTable {
  name: string
  hidden: boolean
  /** Filled cells, each once however often it is repeated. */
  cells: number
  rows: number
}

/** A filled row that is said to be repeated is read so often at most: whoever repeats one more often fills an archive. */
const MOST_REPEATED = 100
const count = (attributes: Record<string, string>, name: string): number => {
  const said = Number(attribute(attributes, name) ?? 1)
  return Number.isInteger(said) && said > 0 ? said : 1
}

/** The value of a cell without what its format adds; `text`: what it shows. */
function valueOf(attributes: Record<string, string>, text: string): string {
  if (attributes['calcext:value-type'] === 'error') return ''
  const value = attributes['office:value'] ?? ''
  switch (attributes['office:value-type']) {
    case 'float':
    case 'percentage':
    case 'currency':
      return digitsOf(value)
    case 'date':
      return (attributes['office:date-value'] ?? text).replace('T', ' ').replace(/\.\d+$/, '')
    case 'time':
      return clockOf(attributes['office:time-value'] ?? '') ?? text
    case 'boolean':
      return (attributes['office:boolean-value'] ?? text).toUpperCase()
    default:
      return text === '' ? (attributes['office:string-value'] ?? '') : text
  }
}

/** `PT09H05M00S` → `09:05:00`; null beyond a day. */
function clockOf(duration: string): string | null {
  const [, hours, minutes, seconds = '0'] = /^PT(\d+)H(\d+)M(?:(\d+)(?:[.,]\d+)?S)?$/.exec(duration) ?? []
  if (hours === undefined || minutes === undefined || Number(hours) > 23) return null
  return [hours, minutes, seconds].map((part) => part.padStart(2, '0')).join(':')
}

/**
 * Reads the content of an OpenDocument spreadsheet as it arrives: counts every table, and hands out the rows of one.
 * `wanted`: its number, from 0; -1: none.
 * Long: what an element means depends on the table, the row and the cell that it stands in.
 */
export function odsSheet(wanted: number): SheetReader & { tables(): OdsTable[] } {
  const tables: OdsTable[] = []
  const unseenStyles = new Set<string>()
  const rows: SheetRecord[] = []
  let style = ''
  let line = 0
  let cells: string[] = []
  let column = 0
  let cell: Record<string, string> | null = null
  let text = ''
  let paragraphs = 0
  let rowTimes = 1
  /** In a comment, which is no content of its cell. */
  let beside = 0
  let inText = 0
  let target: string | null = null
  let targets: Record<number, string> | undefined
  let spread = mergedRows()
  const add = (more: string): void => {
    if (cell !== null && beside === 0 && text.length < MOST_CELL) text += more
  }

  function cellEnds(): void {
    const times = count(cell!, 'number-columns-repeated')
    const shown = valueOf(cell!, text)
    if (shown !== '') {
      tables.at(-1)!.cells++
      while (cells.length < Math.min(column, MOST_COLUMNS)) cells.push('')
      const to = target ?? targetOf(attribute(cell!, 'formula') ?? '')
      if (to !== null) (targets ??= {})[column] = to
      spread.begin(column, line, line + count(cell!, 'number-rows-spanned') - 1, shown)
      for (let i = 0; i < times && cells.length < MOST_COLUMNS; i++) cells.push(shown)
    }
    column += times
    cell = null
  }
  function rowEnds(): void {
    if (cells.length > 0) {
      tables.at(-1)!.rows++
      spread.fill(line, cells)
      const times = tables.length - 1 === wanted ? Math.min(rowTimes, MOST_REPEATED) : 0
      for (let i = 0; i < times; i++) rows.push({ line: line + i, cells, ...(targets && { targets }) })
    }
    line += rowTimes
  }
  const handlers: XmlHandlers = {
    open(name, attributes) {
      if (name === 'style') style = attribute(attributes, 'name') ?? ''
      else if (name === 'table-properties' && attribute(attributes, 'display') === 'false') unseenStyles.add(style)
      else if (name === 'table') {
        const hidden = unseenStyles.has(attribute(attributes, 'style-name') ?? '')
        tables.push({ name: attribute(attributes, 'name') ?? '', hidden, cells: 0, rows: 0 })
        line = 1
        spread = mergedRows()
      } else if (name === 'table-row') {
        cells = []
        targets = undefined
        column = 0
        rowTimes = count(attributes, 'number-rows-repeated')
      } else if (name === 'table-cell' || name === 'covered-table-cell') {
        cell = attributes
        text = ''
        target = null
        paragraphs = 0
      } else if (name === 'a' && beside === 0) target ??= attribute(attributes, 'href') ?? null
      else if (name === 'annotation') beside++
      else if (name === 'p') {
        if (inText++ === 0 && paragraphs++ > 0) add('\n')
      } else if (name === 's') add(' '.repeat(Math.min(count(attributes, 'c'), 1_000)))
      else if (name === 'tab') add('\t')
      else if (name === 'line-break') add('\n')
    },
    text(chunk) {
      if (inText > 0) add(chunk)
    },
    close(name) {
      if (name === 'p') inText--
      else if (name === 'annotation') beside--
      else if ((name === 'table-cell' || name === 'covered-table-cell') && cell !== null && tables.length > 0)
        cellEnds()
      else if (name === 'table-row' && tables.length > 0) rowEnds()
    },
  }
  const reader = xmlReader(handlers)
  return {
    write: (chunk) => reader.write(chunk),
    end: () => reader.end(),
    take: () => rows.splice(0),
    unsolved: () => 0,
    tables: () => tables,
  }
}
