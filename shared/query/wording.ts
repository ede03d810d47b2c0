import type { Language } from '#shared/words/languages.ts'
import { said } from '#shared/words/said.ts'
import type { Sayer } from '#shared/words/words.ts'

/** `a, b and c`, or with “or”. */
export const listed = (parts: readonly string[], last: 'query.and' | 'query.or', say: Sayer): string =>
  parts.length < 2 ? parts.join('') : say(said(last, { items: parts.slice(0, -1).join(', '), last: parts.at(-1)! }))

/** Name of a language or country in `language`; the code itself when it is not known. */
export function nameOf(type: 'language' | 'region', code: string, language: Language): string {
  try {
    const names = new Intl.DisplayNames([language], { type, fallback: 'code' })
    return names.of(type === 'region' ? code.toUpperCase() : code) ?? code
  } catch {
    return code
  }
}

export const isMidnight = (at: number): boolean => at % 86_400_000 === 0

/** Query times are UTC; midnight is shown as the day alone. */
export function dateText(at: number, language: Language, wholeDay = isMidnight(at)): string {
  const text = new Intl.DateTimeFormat(language, {
    timeZone: 'UTC',
    dateStyle: 'medium',
    ...(wholeDay ? {} : { timeStyle: 'short' }),
  }).format(at)
  return wholeDay ? text : `${text} UTC`
}
