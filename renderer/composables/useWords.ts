import { useI18n } from 'vue-i18n'
import { useStation } from '#renderer/client/station.ts'
import { stretch } from './duration.ts'

/** Times, ages and numbers in the page's language and the station's time zone. */
export function useWords() {
  const { t, te, n, d, locale } = useI18n({ useScope: 'global' })
  const station = useStation()
  const zone = () => station.hello.value?.timeZone ?? 'UTC'
  const format = (at: number, key: string) => d(at, { key, timeZone: zone() } as never) as unknown as string
  return {
    t,
    te,
    n,
    locale,
    /** `38 s`, `12 min`, `2 h 10`. */
    duration(ms: number): string {
      const { unit, n: count, rest } = stretch(ms)
      return t(`time.${unit}`, { n: n(count), rest })
    },
    /** `10:41` */
    time: (at: number) => format(at, 'time'),
    /** `10:41:08` */
    seconds: (at: number) => format(at, 'seconds'),
    day: (at: number) => format(at, 'day'),
    date: (at: number) => format(at, 'date'),
    /** With date and time zone: what a hover shows. */
    moment: (at: number) => format(at, 'moment'),
    percent: (share: number) => n(share, 'percent'),
    /** `1.2k` */
    short: (count: number) => n(count, 'short'),
  }
}
