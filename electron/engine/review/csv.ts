/** What a spreadsheet would run as a formula when the file is opened. */
const formula = /^[\s"']*[=+\-@\t\r\n|%]/

/**
 * One cell by RFC 4180. A text that a spreadsheet would take for a formula gets an apostrophe in front, so that it is shown
 * as written (OWASP, "CSV injection"). Numbers and null stay what they are.
 */
export function csvCell(value: string | number | boolean | null): string {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  const safe = formula.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export const csvLine = (cells: readonly (string | number | boolean | null)[]): string =>
  `${cells.map(csvCell).join(',')}\r\n`
