/** Codes of countries that tools write with three letters, or in their own way. */
const ownCodes: Record<string, string> = Object.fromEntries(
  (
    'usa:US us:US gbr:GB uk:GB deu:DE ger:DE fra:FR esp:ES ita:IT che:CH sui:CH aut:AT jpn:JP chn:CN ind:IN bra:BR can:CA aus:AU nld:NL ned:NL bel:BE swe:SE nor:NO ' +
    'dnk:DK fin:FI pol:PL irl:IE prt:PT mex:MX arg:AR zaf:ZA kor:KR rus:RU ukr:UA tur:TR cze:CZ hun:HU grc:GR rou:RO isr:IL are:AE uae:AE sau:SA sgp:SG nzl:NZ phl:PH ' +
    'idn:ID tha:TH vnm:VN mys:MY lux:LU chl:CL col:CO per:PE egy:EG nga:NG ken:KE mar:MA america:US england:GB britain:GB holland:NL'
  )
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
)

const alphabet = [...'abcdefghijklmnopqrstuvwxyz']
const pairs = alphabet.flatMap((a) => alphabet.map((b) => a + b))

/** Name in English or German, in small letters → code. Made when first asked for. */
function namesOf(type: 'language' | 'region'): Map<string, string> {
  const names = new Map<string, string>()
  for (const tongue of ['de', 'en']) {
    const display = new Intl.DisplayNames([tongue], { type, fallback: 'none' })
    for (const pair of pairs) {
      const name = display.of(type === 'region' ? pair.toUpperCase() : pair)
      if (name !== undefined && !names.has(name.toLowerCase())) names.set(name.toLowerCase(), today(type, pair))
    }
  }
  return names
}
/** The code in use today: DD is DE, `iw` is `he`. */
function today(type: 'language' | 'region', code: string): string {
  const locale = new Intl.Locale(type === 'region' ? `und-${code}` : code)
  return type === 'region' ? (locale.region ?? code.toUpperCase()) : locale.language
}
let countries: Map<string, string> | null = null
let languages: Map<string, string> | null = null

/** `DE`, `deu`, `Germany`, `germany`, `Deutschland` → `DE`; null: not a country. */
export function countryOf(written: string): string | null {
  const name = written.trim().toLowerCase().replace(/_/g, ' ')
  countries ??= namesOf('region')
  const own = ownCodes[name] ?? countries.get(name)
  if (own !== undefined) return own
  return /^[a-z]{2}$/.test(name) ? name.toUpperCase() : null
}

/** `de`, `de-AT`, `ger`, `German`, `Deutsch` → `de`, `de-AT`; null: not a language. */
export function languageOf(written: string): string | null {
  const name = written.trim().toLowerCase().replace(/_/g, '-')
  languages ??= namesOf('language')
  const named = languages.get(name)
  if (named !== undefined) return named
  try {
    return /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/.test(name) ? (Intl.getCanonicalLocales(name)[0] ?? null) : null
  } catch {
    return null
  }
}

/** A day or an instant as since: and until: read it, from ISO, a day with slashes, or Unix time; null: none of them. */
export function dayOf(written: string): { from: number; to: number; wholeDay: boolean } | null {
  const text = written.trim()
  const epoch = /^(\d{10})(\d{3})?$/.exec(text)
  if (epoch) {
    const at = Number(epoch[1]) * 1_000 + Number(epoch[2] ?? 0)
    return { from: at, to: at + 1_000, wholeDay: false }
  }
  const day = /^(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})$/.exec(text) ?? /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/.exec(text)
  if (day) {
    const from = Date.UTC(Number(day[1]), Number(day[2]) - 1, Number(day[3]))
    return { from, to: from + 86_400_000, wholeDay: true }
  }
  const year = /^(\d{4})(?:-(\d{2}))?$/.exec(text)
  if (year) {
    const [y, m] = [Number(year[1]), year[2] === undefined ? null : Number(year[2]) - 1]
    return { from: Date.UTC(y, m ?? 0), to: m === null ? Date.UTC(y + 1, 0) : Date.UTC(y, m + 1), wholeDay: true }
  }
  const instant = /^\d{4}-\d{2}-\d{2}[T_ ]\d{2}:\d{2}/.test(text)
    ? Date.parse(withZone(text.replace(/[_ ]/, 'T')))
    : NaN
  return Number.isNaN(instant) ? null : { from: instant, to: instant + 1_000, wholeDay: false }
}

/** Without a zone UTC, as ours are; X writes `_UTC`. */
const withZone = (text: string): string =>
  /(?:Z|[+-]\d{2}:?\d{2})$/.test(text.replace(/_?UTC$/, 'Z')) ? text.replace(/_?UTC$/, 'Z') : `${text}Z`
