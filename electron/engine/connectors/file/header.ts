import { parseDate } from '../text/dates.ts'
import { knownColumn } from './column-names.ts'

/** Whether the first record names columns rather than being the first row. `following`: the next few records. */
export function looksLikeHeader(cells: string[], following: string[][]): boolean {
  const filled = cells.filter((cell) => cell.trim() !== '')
  if (filled.length === 0) return false
  if (filled.some((cell) => looksLikeValue(cell))) return false
  if (filled.some((cell) => knownColumn(cell))) return true
  // Names are shorter than what they name, and what they name differs from row to row.
  if (filled.some((cell) => cell.length > 60)) return false
  // A line of a million cells has more of them than a call has arguments.
  const longest = filled.reduce((most, cell) => Math.max(most, cell.length), 0)
  return following.some((row) => row.some((cell) => cell.length > 2 * longest || looksLikeValue(cell)))
}

const looksLikeValue = (cell: string): boolean =>
  /^\s*[+-]?\d+([.,]\d+)?\s*$/.test(cell) || /https?:\/\//i.test(cell) || /^@\w/.test(cell) || parseDate(cell) !== null

/** Lines that may stand before the header: the title, the query, the dates of a report. */
export const MOST_LEAD_IN = 30

/**
 * Where the table begins: the place of the first record that is as wide as the table and filled, and whether it names
 * columns. What stands before is about the file, not of it.
 */
export function tableStart(records: string[][], width: number): { at: number; header: boolean } {
  const following = (at: number): string[][] => records.slice(at + 1, at + 20)
  const looked = records.slice(0, MOST_LEAD_IN)
  const isWide = (cells: string[]): boolean => {
    const filled = cells.filter((cell) => cell.trim() !== '').length
    return cells.length >= width && filled >= Math.min(width, Math.max(1, Math.ceil(width / 2)))
  }
  const names = (cells: string[]): number => new Set(cells.filter((cell) => knownColumn(cell))).size
  const first = looked.findIndex(isWide)
  const header = looked.findIndex((cells, at) => isWide(cells) && looksLikeHeader(cells, following(at)))
  if (header >= 0 && (header === first || names(looked[header]!) >= 2)) return { at: header, header: true }
  return { at: Math.max(0, first), header: false }
}
