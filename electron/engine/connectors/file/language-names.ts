import { langTag } from '../text/raw.ts'

/** Languages of the interfaces that such exports come from: their names for languages and countries are read. */
const READERS = ['en', 'de', 'fr', 'es', 'pt', 'it', 'nl', 'pl', 'ru', 'tr', 'ja', 'zh']
const LETTERS = [...'abcdefghijklmnopqrstuvwxyz']
const PAIRS = LETTERS.flatMap((a) => LETTERS.map((b) => a + b))

const key = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^\p{L}]/gu, '')

function table(type: 'language' | 'region', codes: string[]): Map<string, string> {
  const names = new Map<string, string>()
  for (const reader of READERS) {
    const shown = new Intl.DisplayNames(reader, { type, fallback: 'none' })
    for (const code of codes) {
      const name = shown.of(code)
      if (name !== undefined && !names.has(key(name))) names.set(key(name), code)
    }
  }
  return names
}

/** Codes that the platform has a name for but that are no country of today. */
const NO_COUNTRY =
  /^(EU|EZ|UN|QO|XA|XB|ZZ|AC|CP|CQ|DG|EA|IC|TA|AN|BU|CS|DD|FX|NT|SU|TP|YD|YU|ZR|FQ|JT|MI|NH|NQ|PC|PU|PZ|VD|WK|CT|HV|DY|RH|UK|XK)$/
const OTHERS: Record<string, string> = {
  usa: 'US',
  uk: 'GB',
  greatbritain: 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  korea: 'KR',
  southkorea: 'KR',
  russia: 'RU',
  uae: 'AE',
  czechrepublic: 'CZ',
  holland: 'NL',
  unitedstatesofamerica: 'US',
  turkey: 'TR',
}

let languages: Map<string, string> | null = null
let countries: Map<string, string> | null = null

/** A language tag, also of a language's name in the common languages; null for neither. */
export function langOf(cell: string): string | null {
  const text = cell.trim()
  if (text === '') return null
  const tag = text.length <= 12 ? langTag(text) : null
  if (tag !== null && (tag.length <= 3 || tag.includes('-'))) return tag
  if (text.length > 40 || /\d/.test(text)) return null
  languages ??= table('language', [...PAIRS, 'fil'])
  return languages.get(key(text)) ?? tag
}

/** ISO 3166 code of a country's code or name (in the common languages); null for neither. */
export function countryOf(cell: string): string | null {
  const text = cell.trim()
  if (/^[a-z]{2}$/i.test(text)) return text.toUpperCase() === 'UK' ? 'GB' : text.toUpperCase()
  if (text === '') return null
  countries ??= table(
    'region',
    PAIRS.map((pair) => pair.toUpperCase()).filter((code) => !NO_COUNTRY.test(code)),
  )
  return OTHERS[key(text)] ?? countries.get(key(text)) ?? null
}
