import { TokenKind, type Token } from './tokens.ts'

/** What a language model says of a text. */
export interface LanguageGuess {
  /** BCP 47, or `und`: too short or too mixed to tell. */
  lang: string
  /** 0 … 1. */
  confidence: number
}

/** Scripts that name their language by themselves, or nearly: first match of the most frequent script wins. */
const SCRIPTS: readonly (readonly [from: number, to: number, lang: string])[] = [
  [0x0370, 0x03ff, 'el'],
  [0x0400, 0x052f, 'ru'],
  [0x0530, 0x058f, 'hy'],
  [0x0590, 0x05ff, 'he'],
  [0x0600, 0x06ff, 'ar'],
  [0x0750, 0x077f, 'ar'],
  [0xfb50, 0xfeff, 'ar'],
  [0x0900, 0x097f, 'hi'],
  [0x0980, 0x09ff, 'bn'],
  [0x0a00, 0x0a7f, 'pa'],
  [0x0a80, 0x0aff, 'gu'],
  [0x0b80, 0x0bff, 'ta'],
  [0x0c00, 0x0c7f, 'te'],
  [0x0c80, 0x0cff, 'kn'],
  [0x0d00, 0x0d7f, 'ml'],
  [0x0e00, 0x0e7f, 'th'],
  [0x10a0, 0x10ff, 'ka'],
  [0x1200, 0x137f, 'am'],
  [0x3040, 0x30ff, 'ja'],
  [0x4e00, 0x9fff, 'zh'],
  [0xac00, 0xd7af, 'ko'],
]

/** The language that the script alone gives away, or null for Latin and for texts without letters. */
export function languageOfScript(tokens: readonly Token[]): string | null {
  const counts = new Map<string, number>()
  let letters = 0
  for (const token of tokens) {
    if (token.kind !== TokenKind.word && token.kind !== TokenKind.hashtag) continue
    for (let at = 0; at < token.text.length; at++) {
      const unit = token.text.charCodeAt(at)
      letters++
      if (unit < 0x370) continue
      for (const [from, to, lang] of SCRIPTS) {
        if (unit >= from && unit <= to) {
          counts.set(lang, (counts.get(lang) ?? 0) + 1)
          break
        }
      }
    }
  }
  if ((counts.get('ja') ?? 0) > 0 && (counts.get('ja') ?? 0) + (counts.get('zh') ?? 0) > letters / 2) return 'ja'
  for (const [lang, count] of counts) if (count > letters / 2) return lang
  return null
}

const COMMON: Readonly<Record<string, string>> = {
  en: 'the and is to of in for you it that my on with this are not was have be at so just but me they what your from we all out get',
  de: 'der die das und ist nicht ich ein eine zu mit auf für es im den von sich auch wie bei dass mir mich noch schon wir ihr kein keine wieder aber',
  fr: 'le la les des est et un une pas je que qui pour dans sur au du avec vous nous ce il elle mais plus on fait tout suis ça très',
  es: 'el la los las de que y en un una es no por con para se lo me mi su del al como pero más ya muy si está todo',
  it: 'il la le di che e è un una non per in con si mi ma sono come del della al più anche ci ho questo gli nel',
  pt: 'o a os as de que e é um uma não por com para se do da no na em eu você mas mais muito me meu minha isso está tem',
  nl: 'de het een en is niet van ik je dat in op te zijn voor met die er maar wel ook nog naar aan wat bij hebben geen we',
  'hi-Latn': 'hai ka ki ke ko se nahi mein main kya bhi ho hain koi aur tha kar raha rahi liye yeh woh apne kuch mera tum hum par',
}
const VOTES = new Map<string, string[]>()
for (const [lang, words] of Object.entries(COMMON)) {
  for (const word of words.split(' ')) VOTES.set(word, [...(VOTES.get(word) ?? []), lang])
}

/** By script, else by counting common words. */
export function guessByCommonWords(tokens: readonly Token[]): LanguageGuess {
  const script = languageOfScript(tokens)
  if (script) return { lang: script, confidence: 0.9 }
  const votes = new Map<string, number>()
  let total = 0
  for (const token of tokens) {
    if (token.kind !== TokenKind.word) continue
    const langs = VOTES.get(token.text)
    if (!langs) continue
    total++
    for (const lang of langs) votes.set(lang, (votes.get(lang) ?? 0) + 1 / langs.length)
  }
  let best = 'und'
  let most = 0
  for (const [lang, count] of votes) {
    if (count > most) {
      most = count
      best = lang
    }
  }
  return most >= 1 && total > 0 ? { lang: best, confidence: most / total } : { lang: 'und', confidence: 0 }
}
