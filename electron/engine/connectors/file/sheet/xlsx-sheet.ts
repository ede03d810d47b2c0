import type { BehindCells } from './behind-cells.ts'
import { columnOf, digitsOf, serialText } from './cell-format.ts'
import { targetOf } from './links.ts'
import { mergedRows } from './merged-rows.ts'
import { unescaped, type Workbook } from './workbook.ts'
import { xmlReader } from './xml.ts'
import type { SheetRecord } from './records.ts'
import { MOST_CELL, MOST_COLUMNS } from './records.ts'

/** What is read of a sheet as its XML arrives. */
export interface SheetReader {
  write(text: string): void
  end(): void
  /** Rows that are complete since the last call. */
  take(): SheetRecord[]
  /** Cells that hold a formula without its result. */
  unsolved(): number
  epoch1904?: boolean
}

/**
 * Reads the rows of a sheet: what a cell shows in the file's own words, without what only its format adds. Dates are written
 * as dates, numbers with all their digits, errors as nothing.
 * Long: what an element means depends on the row and the cell that it stands in.
 */
export function xlsxSheet(
  { meanings, epoch1904 }: Workbook,
  strings: readonly string[],
  { merged, targets: targetsAt }: BehindCells,
): SheetReader {
  const rows: SheetRecord[] = []
  let line = 0
  let cells: string[] = []
  let column = -1
  let type = 'n'
  let style = 0
  let value = ''
  let takes = false
  let aloud = false
  let formula: string | null = null
  let inFormula = false
  let unsolved = 0
  let targets: Record<number, string> | undefined
  const spread = mergedRows()

  function shown(): string {
    if (type === 's') return strings[Number(value)] ?? ''
    if (type === 'inlineStr' || type === 'str') return unescaped(value)
    if (type === 'b') return value.trim() === '1' ? 'TRUE' : value.trim() === '0' ? 'FALSE' : value
    if (type === 'e') return ''
    if (type === 'd') return value.trim()
    const meaning = meanings[style] ?? 'number'
    if (value === '' || meaning === 'number') return digitsOf(value)
    return serialText(Number(value), meaning, epoch1904) ?? digitsOf(value)
  }
  function cellEnds(): void {
    const text = shown()
    if (formula !== null && value === '' && type !== 'str') unsolved++
    if (text === '' || column < 0 || column >= MOST_COLUMNS) return
    while (cells.length < column) cells.push('')
    cells[column] = text
    const last = merged.get(`${line}:${column}`)
    if (last !== undefined) spread.begin(column, line, last, text)
    const target = targetsAt.get(`${line}:${column}`) ?? (formula ? targetOf(formula) : null)
    if (target !== null) (targets ??= {})[column] = target
  }
  function rowEnds(): void {
    if (cells.length === 0) return
    spread.fill(line, cells)
    rows.push({ line, cells, ...(targets && { targets }) })
  }

  const reader = xmlReader({
    open(name, attributes) {
      if (name === 'row') {
        const said = Number(attributes['r'])
        line = Number.isInteger(said) && said > 0 ? said : line + 1
        cells = []
        targets = undefined
        column = -1
      } else if (name === 'c') {
        const said = columnOf(attributes['r'] ?? '')
        column = said >= 0 ? said : column + 1
        type = attributes['t'] ?? 'n'
        style = Number(attributes['s'] ?? 0)
        value = ''
        formula = null
      } else if (name === 'f') {
        formula = ''
        inFormula = true
      } else if (name === 'rPh') aloud = true
      else if (name === 'v' || name === 't') takes = !aloud
    },
    text(chunk) {
      if (takes && value.length < MOST_CELL) value += chunk
      else if (inFormula && formula!.length < MOST_CELL) formula += chunk
    },
    close(name) {
      if (name === 'v' || name === 't') takes = false
      else if (name === 'f') inFormula = false
      else if (name === 'rPh') aloud = false
      else if (name === 'c') cellEnds()
      else if (name === 'row') rowEnds()
    },
  })
  return {
    write: (text) => reader.write(text),
    end: () => reader.end(),
    take: () => rows.splice(0),
    unsolved: () => unsolved,
    epoch1904,
  }
}
