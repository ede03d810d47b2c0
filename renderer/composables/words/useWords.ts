import { useI18n } from 'vue-i18n'
import { useStation } from '#renderer/client/station.ts'
import { stretch } from '#renderer/composables/time/duration.ts'
import { isOtherZone } from '#renderer/composables/time/other-zone.ts'
import { formatNumber, formatTime, type NumberLook, type TimeLook } from './formats.ts'
import type { Said } from '#shared/model/said.ts'
import type { Language } from '#shared/words/languages.ts'
import { words } from '#shared/words/words.ts'

const DAY_MS = 86_400_000

/** Times, ages and numbers in the page's language and the station's time zone. */
export function useWords() {
  const { t, te, locale } = useI18n({ useScope: 'global' })
  const station = useStation()
  const n = (value: number, look: NumberLook = 'plain') => formatNumber(value, look, locale.value)
  const zone = () => station.hello.value?.timeZone ?? 'UTC'
  /** A page in another zone would take the station's times for its own: there each says its zone. */
  const zoned = () => isOtherZone(zone(), station.now())
  const at = (moment: number, look: TimeLook) => formatTime(moment, look, locale.value, zone())
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
    zoned,
    /** `10:41`; `10:41 CET` on a page in another zone. */
    time: (moment: number) => at(moment, zoned() ? 'timeZoned' : 'time'),
    /** `10:41`, for an axis or a row of times of which something else names the zone. */
    bareTime: (moment: number) => at(moment, 'time'),
    /** `10:41:08`; `10:41:08 CET` on a page in another zone. */
    seconds: (moment: number) => at(moment, zoned() ? 'secondsZoned' : 'seconds'),
    /** `Fri 20 Nov`, beside a time or another day that names the zone. */
    day: (moment: number) => at(moment, 'day'),
    /** `Fri 20 Nov`, with the zone on a page in another one: for a day that stands alone. */
    dayAlone: (moment: number) => at(moment, zoned() ? 'dayZoned' : 'day'),
    date: (moment: number) => at(moment, 'date'),
    /** `10:41` of the last day, else `Fri 20 Nov`: since when something is so. */
    since: (moment: number) =>
      station.now() - moment < DAY_MS
        ? at(moment, zoned() ? 'timeZoned' : 'time')
        : at(moment, zoned() ? 'dayZoned' : 'day'),
    /** With date and time zone: what a hover shows. */
    moment: (moment: number) => at(moment, 'moment'),
    percent: (share: number) => n(share, 'percent'),
    /** `1.2k` */
    short: (count: number) => n(count, 'short'),
  }
}
