import { cut } from '#shared/util/text-length.ts'
import { squeeze } from '../sentiment/features.ts'
import { TokenKind, tokenize } from '../tokens.ts'
import type { Lexicon } from '../concepts/lexicon.ts'
import { isCommonWord } from './common-words.ts'
import type { LabelText } from './label.ts'

/** Texts that are compared; more say the same. */
const MOST_TEXTS = 40
const MOST_SIGNS = 60
/** A greeting of more words before its comma is a sentence that begins like one. */
const GREETS = 5
/** A clause of fewer words is no sentence: it tells a stranger nothing. */
const FEWEST_WORDS = 3
/** What every third text says, the brand above all, tells nothing. */
const EVERYWHERE = 0.3
/** Shorter clauses are no more telling for being short. */
const WHOLE = 6
/** A clause that says what is wrong, or with what, tells more than one that has rare words. */
const SAYS_WRONG = 2
const SAYS_WHICH = 1.3
/** Who draws words out, `sooo`, is quoted where nobody else says it. */
const DRAWN_OUT = 0.6
/** What nobody else says may still be what the matter is: it counts a little. */
const SAID_ONCE = 0.2
const marks: Readonly<Record<string, readonly [string, string]>> = {
  de: ['„', '“'],
  fr: ['« ', ' »'],
  es: ['«', '»'],
  it: ['«', '»'],
  pt: ['«', '»'],
}

interface Clause {
  text: string
  /** Lower case, elongation taken out; without the common ones. */
  words: string[]
  length: number
}

/**
 * What a stranger can read where the texts share no name: the most telling clause of the mention that has most in common with the others, in quotation marks. Of the
 * texts in `lang` where there are any. `commonness`: share of all texts that have a word. null: no text has a clause.
 */
export function quoteFrom(
  texts: readonly LabelText[],
  commonness: (word: string) => number,
  lang: string,
  lexicon: Pick<Lexicon, 'find' | 'concepts'> | null = null,
): string | null {
  const isBrand = (word: string): boolean => commonness(word) >= EVERYWHERE
  const own = texts.filter((text) => text.lang.slice(0, 2) === lang.slice(0, 2))
  const rows = (own.length > 0 ? own : texts)
    .slice(0, MOST_TEXTS)
    .map((one) => ({ clauses: clausesOf(one.text, isBrand), lang: one.lang }))
  const counts = new Map<string, number>()
  for (const { clauses } of rows)
    for (const word of new Set(clauses.flatMap(({ words }) => words))) counts.set(word, (counts.get(word) ?? 0) + 1)
  const worth = (word: string): number => {
    const everywhere = commonness(word)
    if (everywhere >= EVERYWHERE) return 0
    const others = counts.get(word)! - 1
    return ((others + SAID_ONCE) / rows.length) * Math.log(1 / Math.max(everywhere, 0.001))
  }
  let best: Clause | null = null
  let most = -1
  const tells = (clause: Clause, written: string): number => {
    const kinds = new Set(
      lexicon?.find(tokenize(clause.text), written).map(({ concept }) => lexicon.concepts[concept]!.kind),
    )
    const plain = /(\p{L})\1{2,}/u.test(clause.text) ? DRAWN_OUT : 1
    return plain * (kinds.has('symptom') ? SAYS_WRONG : 1) * (kinds.has('part') ? SAYS_WHICH : 1)
  }
  for (const { clauses, lang: written } of rows) {
    const central = sum(new Set(clauses.flatMap(({ words }) => words)), worth)
    for (const clause of clauses) {
      const said = sum(new Set(clause.words), worth) / Math.sqrt(Math.max(WHOLE, clause.length))
      const whole = said * (1 + central) * tells(clause, written)
      if (whole <= most) continue
      most = whole
      best = clause
    }
  }
  if (best === null) return null
  const [open, close] = marks[(own.length > 0 ? lang : '').slice(0, 2)] ?? ['“', '”']
  return `${open}${shortened(best.text)}${close}`
}

/** The first whole clause of a text, cut to be read at a glance; of one that has none, its beginning. */
export const clauseOf = (text: string): string =>
  shortened(clausesOf(text, () => false)[0]?.text ?? text.trim().replace(/\s+/g, ' '))

function sum(words: ReadonlySet<string>, worth: (word: string) => number): number {
  let all = 0
  for (const word of words) all += worth(word)
  return all
}

/**
 * What stands between full stops, line breaks, links, handles and emoji; of a long sentence what stands between its commas. A brand
 * is a word, however it is written: `bei @kaffora`. What ends before a handle does not end on `bei`.
 */
function clausesOf(text: string, isBrand: (word: string) => boolean): Clause[] {
  const clauses: Clause[] = []
  let open: { start: number; ends: number[]; words: string[]; common: boolean[] } | null = null
  const close = (broken = false): void => {
    if (open !== null) {
      const { start, ends, words, common } = open
      let length = ends.length
      while (broken && length > 0 && common[length - 1]) length--
      const said = text.slice(start, ends[length - 1]).replace(/\s+/g, ' ')
      if (length >= FEWEST_WORDS && !isOfNames(said)) clauses.push({ text: plainly(said), words, length })
    }
    open = null
  }
  let last = 0
  for (const { kind, text: written, start, end } of tokenize(text)) {
    const between = text.slice(last, start)
    last = end
    if (/[.!?;…\n]/.test(between)) close()
    // A handle at the beginning is who is spoken to.
    const isName =
      (kind === TokenKind.hashtag || (kind === TokenKind.handle && open !== null)) &&
      isBrand(squeeze(text.slice(start + 1, end).toLowerCase()))
    if (kind === TokenKind.word || kind === TokenKind.number || isName) {
      open ??= { start, ends: [], words: [], common: [] }
      const word = squeeze(written)
      const common = kind === TokenKind.word && isCommonWord(word)
      if (kind === TokenKind.word && !common) open.words.push(word)
      open.ends.push(end)
      open.common.push(common)
    } else if (written === ',' && open !== null && open.ends.length <= GREETS && greets(text.slice(open.start, end)))
      open = null
    else if (kind !== TokenKind.punctuation || /[.!?;…]/.test(written) || tooLong(open))
      close(kind === TokenKind.handle || kind === TokenKind.hashtag || kind === TokenKind.url)
  }
  close()
  return clauses
}

/** How people begin to speak to a company, in the seven languages. */
const GREETING =
  /^(?:hi|hey|hello|dear|good (?:morning|afternoon|evening|day)|hallo|moin|guten (?:tag|morgen|abend)|liebe[rs]?|sehr geehrte[rs]?|bonjour|bonsoir|ch[eè]re?s?|madame|monsieur|hola|buen[oa]s|estimad[oa]s?|ciao|salve|buon(?:giorno|asera)|gentile|egregio|spettabile|beste|geachte|goede(?:n?dag|morgen|middag|navond)|ol[aá]|oi|bo[am] (?:dia|tarde|noite)|prezad[oa]s?|car[oa]s?)(?!\p{L})/iu
const greets = (said: string): boolean => GREETING.test(said)

/** `Cheerio, Dilys Penhallow`: who writes, and no word of what. */
const isOfNames = (said: string): boolean => !/(?<![\p{L}\p{N}])(?:\p{Ll}|\p{Lo}|\p{Lu}{2})/u.test(said)

/** Without the signs of a handle or a hashtag, and without a quotation mark whose other half was left out. */
function plainly(said: string): string {
  const text = said.replace(/(?<![\p{L}\p{N}])[@#](?=\p{L})/gu, '')
  return (text.match(/"/g)?.length ?? 0) % 2 === 0 ? text : text.replaceAll('"', '')
}

const tooLong = (open: { start: number; ends: readonly number[] } | null): boolean =>
  open !== null && open.ends.at(-1)! - open.start > MOST_SIGNS

function shortened(text: string): string {
  const capital = text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())
  if (capital.length <= MOST_SIGNS) return capital
  const short = cut(capital, MOST_SIGNS)
  return `${short.slice(0, Math.max(short.lastIndexOf(' '), MOST_SIGNS / 2)).replace(/[\s,:–-]+$/, '')} …`
}
