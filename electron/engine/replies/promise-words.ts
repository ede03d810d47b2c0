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

const DAY_MS = 86_400_000

/** What clocks show there, as if it were UTC. */
function local(zone: string, at: number): number {
  const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(at)
  return Date.parse(`${shown.replace(' ', 'T')}Z`)
}

/**
 * Until when something was promised, as a customer reads it: a weekday alone for today and tomorrow, else with its date, and its year
 * when that is another; with the zone for whoever lives where clocks show another time, or may.
 */
export function promiseWords({ dueAt, now, zone, lang, country }: Promised): string {
  const due = local(zone, dueAt)
  const today = local(zone, now)
  const days = Math.floor(due / DAY_MS) - Math.floor(today / DAY_MS)
  const isOtherYear = new Date(due).getUTCFullYear() !== new Date(today).getUTCFullYear()
  return new Intl.DateTimeFormat(lang.startsWith('de') ? 'de-DE' : 'en-GB', {
    timeZone: zone,
    weekday: 'long',
    ...(days > 1 && { day: 'numeric', month: 'long' }),
    ...(isOtherYear && days > 1 && { year: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
    ...(isElsewhere(dueAt, due, country, lang) && { timeZoneName: 'short' }),
  }).format(dueAt)
}

/** Whether clocks may show something else where the customer is: by their country, or the one that their language is most at home in. */
function isElsewhere(dueAt: number, due: number, country: string | null, lang: string): boolean {
  return zonesOf(country, lang).some((zone) => local(zone, dueAt) !== due)
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
