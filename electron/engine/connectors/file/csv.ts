import type { DropReason } from '#shared/words/dropped.ts'
import { knownColumn } from './column-names.ts'
import { MOST_LEAD_IN } from './header.ts'

/**
 * Comma-separated values as people really save them (RFC 4180 and beyond). Our own splitter instead of csv-parse, because
 * of what must happen when a quote is never closed: that one line is dropped and named, and the rest of the file is read,
 * whereas a strict parser takes everything up to the end for one cell.
 */
export interface CsvRecord {
  /** Line of the file on which it begins, from 1. */
  line: number
  cells: string[]
  /** Set when it cannot be used: why, and in which cell (from 0). */
  problem: { reason: DropReason; column: number } | null
  /** Of a sheet: where the words of a cell lead, by its column. */
  targets?: Record<number, string>
}

/** An open quote that is not closed within so many characters was no quote. */
const MOST_RECORD = 256 * 1024
/** A line that does not end within so many characters is no row, and is not kept in memory until it does. */
const MOST_LINE = 8 * 1024 * 1024

/**
 * Where a sign stands next in a text. A search that finds nothing reads to the end, so what it found is kept: asked once a
 * cell it would make the time grow with the square of a line.
 */
class Places {
  private readonly text: string
  private readonly sign: string
  private from = Infinity
  private at = -1

  constructor(text: string, sign: string) {
    this.text = text
    this.sign = sign
  }

  /** -1: nowhere behind. */
  next(from: number): number {
    if (from < this.from || (this.at !== -1 && this.at < from)) {
      this.from = from
      this.at = this.text.indexOf(this.sign, from)
    }
    return this.at
  }
}

export class CsvSplitter {
  private readonly delimiter: string
  /** Whether a backslash takes a quote's meaning away, as MySQL and pandas write it. */
  private readonly backslash: boolean
  private buffer = ''
  private feeds = new Places('', '\n')
  private returns = new Places('', '\r')
  private cuts = new Places('', ',')
  private line = 1
  /** In the middle of a line that was too long: what comes belongs to it up to the next line break. */
  private skipping = false

  constructor(delimiter: string, backslash = false) {
    this.delimiter = delimiter
    this.backslash = backslash
  }

  /**
   * Complete records of what was pushed so far. `last`: nothing more comes. `width`: cells that a record should have; a
   * record over several lines with another number of cells is taken for a quote that was opened by mistake.
   */
  push(text: string, last: boolean, width: number | null = null): CsvRecord[] {
    if (this.skipping) {
      const end = text.indexOf('\n')
      if (end === -1) return []
      this.skipping = false
      this.line++
      text = text.slice(end + 1)
    }
    this.buffer += text
    this.feeds = new Places(this.buffer, '\n')
    this.returns = new Places(this.buffer, '\r')
    this.cuts = new Places(this.buffer, this.delimiter)
    const records: CsvRecord[] = []
    let at = 0
    while (at < this.buffer.length) {
      const found = this.record(at, last)
      if (found === null) break
      let { record, next, lines } = found
      if (lines > 1 && (record.problem !== null || (width !== null && record.cells.length !== width))) {
        ;({ record, next, lines } = this.firstLineOnly(
          at,
          record.problem?.column ?? Math.min(record.cells.length, width ?? 1) - 1,
        ))
      }
      if (record.cells.length > 1 || record.cells[0] !== '') records.push(record)
      this.line += lines
      at = next
    }
    this.buffer = this.buffer.slice(at)
    if (!last && this.buffer.length > MOST_LINE) {
      records.push({ line: this.line, cells: ['?'], problem: { reason: 'line too long', column: 0 } })
      this.buffer = ''
      this.skipping = true
    }
    return records
  }

  private firstLineOnly(at: number, column: number): { record: CsvRecord; next: number; lines: number } {
    const end = this.lineEnd(at)
    const next = end === -1 ? this.buffer.length : this.afterLineEnd(end)
    const cells = [this.buffer.slice(at, end === -1 ? undefined : end)]
    return { record: { line: this.line, cells, problem: { reason: 'quote not closed', column } }, next, lines: 1 }
  }

  private record(start: number, last: boolean): { record: CsvRecord; next: number; lines: number } | null {
    const { buffer, delimiter } = this
    const cells: string[] = []
    let lines = 1
    let at = start
    let lineEnd = this.lineEnd(at)
    for (;;) {
      if (buffer[at] === '"') {
        const quoted = this.quoted(at + 1, last, start)
        if (quoted === null) return null
        if (quoted === 'open') {
          const problem = { reason: 'quote not closed' as const, column: cells.length }
          return { record: { line: this.line, cells: ['?'], problem }, next: buffer.length, lines: 2 }
        }
        cells.push(quoted.value)
        lines += quoted.lines
        at = quoted.next
        lineEnd = this.lineEnd(at)
        if (buffer[at] === delimiter) {
          at++
          continue
        }
        // A record at the very end of what has arrived: its line break may still come, and must not count as a line of its own.
        if (at >= buffer.length)
          return last ? { record: { line: this.line, cells, problem: null }, next: at, lines } : null
        const next = this.afterLineEnd(at)
        if (next === buffer.length && buffer[at] === '\r' && !last) return null
        return { record: { line: this.line, cells, problem: null }, next, lines }
      }
      const cut = this.cuts.next(at)
      if (cut !== -1 && (lineEnd === -1 || cut < lineEnd)) {
        cells.push(buffer.slice(at, cut))
        at = cut + 1
        continue
      }
      if (lineEnd === -1) {
        if (!last) return null
        cells.push(buffer.slice(at))
        return { record: { line: this.line, cells, problem: null }, next: buffer.length, lines }
      }
      cells.push(buffer.slice(at, lineEnd))
      const next = this.afterLineEnd(lineEnd)
      if (next === buffer.length && buffer[lineEnd] === '\r' && !last) return null
      return { record: { line: this.line, cells, problem: null }, next, lines }
    }
  }

  /** From behind the opening quote to behind the closing one (and spaces after it). A quote in the middle is a character. */
  private quoted(
    from: number,
    last: boolean,
    start: number,
  ): { value: string; next: number; lines: number } | 'open' | null {
    const { buffer, delimiter } = this
    let at = from
    for (;;) {
      const quote = buffer.indexOf('"', at)
      if (quote === -1) return last || buffer.length - start > MOST_RECORD ? 'open' : null
      if (quote - start > MOST_RECORD) return 'open'
      if (this.backslash && escaped(buffer, quote, from)) {
        at = quote + 1
        continue
      }
      if (buffer[quote + 1] === '"') {
        // `""",` at a cell's end: an escaped quote, then the closing one.
        at = quote + 2
        continue
      }
      let after = quote + 1
      while (buffer[after] === ' ' && delimiter !== ' ') after++
      const next = buffer[after]
      if (next === undefined && !last) return null
      if (next === undefined || next === delimiter || next === '\n' || next === '\r') {
        const inner = buffer.slice(from, quote)
        const value = (this.backslash ? inner.replace(/\\(["\\])/g, '$1') : inner).replaceAll('""', '"')
        return { value, next: after, lines: countLines(value) }
      }
      at = quote + 1
    }
  }

  private lineEnd(from: number): number {
    const [feed, back] = [this.feeds.next(from), this.returns.next(from)]
    return feed === -1 || (back !== -1 && back < feed) ? back : feed
  }

  private afterLineEnd(at: number): number {
    return this.buffer[at] === '\r' && this.buffer[at + 1] === '\n' ? at + 2 : at + 1
  }
}

function countLines(text: string): number {
  let lines = 0
  for (let i = text.indexOf('\n'); i !== -1; i = text.indexOf('\n', i + 1)) lines++
  if (lines === 0) for (let i = text.indexOf('\r'); i !== -1; i = text.indexOf('\r', i + 1)) lines++
  return lines
}

/** Whether an odd number of backslashes stands before `quote`. */
function escaped(text: string, quote: number, from: number): boolean {
  let before = quote
  while (before > from && text[before - 1] === '\\') before--
  return (quote - before) % 2 === 1
}

export interface Dialect {
  delimiter: string
  backslash: boolean
  /** Cells of an ordinary record. */
  width: number
}

/**
 * How the first records of `text` are cut most evenly: the largest share of records as wide as most are, then the most
 * cells. What a first line `sep=;` says wins. A file of one column has a comma.
 */
export function guessDialect(text: string): Dialect {
  const named = /^\uFEFF?"?sep=(.)"?\r?\n/i.exec(text)?.[1]
  let best: Dialect = { delimiter: named ?? ',', backslash: false, width: 1 }
  let bestScore = 0
  const modes = text.includes('\\"') ? [false, true] : [false]
  for (const delimiter of named === undefined ? [',', ';', '\t', '|', '\u0001', '\u001f', '^', '~'] : [named]) {
    for (const backslash of modes) {
      const records = new CsvSplitter(delimiter, backslash).push(text, true).slice(0, 100)
      // The text ends in the middle of a record: the last one does not count unless it is the only one.
      const whole = records.length > 1 ? records.slice(0, -1) : records
      const width = usualWidth(whole)
      if (width < 2) continue
      const even = whole.filter((record) => record.problem === null && record.cells.length === width).length
      const score = (even / whole.length) * 100 + Math.min(width, 50) / 100
      if (score > bestScore) [best, bestScore] = [{ delimiter, backslash, width }, score]
    }
  }
  return best
}

/** Names of columns that tell a header from words of a report. */
const MANY_NAMES = 4

/**
 * The width of a header that is surely one and of the row behind it, or else that which most records have; of two that are
 * as frequent the wider one.
 */
export function usualWidth(records: Pick<CsvRecord, 'cells' | 'problem'>[]): number {
  const header = records
    .slice(0, MOST_LEAD_IN)
    .findIndex(
      ({ cells }, i) =>
        cells.length >= MANY_NAMES &&
        records[i + 1]?.cells.length === cells.length &&
        cells.slice(0, 200).filter(knownColumn).length >= MANY_NAMES,
    )
  if (header >= 0) return records[header]!.cells.length
  const counts = new Map<number, number>()
  // What comes later counts for more: before a table may stand as many lines as it has rows that were looked at.
  for (const [i, { cells, problem }] of records.entries())
    if (problem === null) counts.set(cells.length, (counts.get(cells.length) ?? 0) + i + 1)
  return [...counts].sort(([a, m], [b, n]) => n - m || b - a)[0]?.[0] ?? 1
}

export const guessDelimiter = (text: string): string => guessDialect(text).delimiter
