import { Temporal } from 'temporal-polyfill'

export interface Promised {
  dueAt: number
  now: number
  /** The zone that the desk works in. */
  zone: string
  /** BCP 47, of the customer. */
  lang: string
  /** ISO 3166; null: not known. */
  country: string | null
}

const at = (zone: string, ms: number): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone)

/**
 * Until when something was promised, as a customer reads it: a weekday alone for today and tomorrow, else with its date, and its year
 * when that is another; with the zone for whoever lives where clocks show another time, or may.
 */
export function promiseWords({ dueAt, now, zone, lang, country }: Promised): string {
  const due = at(zone, dueAt)
  const today = at(zone, now)
  const days = today.toPlainDate().until(due.toPlainDate()).days
  return new Intl.DateTimeFormat(lang.startsWith('de') ? 'de-DE' : 'en-GB', {
    timeZone: zone,
    weekday: 'long',
    ...(days > 1 && { day: 'numeric', month: 'long' }),
    ...(due.year !== today.year && days > 1 && { year: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
    ...(isElsewhere(due, country, lang) && { timeZoneName: 'short' }),
  }).format(dueAt)
}

/** Whether clocks may show something else where the customer is: by their country, or the one that their language is most at home in. */
function isElsewhere(due: Temporal.ZonedDateTime, country: string | null, lang: string): boolean {
  return zonesOf(country, lang).some((zone) => due.withTimeZone(zone).offset !== due.offset)
}

/** `Intl.Locale.getTimeZones` is newer than the types of ES2024. */
type WithZones = Intl.Locale & { getTimeZones?(): string[] | undefined }

function zonesOf(country: string | null, lang: string): string[] {
  try {
    const region = country ?? (lang === 'und' ? undefined : new Intl.Locale(lang).maximize().region)
    return region === undefined ? [] : ((new Intl.Locale(`und-${region}`) as WithZones).getTimeZones?.() ?? [])
  } catch {
    // What a network gave for a country or a language may be neither.
    return []
  }
}
