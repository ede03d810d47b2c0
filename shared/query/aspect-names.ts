import { foldValue } from './fold.ts'

/**
 * The starter aspects by the name they are stored under, and what they are called in German. The names of the station's own
 * dictionary are shown as they were written.
 */
export const germanAspects: Readonly<Record<string, string>> = {
  delivery: 'Lieferung',
  price: 'Preis',
  payment: 'Zahlung',
  staff: 'Personal',
  support: 'Kundendienst',
  app: 'App',
  quality: 'Qualität',
  battery: 'Akku',
  availability: 'Verfügbarkeit',
  network: 'Netz',
  delay: 'Verspätung',
  baggage: 'Gepäck',
  return: 'Rückgabe',
  contract: 'Vertrag',
  safety: 'Sicherheit',
  privacy: 'Datenschutz',
}

const byFoldedName = new Map(
  Object.entries(germanAspects).flatMap(([name, german]) => [
    [name, name],
    [foldValue(german), name],
  ]),
)

/** The stored name of the starter aspect that a folded word names in English or German; null for any other word. */
export const starterAspectOf = (folded: string): string | null => byFoldedName.get(folded) ?? null

/** As an officer reads it. */
export const aspectName = (name: string, locale: string): string =>
  locale.startsWith('de') ? (germanAspects[name] ?? name) : name
