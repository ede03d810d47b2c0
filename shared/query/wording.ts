import type { Language } from '#shared/words/languages.ts'
import type { SaidValue } from '#shared/model/said.ts'
import { commas, said } from '#shared/words/said.ts'

/** `a, b and c`, or with “or”. */
export function listed(parts: readonly SaidValue[], last: 'query.and' | 'query.or'): SaidValue {
  const final = parts.at(-1) ?? ''
  return parts.length < 2 ? final : said(last, { items: commas(parts.slice(0, -1)), last: final })
}

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
