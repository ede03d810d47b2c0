import type { NumberField, TextField, TimeField } from './ast.ts'
import type { Locale } from './messages.ts'

/** How one language puts the parts of a query into words. Parts are clauses that can follow “that”: contain “bag”. */
export interface Wording {
  sentence(part: string): string
  /** Any of the lists may be empty, not all. */
  and(words: string[], facts: string[], without: string[]): string
  or(parts: string[]): string
  near(left: string, right: string, distance: number, ordered: boolean): string
  window(words: string[], distance: number): string
  quoted(text: string): string
  beginning(prefix: string): string
  pattern(pattern: string): string
  tag(sign: '#' | '@', name: string): string
  tagsBeginning(sign: '#' | '@', name: string): string
  raw(text: string): string
  field(field: TextField, values: string[]): string
  value(field: TextField, text: string): string
  number(field: NumberField, from: number | null, to: number | null): string
  time(field: TimeField, at: number): string
  more(count: number): string
}

/** `a, b and c` */
export const listed = (parts: readonly string[], last: string): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} ${last} ${parts.at(-1)}`

/** Name of a language or country in `locale`; the code itself when it is not known. */
export function nameOf(type: 'language' | 'region', code: string, locale: Locale): string {
  try {
    return (
      new Intl.DisplayNames([locale], { type, fallback: 'code' }).of(type === 'region' ? code.toUpperCase() : code) ??
      code
    )
  } catch {
    return code
  }
}

export const isMidnight = (at: number): boolean => at % 86_400_000 === 0

/** Query times are UTC; midnight is shown as the day alone. */
export function dateText(at: number, locale: Locale, wholeDay = isMidnight(at)): string {
  const text = new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    dateStyle: 'medium',
    ...(wholeDay ? {} : { timeStyle: 'short' }),
  }).format(at)
  return wholeDay ? text : `${text} UTC`
}

export const numberText = (value: number, locale: Locale): string => new Intl.NumberFormat(locale).format(value)
