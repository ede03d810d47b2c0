import stopWords from 'stopwords-iso/stopwords-iso.json' with { type: 'json' }
import { createFeatureSet, type FeatureSet } from '../feature-set.ts'
import { combine, finish, hashText, step } from '../hash.ts'
import { splitHashtag, squeeze } from '../sentiment/features.ts'
import { TokenKind, type Token } from '../tokens.ts'
import { ANCHOR, masked } from './anchors.ts'
import { traits } from './traits.ts'

/** Kinds of feature, each with a value of its own. */
export const ClassifyGroup = { word: 0, phrase: 1, piece: 2, stem: 3, pair: 4, across: 5, skip: 6, trait: 7 } as const

/** What may be left out for speed. */
export interface FeatureKinds {
  /** Telling words that stand in one text. */
  pairs: boolean
  /** Pieces that reach across words. */
  across: boolean
  /** Words with others between them. */
  skips: boolean
  /** Words by which the texts were found (see anchors.ts), whose place in the text is looked at and which all count as one; none: not looked at. */
  anchors?: readonly string[]
}

/** Enough for the longest mail. */
const MAX_FEATURES = 12_000
export const createTextFeatures = (): FeatureSet => createFeatureSet(MAX_FEATURES)

const SEED_WORD = hashText('cw:')
const SEED_PHRASE = hashText('cp:')
const SEED_PIECE = hashText('cc:')
const SEED_STEM = hashText('cs:')
const SEED_PAIR = hashText('cq:')
const SEED_ACROSS = hashText('cx:')
const SEED_SKIP = hashText('ck:')
const SEED_TRAIT = hashText('ct:')
const START = hashText('<s>')
const END = hashText('</s>')
const PLACES: Partial<Record<number, number>> = {
  [TokenKind.url]: hashText('<url>'),
  [TokenKind.number]: hashText('<num>'),
}
/** Enough for a long mail; what follows does not change its reason. */
const MAX_TOKENS = 300

/**
 * What the trainable classifier reads: words, neighbours of words, pieces of 2 … 5 signs, beginnings of words, and which
 * telling words stand in one text together, pieces across words, and words a little apart. Handles count as words (who is addressed tells what about), links and numbers as one placeholder each.
 */
export function textFeatures(text: string, all: readonly Token[], into: FeatureSet, kinds: FeatureKinds): void {
  into.clear()
  const tokens = kinds.anchors ? masked(all, kinds.anchors) : all
  let previous = START
  let beforePrevious = 0
  let count = 0
  for (let at = 0; at < tokens.length && at < MAX_TOKENS; at++) {
    const token = tokens[at]!
    const isWord = token.kind === TokenKind.word || token.kind === TokenKind.hashtag || token.kind === TokenKind.handle
    const word = isWord ? squeeze(token.text) : token.text
    const hash = PLACES[token.kind] ?? hashText(word)
    into.add(finish(combine(SEED_WORD, hash)), at, ClassifyGroup.word)
    if (token.kind === TokenKind.hashtag && token.text !== ANCHOR) {
      for (const part of splitHashtag(text.slice(token.start + 1, token.end)))
        into.add(finish(combine(SEED_WORD, hashText(part))), at, ClassifyGroup.word)
    }
    if (isWord) pieces(word, at, into)
    into.add(finish(combine(combine(SEED_PHRASE, previous), hash)), at, ClassifyGroup.phrase)
    if (count > 0) {
      into.add(finish(combine(combine(SEED_PHRASE, beforePrevious), combine(hash, 7))), at, ClassifyGroup.phrase)
      into.add(finish(combine(combine(combine(SEED_PHRASE, beforePrevious), previous), hash)), at, ClassifyGroup.phrase)
    }
    beforePrevious = previous
    previous = hash
    count++
  }
  if (count > 0)
    into.add(
      finish(combine(combine(SEED_PHRASE, previous), END)),
      Math.min(tokens.length, MAX_TOKENS) - 1,
      ClassifyGroup.phrase,
    )
  stems(tokens, into, kinds.pairs)
  if (kinds.across) piecesAcross(tokens, into)
  if (kinds.skips) skips(tokens, into)
  if (kinds.anchors)
    traits(text, tokens, (trait, owner) => {
      into.add(finish(combine(SEED_TRAIT, hashText(trait))), owner, ClassifyGroup.trait)
    })
}

function pieces(word: string, owner: number, into: FeatureSet): void {
  for (let from = -1; from < word.length - 1; from++) {
    let hash = step(SEED_PIECE, from < 0 ? 32 : word.charCodeAt(from))
    const last = Math.min(word.length, from + 4)
    for (let at = from + 1; at <= last; at++) {
      hash = step(hash, at === word.length ? 32 : word.charCodeAt(at))
      if (at - from >= 2 || at === word.length) into.add(finish(hash), owner, ClassifyGroup.piece)
    }
  }
}

const MAX_PAIRED = 25
/**
 * Words that say nothing about what a text is about; pairs of them would drown the others. English ones, and those of other
 * languages that are of one or two letters: `late` and `hotel` are stop words somewhere.
 */
const byLanguage = stopWords as Record<string, string[]>
const common = new Set([
  ...(byLanguage['en'] ?? []),
  ...['de', 'fr', 'es', 'it', 'pt', 'nl'].flatMap((lang) => (byLanguage[lang] ?? []).filter((word) => word.length < 3)),
])

function stems(tokens: readonly Token[], into: FeatureSet, pairs: boolean): void {
  let previous = 0
  const telling = new Map<string, number>()
  for (let at = 0; at < tokens.length && at < MAX_TOKENS; at++) {
    const token = tokens[at]!
    if (token.kind !== TokenKind.word && token.kind !== TokenKind.hashtag) continue
    const hash = hashText(token.text.slice(0, 4))
    into.add(finish(combine(SEED_STEM, hash)), at, ClassifyGroup.stem)
    if (previous !== 0) into.add(finish(combine(combine(SEED_STEM, previous), hash)), at, ClassifyGroup.stem)
    previous = hash
    if (pairs && token.text.length > 1 && telling.size < MAX_PAIRED && !common.has(token.text))
      telling.set(token.text.slice(0, 6), at)
  }
  const words = [...telling].sort(([a], [b]) => (a < b ? -1 : 1))
  for (let one = 0; one < words.length; one++) {
    for (let other = one + 1; other < words.length; other++) {
      into.add(
        finish(combine(combine(SEED_PAIR, hashText(words[one]![0])), hashText(words[other]![0]))),
        words[other]![1],
        ClassifyGroup.pair,
      )
    }
  }
}

const SPACE = 32
const LONGEST_ACROSS = 6
const SHORTEST_ACROSS = 3

/** Pieces of 3 … 6 signs of the text without its punctuation: `card not working` and `cardnotworking` have most of them in common. */
function piecesAcross(tokens: readonly Token[], into: FeatureSet): void {
  const units: number[] = [SPACE]
  const owners: number[] = [-1]
  for (let at = 0; at < tokens.length && at < MAX_TOKENS; at++) {
    const token = tokens[at]!
    if (token.kind === TokenKind.punctuation) continue
    for (let sign = 0; sign < token.text.length; sign++) {
      units.push(token.text.charCodeAt(sign))
      owners.push(at)
    }
    units.push(SPACE)
    owners.push(at)
  }
  for (let from = 0; from < units.length; from++) {
    let hash = SEED_ACROSS
    const end = Math.min(units.length, from + LONGEST_ACROSS)
    for (let at = from; at < end; at++) {
      hash = step(hash, units[at]!)
      if (at - from + 1 >= SHORTEST_ACROSS) into.add(finish(hash), Math.max(0, owners[at]!), ClassifyGroup.across)
    }
  }
}

const FARTHEST = 4

/** Two words with one to three others between them. */
function skips(tokens: readonly Token[], into: FeatureSet): void {
  const words: number[] = []
  const places: number[] = []
  for (let at = 0; at < tokens.length && at < MAX_TOKENS; at++) {
    if (tokens[at]!.kind !== TokenKind.word) continue
    words.push(hashText(tokens[at]!.text.slice(0, 6)))
    places.push(at)
  }
  for (let one = 0; one < words.length; one++) {
    for (let other = one + 2; other < words.length && other <= one + FARTHEST; other++)
      into.add(finish(combine(combine(SEED_SKIP, words[one]!), words[other]!)), places[other]!, ClassifyGroup.skip)
  }
}
