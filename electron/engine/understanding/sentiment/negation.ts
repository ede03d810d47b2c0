import { TokenKind, type Token } from '../tokens.ts'

/** Words that turn round what follows, by language; matched in lower case. `no` and `na` are "in the" in Portuguese, `net` is "just" in Dutch. */
const byLanguage: Readonly<Record<string, string>> = {
  en:
    'no not never none nobody nothing neither nor nowhere cannot without hardly barely scarcely rarely seldom zero dont doesnt didnt isnt ' +
    'wasnt arent werent wont wouldnt cant couldnt shouldnt aint havent hasnt hadnt',
  de: 'nicht kein keine keinen keiner keines keinem keins keinerlei nie niemals nimmer niemand nichts nix ohne weder kaum ned net nich',
  fr: 'ne pas jamais rien aucun aucune sans ni non guère',
  es: 'no nunca jamás jamas nada nadie ningún ningun ninguna ninguno sin tampoco ni apenas',
  it: 'non no mai niente nulla nessuno nessuna nessun senza neanche nemmeno neppure né mica',
  pt: 'não nao nem nunca jamais nada nenhum nenhuma sem ninguém tampouco',
  nl: 'niet geen nooit niets niks zonder niemand nergens nauwelijks noch nie',
  'hi-Latn': 'nahi nahin nhi mat na bina no not never',
  ar: 'لا لم لن ليس ليست مش مو ما غير بدون بلا',
}
const setOf = (words: string): ReadonlySet<string> => new Set(words.split(' '))
const negators = new Map(Object.entries(byLanguage).map(([lang, words]) => [lang, setOf(words)]))
const everywhere = setOf(Object.values(byLanguage).join(' '))

/** They turn round once more what a negation before them turned: "not without charm", "nicht ohne Grund". */
const PRIVATIVE = setOf('without ohne sans sin senza sem zonder bina بدون بلا')
/** A negation that these follow negates nothing: "not only fast". */
const ADDING = setOf(
  'only just merely nur bloß bloss seulement solo sólo solamente soltanto só somente apenas alleen enkel',
)
/** What stands behind them is said of something else: "not cheap but good". */
const CONTRAST = setOf(
  'but however although though aber sondern jedoch obwohl mais cependant pero sino aunque ma però bensì mas porém contudo maar echter hoewel lekin لكن',
)
/** Languages whose "not" may end its clause: "gefällt mir nicht". */
const LATE = new Set(['de', 'nl'])
const LATE_WORDS = setOf('nicht ned net nich niet')
/** May stand behind it. */
const LATE_ENDS = setOf('mehr wirklich echt so meer echt zo')
/** Words behind a negation, and before one that ends its clause. */
const REACH = 5
const REACH_BACK = 3

/** Whether `word` (lower case) negates in any of the languages, or in `lang`; English contractions on n't do everywhere. */
export const isNegator = (word: string, lang?: string): boolean => negates(word, ofLanguage(lang), lang === 'fr')

const ofLanguage = (lang: string | undefined): ReadonlySet<string> =>
  lang === undefined ? everywhere : (negators.get(lang) ?? everywhere)

const negates = (word: string, own: ReadonlySet<string>, isFrench: boolean): boolean =>
  own.has(word) || word.endsWith("n't") || (isFrench && word.startsWith("n'"))

/**
 * What each negation of a text reaches: a few words, up to the next punctuation or contrast, and not what a second one turns
 * back. `into`, overwritten: of each token the place of what negates it, −1 for none, `NEGATES` of what negates itself.
 * `words`: of each token, as it is to be read.
 */
export function markNegation(tokens: readonly Token[], words: readonly string[], lang: string, into: Int16Array): void {
  const limit = Math.min(tokens.length, into.length)
  const own = ofLanguage(lang)
  const isFrench = lang === 'fr'
  let left = 0
  let negator = -1
  let length = 0
  let lastWord = -1
  const close = (): void => {
    if (negator >= 0 && negator === lastWord && length > 1 && LATE.has(lang) && LATE_WORDS.has(tokens[negator]!.text))
      markBack(tokens, negator, into)
    left = length = 0
    negator = lastWord = -1
  }
  for (let at = 0; at < limit; at++) {
    const token = tokens[at]!
    into[at] = -1
    if (token.kind === TokenKind.punctuation) {
      const unit = token.text.charCodeAt(0)
      if (unit !== 39 && unit !== 45) close()
      continue
    }
    if (token.kind !== TokenKind.word && token.kind !== TokenKind.hashtag) continue
    const word = words[at]!
    if (CONTRAST.has(word)) {
      close()
      continue
    }
    length++
    if (negator < 0 || lastWord !== negator || !LATE_ENDS.has(word)) lastWord = at
    if (token.kind === TokenKind.word && negates(word, own, isFrench)) {
      into[at] = NEGATES
      const again = left > 0 && PRIVATIVE.has(word)
      left = again ? 0 : REACH
      negator = again ? -1 : at
      continue
    }
    if (left === 0) continue
    if (negator === at - 1 && ADDING.has(word)) {
      left = 0
      negator = -1
      continue
    }
    into[at] = negator
    left--
  }
  close()
}

/** Of a token that negates. */
export const NEGATES = -2

function markBack(tokens: readonly Token[], negator: number, into: Int16Array): void {
  let left = REACH_BACK
  for (let at = negator - 1; at >= 0 && left > 0; at--) {
    const { kind, text } = tokens[at]!
    if (kind === TokenKind.punctuation || CONTRAST.has(text)) return
    if (kind !== TokenKind.word || into[at] !== -1) continue
    into[at] = negator
    left--
  }
}
