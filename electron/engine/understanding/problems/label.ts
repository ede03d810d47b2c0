import { squeeze } from '../sentiment/features.ts'
import { TokenKind, tokenize } from '../tokens.ts'
import { isCommonWord } from './common-words.ts'
import { inOrOut, saysSignIn } from './sign-in.ts'

export interface LabelText {
  text: string
  lang: string
}

/** Texts that a label is made of; more say the same. */
const MOST_TEXTS = 40
const LONGEST = 6
const MOST_SIGNS = 60
/** A word in this share of all texts is the brand, or what everybody says: it may stand inside a label and counts for nothing. */
const EVERYWHERE = 0.3
/** A name that says what is wrong is worth so much more than one that only names the thing: `Licence key` tells a stranger nothing. */
const SAYS_WHAT = 2.5
/** Of a group that is still small, whose few texts share little. */
const SMALL = 8
/** Words that turn a label round: it may begin with them. */
const turning = new Set(
  "not no never cannot can't won't doesn't isn't without nicht kein keine keinen nie ohne pas plus sans ne sin nunca non senza não sem".split(
    ' ',
  ),
)

/** What is wrong, in a word. */
const wrong = new Set(
  'nothing nobody empty blank wrong fails failed failing keeps rejected refused nichts niemand leer fehlt fehlen falsch verliert rien vide faux nada vacío niente vuoto sbagliato vazio errado'.split(
    ' ',
  ),
)
interface Word {
  /** Lower case, elongation taken out. */
  plain: string
  start: number
  end: number
  content: boolean
}

/**
 * What a person would call it: the run of two to six words, as one of the mentions has it, whose words most of the mentions share and few others
 * do. One language: that of most mentions. `commonness`: share of all texts that have a word. Null: nothing is shared.
 */
export function labelFrom(texts: readonly LabelText[], commonness: (word: string) => number): string | null {
  const own = ofOneLanguage(texts).slice(0, MOST_TEXTS)
  const rows = own.map(({ text }) => runsOf(text))
  const counts = new Map<string, number>()
  for (const runs of rows) {
    for (const word of new Set(runs.flat().flatMap(({ plain, content }) => (content ? [plain] : []))))
      counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  const worth = new Map<string, number>()
  for (const [word, count] of counts) {
    const everywhere = commonness(word)
    if (count > 1 && everywhere < EVERYWHERE)
      worth.set(word, (count / own.length) * Math.log(1 / Math.max(everywhere, 0.001)))
  }
  const seen = new Map<string, { score: number; times: number; tells: boolean; label: string }>()
  rows.forEach((runs, at) => {
    for (const run of runs)
      for (const [from, to] of windows(run)) {
        const words = run.slice(from, to)
        const key = words.map(({ plain }) => plain).join(' ')
        const found = seen.get(key)
        if (found) found.times++
        else {
          let sum = 0
          for (const plain of new Set(words.map((word) => word.plain))) sum += worth.get(plain) ?? 0
          const tells = words.some(({ plain }) => saysWhat(plain))
          if (own.length <= SMALL && tells) sum *= SAYS_WHAT
          const label = own[at]!.text.slice(words[0]!.start, words.at(-1)!.end)
          if (label.length <= MOST_SIGNS)
            seen.set(key, { score: sum / Math.sqrt(words.length), times: 1, tells, label })
        }
      }
  })
  let best: string | null = null
  let most = 0
  for (const { score, times, tells, label } of seen.values()) {
    // Two words that stood beside each other once are no name.
    if (times < 2 && !tells) continue
    // Said in the same words by many: that is what people call it.
    const whole = score * (0.4 + times / own.length)
    if (whole <= most) continue
    most = whole
    best = label
  }
  return best && best.replace(/\s+/g, ' ').replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())
}

const saysWhat = (plain: string): boolean =>
  turning.has(plain) ||
  wrong.has(plain) ||
  /^(?:crash|declin|charged|twice|doppelt|broke|kaputt|lost|late|slow|leak|abgebucht|abgelehnt|ausgefallen|refus|rechaz|rifiut|recus)/.test(
    plain,
  )

function ofOneLanguage(texts: readonly LabelText[]): LabelText[] {
  const counts = new Map<string, number>()
  for (const { lang } of texts) if (lang !== 'und') counts.set(lang, (counts.get(lang) ?? 0) + 1)
  const [main] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? []
  return main === undefined ? [...texts] : texts.filter(({ lang }) => lang === main || lang === 'und')
}

/** Words between punctuation marks, links, handles and emoji. */
function runsOf(text: string): Word[][] {
  const runs: Word[][] = [[]]
  let signsIn = false
  const tokens = tokenize(text)
  for (const [at, { kind, text: written, start, end }] of tokens.entries()) {
    if (kind === TokenKind.word || kind === TokenKind.number) {
      const plain = squeeze(written)
      // `log in` is one thing: it does not end before its `in`.
      const begins: boolean = saysSignIn(plain, tokens[at + 1]?.text, tokens[at + 2]?.text)
      const ends: boolean = signsIn && inOrOut.has(plain)
      // A number alone says nothing at the edge of a name: `417 when I pay`.
      const content = kind === TokenKind.word && (ends || (!begins && (!isCommonWord(plain) || wrong.has(plain))))
      runs.at(-1)!.push({ plain: ends ? 'login' : plain, start, end, content })
      signsIn = begins || (signsIn && !ends)
    } else if (kind !== TokenKind.hashtag) runs.push([])
  }
  return runs.filter(({ length }) => length > 1)
}

/** Stretches of two to six words with something to say at both ends. */
function* windows(run: readonly Word[]): Generator<[number, number]> {
  for (let from = 0; from < run.length - 1; from++) {
    const first = run[from]!
    if (!first.content && !turning.has(first.plain)) continue
    for (let to = from + 2; to <= Math.min(run.length, from + LONGEST); to++) if (run[to - 1]!.content) yield [from, to]
  }
}
