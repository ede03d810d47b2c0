import { parseDate } from '../text/dates.ts'
import { knownColumn } from './mapping.ts'

/** Whether the first record names columns rather than being the first row. `following`: the next few records. */
export function looksLikeHeader(cells: string[], following: string[][]): boolean {
  const filled = cells.filter((cell) => cell.trim() !== '')
  if (filled.length === 0) return false
  if (filled.some((cell) => looksLikeValue(cell))) return false
  if (filled.some((cell) => knownColumn(cell))) return true
  // Names are shorter than what they name, and what they name differs from row to row.
  if (filled.some((cell) => cell.length > 60)) return false
  const longest = Math.max(...filled.map((cell) => cell.length))
  return following.some((row) => row.some((cell) => cell.length > 2 * longest || looksLikeValue(cell)))
}

const looksLikeValue = (cell: string): boolean =>
  /^\s*[+-]?\d+([.,]\d+)?\s*$/.test(cell) || /https?:\/\//i.test(cell) || /^@\w/.test(cell) || parseDate(cell) !== null
