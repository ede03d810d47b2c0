/** `2.11668E+18`: an id that a spreadsheet took for a number. Many ids became this one. */
const scientific = (id: string): boolean => /^\d([.,]\d+)?e\+?\d+$/i.test(id)

/** A spreadsheet keeps 15 digits of a number and writes zeros for the others. */
const ZEROED = /^[1-9]\d{14}0+$/

/** Whether the ids of a column were rounded: every one of them has the shape, and that is no accident (1 : 10,000). */
export function areRounded(ids: string[]): boolean {
  const filled = ids.map((id) => id.trim()).filter((id) => id !== '')
  if (filled.some(scientific)) return true
  if (filled.length === 0 || !filled.every((id) => ZEROED.test(id))) return false
  return filled.reduce((sum, id) => sum + (id.length - 15), 0) >= 4 && filled.length >= 2
}

/** `"1859…"`, `'1859…`: what keeps a spreadsheet from taking an id for a number. */
const unwrapped = (text: string): string => text.replace(/^(?:"([^"\s]+)"|'([^'\s]+)'?)$/, '$1$2')

/** An id of a network or a file, or null when it is none. Spreadsheets also turn ids into decimals: `3.0` is 3. */
export function idOf(written: string): string | null {
  if (/^\d+$/.test(written)) return written
  const text = unwrapped(written)
  if (text === '' || /^(nan|null|none|undefined|<na>|\\n|#n\/a)$/i.test(text) || scientific(text)) return null
  return text.replace(/^(\d+)\.0+$/, '$1')
}
