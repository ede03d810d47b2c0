/**
 * Numbers and times by locale, from formatters that are made once: a wall formats thousands a second, and the general
 * way through the messages library cost a fifth of all scripting there.
 */
export type NumberLook = 'plain' | 'whole' | 'percent' | 'short'
export type TimeLook = 'time' | 'timeZoned' | 'secondsZoned' | 'seconds' | 'day' | 'dayZoned' | 'date' | 'moment'

const NUMBERS: Record<NumberLook, Intl.NumberFormatOptions> = {
  plain: { maximumFractionDigits: 1 },
  whole: { maximumFractionDigits: 0 },
  percent: { style: 'percent', maximumFractionDigits: 0 },
  short: { notation: 'compact', maximumFractionDigits: 1 },
}
const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
const TIMES: Record<TimeLook, Intl.DateTimeFormatOptions> = {
  time: clock,
  seconds: { ...clock, second: '2-digit' },
  timeZoned: { ...clock, timeZoneName: 'short' },
  secondsZoned: { ...clock, second: '2-digit', timeZoneName: 'short' },
  day: { weekday: 'short', day: 'numeric', month: 'short' },
  dayZoned: { weekday: 'short', day: 'numeric', month: 'short', timeZoneName: 'short' },
  date: { day: 'numeric', month: 'short', year: 'numeric' },
  moment: { day: 'numeric', month: 'short', year: 'numeric', ...clock, second: '2-digit', timeZoneName: 'short' },
}

const numbers = new Map<string, Intl.NumberFormat>()
export function formatNumber(value: number, look: NumberLook, locale: string): string {
  const key = `${locale} ${look}`
  let format = numbers.get(key)
  if (!format) numbers.set(key, (format = new Intl.NumberFormat(locale, NUMBERS[look])))
  return format.format(value)
}

const times = new Map<string, Intl.DateTimeFormat>()
/** `at`: ms since 1970; `zone`: an IANA name, UTC when the platform does not know it. */
export function formatTime(at: number, look: TimeLook, locale: string, zone: string): string {
  const key = `${locale} ${look} ${zone}`
  let format = times.get(key)
  if (!format) {
    try {
      format = new Intl.DateTimeFormat(locale, { ...TIMES[look], timeZone: zone })
    } catch {
      format = new Intl.DateTimeFormat(locale, { ...TIMES[look], timeZone: 'UTC' })
    }
    times.set(key, format)
  }
  return format.format(at)
}
