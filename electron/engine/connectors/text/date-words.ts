/**
 * Names of months, weekdays and halves of the day in every language that the platform knows (CLDR, by Intl): a feed or a
 * spreadsheet writes them in its own. Made when a word is met that the short table of `dates.ts` does not hold: the common
 * languages first (some 30 ms), all others only for a word that is still unknown.
 */
interface Names {
  /** Folded name → its meanings, best known language first. Months are 1 … 12, weekdays 0 (Sunday) … 6. */
  months: Map<string, Set<number>>
  weekdays: Map<string, Set<number>>
  halves: Map<string, 'am' | 'pm'>
}

const COMMON =
  `en de fr es pt it nl pl ru uk tr sv da nb fi cs sk hu ro el bg hr sr sl ca ar he fa hi id ms vi th ja ko zh
  et lv lt`.split(/\s+/)

/** Words that stand in dates without a meaning of their own. */
const FILLERS = new Set(
  `um uhr at on the of de del da den der do di le la el les à a as às al alle ore om kl klo klokken kello клo в о г год года
  року р ч час os o den year año ano jahr dne v ve saat στις την του ngay ngày nam năm luc lúc lúc pukul tanggal jam the
  ora godz den dia dia día am heures hrs hours h`.split(/\s+/),
)

const empty = (): Names => ({ months: new Map(), weekdays: new Map(), halves: new Map() })
let common: Names | null = null
let all: Names | null = null

/** Lower case without accents; marks of scripts that write vowels with them stay. */
export const foldWord = (word: string): string =>
  word
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/gu, '')
    .replace(/[.,·‧\u0640]/gu, '')

const commonNames = (): Names => (common ??= namesOf(COMMON))
const allNames = (): Names => (all ??= namesOf(everyLanguage()))

/** The months that a word can mean; none for an unknown word. A beginning of three letters or more stands for its name. */
export const monthsOf = (word: string): number[] => meaning(word, 'months')
export const weekdaysOf = (word: string): number[] => meaning(word, 'weekdays')

export function halfOf(word: string): 'am' | 'pm' | null {
  const key = foldWord(word)
  return commonNames().halves.get(key) ?? all?.halves.get(key) ?? null
}

export const isFiller = (word: string): boolean => FILLERS.has(word.toLowerCase()) || FILLERS.has(foldWord(word))

function meaning(word: string, kind: 'months' | 'weekdays'): number[] {
  const key = foldWord(word)
  for (const names of [commonNames, allNames]) {
    const exact = names()[kind].get(key)
    if (exact) return [...exact]
    if (key.length < 3) continue
    const begun = new Set<number>()
    for (const [name, meanings] of names()[kind]) if (name.startsWith(key)) for (const one of meanings) begun.add(one)
    if (begun.size > 0 && begun.size <= 3) return [...begun]
  }
  return []
}

function everyLanguage(): string[] {
  const letters = [...'abcdefghijklmnopqrstuvwxyz']
  const codes = letters.flatMap((a) => letters.map((b) => a + b))
  return Intl.DateTimeFormat.supportedLocalesOf([
    ...codes,
    'fil',
    'kab',
    'sah',
    'hsb',
    'dsb',
    'gsw',
    'ckb',
    'ceb',
    'chr',
  ])
}

function namesOf(languages: string[]): Names {
  const names = empty()
  for (const language of languages) addLanguage(names, language)
  return names
}

function addLanguage(names: Names, language: string): void {
  const part = (options: Intl.DateTimeFormatOptions, type: string): ((time: number) => string) => {
    const format = new Intl.DateTimeFormat(`${language}-u-ca-gregory-nu-latn`, { timeZone: 'UTC', ...options })
    return (time) => format.formatToParts(time).find((one) => one.type === type)?.value ?? ''
  }
  const add = (map: Map<string, Set<number>>, name: string, value: number): void => {
    const key = foldWord(name)
    if (/\p{L}/u.test(key)) map.set(key, (map.get(key) ?? new Set()).add(value))
  }
  for (const width of ['long', 'short'] as const) {
    // Within a date many languages decline the month: "март", but "1 марта".
    for (const month of [part({ month: width }, 'month'), part({ month: width, day: 'numeric' }, 'month')])
      for (let m = 0; m < 12; m++) add(names.months, month(Date.UTC(2024, m, 15)), m + 1)
    const weekday = part({ weekday: width }, 'weekday')
    // 7 January 2024 is a Sunday.
    for (let day = 0; day < 7; day++) add(names.weekdays, weekday(Date.UTC(2024, 0, 7 + day)), day)
  }
  const half = part({ hour: 'numeric', hour12: true }, 'dayPeriod')
  for (const [hour, value] of [
    [9, 'am'],
    [21, 'pm'],
  ] as const) {
    const key = foldWord(half(Date.UTC(2024, 0, 7, hour))).replace(/\s/gu, '')
    if (key !== '' && !names.halves.has(key)) names.halves.set(key, value)
  }
}
