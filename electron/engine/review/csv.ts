/** Excel reads a file as UTF-8 only when it begins with this; everybody else skips it. */
export const BOM = '\uFEFF'

/** What a spreadsheet would run as a formula when the file is opened; the wide forms are taken for the narrow ones (OWASP). */
const formula = /^[\s"']*[=+\-@\t\r\n|%＝＋－＠]/
/**
 * The same in the middle of a text: where lists are separated by ";", Excel splits a comma file there and at line breaks,
 * because a quotation mark that is not the first character of a cell protects nothing.
 */
const formulaWithin = /(\r\n|[;\t\r\n])(?=[ \u00a0"']*[=+\-@|%＝＋－＠])/g

/**
 * One cell by RFC 4180. A text that a spreadsheet would take for a formula, whichever separator it goes by, gets an
 * apostrophe in front, so that it is shown as written (OWASP, "CSV injection"). Numbers and null stay what they are.
 */
export function csvCell(value: string | number | boolean | null): string {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  const within = value.replace(formulaWithin, "$1'")
  const safe = formula.test(within) ? `'${within}` : within
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export const csvLine = (cells: readonly (string | number | boolean | null)[]): string =>
  `${cells.map(csvCell).join(',')}\r\n`
