/** What a cell's number means, by the format it is shown in. */
export type NumberMeaning = 'number' | 'date' | 'time'

/** Formats that every workbook knows by number: ECMA-376 part 1, 18.8.30, with those of East Asian editions. */
const builtIn = (id: number): NumberMeaning => {
  if ((id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58))
    return 'date'
  return (id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) ? 'time' : 'number'
}

/** The meaning of a format's code (`dd/mm/yyyy hh:mm`); without one, of its number. Colours, words and escapes say nothing. */
export function meaningOf(id: number, code?: string): NumberMeaning {
  if (code === undefined) return builtIn(id)
  const bare = code
    .split(';', 1)[0]!
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?!(?:h+|m+|s+)\])[^\]]*\]/gi, '')
  if (/general|standard/i.test(bare)) return 'number'
  if (/[yd]|[be]{2,}|(?<![hs:[]\s?)m{3,}/i.test(bare)) return 'date'
  if (/[hs]/i.test(bare)) return 'time'
  return /m/i.test(bare) ? 'date' : 'number'
}

const DAY_S = 86_400
/** The last day that a spreadsheet counts: 31 December 9999. */
const LAST_DAY = 2_958_466
/** Days from 1 January 1904, where some workbooks begin to count, back to 30 December 1899. */
export const DAYS_TO_1904 = 1_462

/** A counted day as a date that has no zone, to the second: `2024-03-01`, `2024-03-01 09:05:00`, or `09:05:00` alone. */
export function serialText(days: number, meaning: NumberMeaning, epoch1904: boolean): string | null {
  if (!Number.isFinite(days) || days < 0 || days >= LAST_DAY) return null
  const seconds = Math.round((days + (epoch1904 && (meaning === 'date' || days >= 1) ? DAYS_TO_1904 : 0)) * DAY_S)
  const written = new Date(Date.UTC(1899, 11, 30) + seconds * 1000).toISOString()
  const clock = written.slice(11, 19)
  if (meaning === 'time' && days < 1) return clock
  return seconds % DAY_S === 0 ? written.slice(0, 10) : `${written.slice(0, 10)} ${clock}`
}

/** A stored number with all its digits and no exponent. What is stored as whole digits is kept as it stands. */
export function digitsOf(stored: string): string {
  const text = stored.trim()
  if (/^-?\d+$/.test(text)) return text
  const number = Number(text)
  if (text === '' || !Number.isFinite(number)) return text
  // Spreadsheets keep 15 digits; the others are what binary fractions leave: 0.30000000000000004.
  const [, sign = '', whole = '', fraction = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(number.toPrecision(15)) ?? []
  const point = whole.length + Number(power)
  const digits = whole + fraction
  if (point <= 0 || point > 40) return String(Number(number.toPrecision(15)))
  const padded = digits.padEnd(point, '0')
  const decimals = padded.slice(point).replace(/0+$/, '')
  return `${sign}${padded.slice(0, point)}${decimals === '' ? '' : `.${decimals}`}`
}

/** `B12` → 1: the column of a cell, from 0; -1 when it says none. */
export function columnOf(reference: string): number {
  let column = 0
  let at = 0
  for (; at < reference.length; at++) {
    const letter = reference.charCodeAt(at) & ~32
    if (letter < 65 || letter > 90) break
    column = column * 26 + letter - 64
  }
  return at === 0 || at > 3 ? -1 : column - 1
}
