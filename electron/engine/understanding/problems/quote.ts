import { cut } from '#shared/util/text-length.ts'
import { squeeze } from '../sentiment/features.ts'
import { TokenKind, tokenize } from '../tokens.ts'
import { isCommonWord } from './common-words.ts'
import type { LabelText } from './label.ts'

/** Texts that are compared; more say the same. */
const MOST_TEXTS = 40
const MOST_SIGNS = 60
/** A clause of fewer words is no sentence: it tells a stranger nothing. */
const FEWEST_WORDS = 3
/** What every third text says, the brand above all, tells nothing. */
const EVERYWHERE = 0.3
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
): string | null {
  const own = texts.filter((text) => text.lang.slice(0, 2) === lang.slice(0, 2))
  const rows = (own.length > 0 ? own : texts).slice(0, MOST_TEXTS).map(({ text }) => clausesOf(text))
  const counts = new Map<string, number>()
  for (const clauses of rows)
    for (const word of new Set(clauses.flatMap(({ words }) => words))) counts.set(word, (counts.get(word) ?? 0) + 1)
  const worth = (word: string): number => {
    const everywhere = commonness(word)
    if (everywhere >= EVERYWHERE) return 0
    const others = counts.get(word)! - 1
    return ((others + SAID_ONCE) / rows.length) * Math.log(1 / Math.max(everywhere, 0.001))
  }
  let best: Clause | null = null
  let most = -1
  for (const clauses of rows) {
    const central = sum(new Set(clauses.flatMap(({ words }) => words)), worth)
    for (const clause of clauses) {
      const whole = (sum(new Set(clause.words), worth) / Math.sqrt(clause.length)) * (1 + central)
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
  shortened(clausesOf(text)[0]?.text ?? text.trim().replace(/\s+/g, ' '))

function sum(words: ReadonlySet<string>, worth: (word: string) => number): number {
  let all = 0
  for (const word of words) all += worth(word)
  return all
}

/** What stands between full stops, line breaks, links, handles and emoji; of a long sentence what stands between its commas. */
function clausesOf(text: string): Clause[] {
  const clauses: Clause[] = []
  let open: { start: number; end: number; words: string[]; length: number } | null = null
  const close = (): void => {
    if (open !== null && open.length >= FEWEST_WORDS) {
      const { start, end, words, length } = open
      clauses.push({ text: text.slice(start, end).replace(/\s+/g, ' '), words, length })
    }
    open = null
  }
  let last = 0
  for (const { kind, text: written, start, end } of tokenize(text)) {
    const between = text.slice(last, start)
    last = end
    if (/[.!?;…\n]/.test(between)) close()
    if (kind === TokenKind.word || kind === TokenKind.number) {
      open ??= { start, end, words: [], length: 0 }
      const word = squeeze(written)
      if (kind === TokenKind.word && !isCommonWord(word)) open.words.push(word)
      open.end = end
      open.length++
    } else if (kind !== TokenKind.punctuation || /[.!?;…]/.test(written) || tooLong(open)) close()
  }
  close()
  return clauses
}

const tooLong = (open: { start: number; end: number } | null): boolean =>
  open !== null && open.end - open.start > MOST_SIGNS

function shortened(text: string): string {
  const capital = text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())
  if (capital.length <= MOST_SIGNS) return capital
  const short = cut(capital, MOST_SIGNS)
  return `${short.slice(0, Math.max(short.lastIndexOf(' '), MOST_SIGNS / 2)).replace(/[\s,:–-]+$/, '')} …`
}
