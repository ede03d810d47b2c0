import { likeness } from '../encoder/encoder.ts'
import type { MeaningOf } from '../encoder/open.ts'
import { isFunctionWord } from '../function-words.ts'
import { TokenKind, tokenize, type Token } from '../tokens.ts'

/** What a listen's own description says of a text, before anybody has taught anything. */
export interface Description {
  /** How likely the text is about what is described, 0.1 … 0.9; null: the description says nothing of it. */
  likelihood(text: string): number | null
}

/** Words that begin what it is not, in the seven languages. */
const negations = new Set(
  'not no never without except nicht kein keine keinen keiner nie ohne außer pas non sans jamais sauf sin nunca excepto senza mai tranne niet geen nooit zonder behalve não nao sem exceto'.split(
    ' ',
  ),
)
/** "Not only": no negation. */
const only = new Set('only nur solo seulement uniquement soltanto alleen só so apenas just merely'.split(' '))
/** "Not the fruit but the maker": what it is goes on. */
const rather = new Set('but sondern sino mais ma bensì maar mas'.split(' '))

interface Side {
  /** Beginnings of its telling words. */
  words: Set<string>
  /** What its sentences mean. */
  meanings: Float32Array[]
}

const isWord = ({ kind }: Token): boolean =>
  kind === TokenKind.word || kind === TokenKind.hashtag || kind === TokenKind.handle
const BEGINNING = 5
/** Enough of a word to know it in another number or case. */
const beginningOf = (word: string): string => word.slice(0, BEGINNING).replace(/(?<=...)[esn]+$/u, '')

const WORD_COUNTS = 0.5
const MOST_WORDS = 2
const NEAR_ANYWAY = 0.12
const MEANING_COUNTS = 2
/** Less than this apart, it could be either. */
const LEAST_APART = 0.2
const SHARPNESS = 2.2
const SUREST = 0.9

/**
 * Reads a description such as "Maker of phones and computers. Not the fruit, pie or juice.": from a negation to the end of its sentence stands what
 * is called the same and not meant. `names`: words that every mention of it has, the name and the query; they tell nothing. `meaningOf`: an
 * encoder's `encode`, by which a text in another language is read too; null: by words alone.
 */
export function readDescription(description: string, names: string, meaningOf: MeaningOf | null): Description {
  const known = new Set(
    tokenize(names)
      .filter(isWord)
      .map(({ text }) => beginningOf(text)),
  )
  const tells = (token: Token): boolean =>
    isWord(token) &&
    !negations.has(token.text) &&
    token.text.length > 1 &&
    !isFunctionWord(token.text) &&
    !known.has(beginningOf(token.text))
  const wordsOf = (tokens: readonly Token[]): string[] => tokens.filter(tells).map(({ text }) => text)
  const meaningOfWords = (words: readonly string[]): Float32Array | null =>
    meaningOf && words.length > 0 ? meaningOf(words.join(' ')) : null
  const about: Side = { words: new Set(), meanings: [] }
  const other: Side = { words: new Set(), meanings: [] }
  for (const sentence of description.split(/[.;!?\n]+/u))
    for (const { negated, tokens } of scopesOf(tokenize(sentence))) {
      const side = negated ? other : about
      const words = wordsOf(tokens)
      for (const word of words) side.words.add(beginningOf(word))
      // What is listed is meant one by one as well.
      for (const one of [words, ...listed(tokens).map(wordsOf)]) {
        const meaning = meaningOfWords(one)
        if (meaning) side.meanings.push(meaning)
      }
    }
  // What stands on both sides tells nothing.
  for (const word of about.words) if (other.words.delete(word)) about.words.delete(word)

  function support(side: Side, words: ReadonlySet<string>, meaning: Float32Array | null): number {
    let shared = 0
    for (const word of words) if (side.words.has(word)) shared++
    const near = meaning === null ? 0 : Math.max(0, ...side.meanings.map((one) => likeness(one, meaning)))
    return WORD_COUNTS * Math.min(MOST_WORDS, shared) + MEANING_COUNTS * Math.max(0, near - NEAR_ANYWAY)
  }

  return {
    likelihood(text) {
      const words = wordsOf(tokenize(text))
      const beginnings = new Set(words.map(beginningOf))
      const meaning = meaningOfWords(words)
      const apart = support(about, beginnings, meaning) - support(other, beginnings, meaning)
      if (Math.abs(apart) < LEAST_APART) return null
      const likely = 1 / (1 + Math.exp(-SHARPNESS * apart))
      return Math.min(SUREST, Math.max(1 - SUREST, likely))
    },
  }
}

/** What stands between commas and colons; nothing where there are none. */
function listed(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]]
  for (const token of tokens)
    if (token.kind === TokenKind.punctuation) parts.push([])
    else parts.at(-1)!.push(token)
  return parts.length > 1 ? parts : []
}

/** The parts of a sentence, each with whether a negation stands over it. */
function scopesOf(tokens: readonly Token[]): { negated: boolean; tokens: Token[] }[] {
  const scopes: { negated: boolean; tokens: Token[] }[] = [{ negated: false, tokens: [] }]
  tokens.forEach((token, at) => {
    const { negated } = scopes.at(-1)!
    if (!negated && negations.has(token.text) && !only.has(tokens[at + 1]?.text ?? ''))
      scopes.push({ negated: true, tokens: [] })
    else if (negated && rather.has(token.text)) scopes.push({ negated: false, tokens: [] })
    else scopes.at(-1)!.tokens.push(token)
  })
  return scopes
}
