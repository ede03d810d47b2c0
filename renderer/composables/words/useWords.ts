import { useI18n } from 'vue-i18n'
import { useStation } from '#renderer/client/station.ts'
import { stretch } from '#renderer/composables/time/duration.ts'
import { formatNumber, formatTime, type NumberLook, type TimeLook } from './formats.ts'
import type { Said } from '#shared/model/said.ts'
import type { Language } from '#shared/words/languages.ts'
import { words } from '#shared/words/words.ts'

/** Times, ages and numbers in the page's language and the station's time zone. */
export function useWords() {
  const { t, te, locale } = useI18n({ useScope: 'global' })
  const station = useStation()
  const n = (value: number, look: NumberLook = 'plain') => formatNumber(value, look, locale.value)
  const at = (moment: number, look: TimeLook) =>
    formatTime(moment, look, locale.value, station.hello.value?.timeZone ?? 'UTC')
  return {
    t,
    te,
    n,
    locale,
    language: () => locale.value as Language,
    /** What the engine says, in the page's language; nothing when it says nothing. */
    say: (what: Said | null | undefined) => (what ? words(locale.value as Language)(what) : ''),
    /** `38 s`, `12 min`, `2 h 10`. */
    duration(ms: number): string {
      const { unit, n: count, rest } = stretch(ms)
      return t(`time.${unit}`, { n: n(count), rest })
    },
    /** `10:41` */
    time: (moment: number) => at(moment, 'time'),
    /** `10:41:08` */
    seconds: (moment: number) => at(moment, 'seconds'),
    day: (moment: number) => at(moment, 'day'),
    date: (moment: number) => at(moment, 'date'),
    /** With date and time zone: what a hover shows. */
    moment: (moment: number) => at(moment, 'moment'),
    percent: (share: number) => n(share, 'percent'),
    /** `1.2k` */
    short: (count: number) => n(count, 'short'),
  }
}
