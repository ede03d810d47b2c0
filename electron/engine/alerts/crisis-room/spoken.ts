import type { Said, SaidValue } from '#shared/model/said.ts'
import { nameOf } from '#shared/query/wording.ts'
import type { Language } from '#shared/words/languages.ts'
import { words } from '#shared/words/words.ts'

/** Times, names and sentences of a document, in one language and the station's zone. */
export interface Speaking {
  say(what: Said): string
  /** `Fri 20 Nov 2026, 10:41` */
  when(at: number): string
  language(code: string): string
  number(n: number): string
}

export function speaking(language: Language, timeZone: string): Speaking {
  const moment = new Intl.DateTimeFormat(language, {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const counts = new Intl.NumberFormat(language, { maximumFractionDigits: 1 })
  const when = (at: number): string => moment.format(at)
  const filled = (hole: string, value: SaidValue): SaidValue => {
    if (typeof value === 'object') return readable(value)
    if (typeof value === 'number') return hole === 'when' ? when(value) : counts.format(value)
    if (hole === 'lang') return nameOf('language', value, language)
    return hole === 'country' ? nameOf('region', value, language) : value
  }
  const readable = ({ code, values = {} }: Said): Said => ({
    code,
    values: Object.fromEntries(Object.entries(values).map(([hole, value]) => [hole, filled(hole, value)])),
  })
  return {
    say: (what) => words(language)(readable(what)),
    when,
    language: (code) => nameOf('language', code, language),
    number: (n) => counts.format(n),
  }
}
