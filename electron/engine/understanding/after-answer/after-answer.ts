import { openClassifier, trainClassifier, type Classifier, type Example } from '../classify/classifier.ts'
import { findCues, type Cue, type FoundCue } from './cues.ts'
import { clearedFaults, meaningWords, type Meanings } from './meaning.ts'

/** The file under `resources/` that holds the weights. */
export const afterAnswerFile = 'models/after-answer.bin'

export const outcomes = ['confirmed', 'reopens', 'neither'] as const
export type Outcome = (typeof outcomes)[number]

export interface AfterAnswer {
  outcome: Outcome
  /** Probability of the outcome, 0 … 1; of one that a rule decided, what the classifier says of it. */
  certainty: number
  /** What decided, as written, in order of appearance, at most 8. */
  words: string[]
}

export interface AfterAnswerReader {
  /** `lang`: BCP 47, where it is known. */
  read(text: string, lang?: string | null, beside?: Beside): AfterAnswer
}

/** What the other models say of the same message. */
export interface Beside {
  /** How sure it is that the mood is bad, 0 … 1. */
  negative: number
  /** Whether it is thanks or praise in a good mood. */
  isGlad: boolean
}

/** A message that is longer tells a story, and somebody should read it. In UTF-16 code units. */
const LONGEST = 400
/** From this certainty on a message confirms where a cue says that it works; chosen by cross-validation and on the part of the corpus that is kept for checking, for few wrongly closed. */
const SURE = 0.6
/** The same where nothing says so by itself and somebody is glad. */
const SURE_WHEN_GLAD = 0.65
/** The same where nothing says by itself that it works and nobody is glad. */
const SURE_WITHOUT_CUE = 0.7
/** The same where a "no" that takes no fault away, a "but", the name of a fault or a question that asks nothing stands in it: "not a scratch" and "the double charge was paid back" are good news. */
const SURE_DESPITE = 0.8
/** The same where the mood is bad. */
const SURE_IN_BAD_MOOD = 0.9
/** A sentence of its own that would open the case at this probability opens it, whatever stands beside it. */
const OPENS = 0.4
/** Thanks that are longer say something besides; in UTF-16 code units. */
const SHORT_THANKS = 45
/** A shorter sentence is a greeting or a name. */
const LEAST_WORDS = 3
const BAD_MOOD = 0.8
const WORDS_SHOWN = 8

/** None of these is compatible with "all is well": whoever asks, threatens or still has to see needs more than a closed case. */
const vetoes: readonly Cue[] = ['question', 'stillThere', 'request', 'more', 'away', 'threat', 'irony', 'pending']
/** These speak against it, and are outweighed where all the rest is sure. */
const doubts: readonly Cue[] = ['contrast', 'negation', 'fault', 'exclaimed']
/** What a later "but now it works" does not settle. */
const neverTakenBack: readonly Cue[] = ['question', 'request', 'more', 'threat', 'irony', 'away']
const now =
  /(?<!\p{L})(?:now|finally|in the end|jetzt|nun|endlich|inzwischen|mittlerweile|ahora|por fin|finalmente|maintenant|enfin|adesso|ora|alla fine|nu|eindelijk|inmiddels|agora|afinal)(?!\p{L})/giu
/** "But only with the cable in" takes nothing back. */
const narrows =
  /^\s*(?:only|just|nur|bloß|solo|sólo|seulement|uniquement|que|soltanto|alleen|enkel|só|apenas|somente)(?!\p{L})/iu
const nowAt = (text: string): number[] => [...text.matchAll(now)].map(({ index }) => index)
const callsFor =
  /(?<!\p{L})(?:call|ring|phone|rufen|anrufen|tel|llam\p{L}*|appel\p{L}*|rappel\p{L}*|chiam\p{L}*|bel|lig\p{L}*)(?!\p{L})/iu
const number = /\+?\d[\d ()/.-]{5,}\d/u

/** What the classifier reads: the text, and after it one made-up word for each cue and for each concept, the same in all languages. */
function withCues(text: string, cues: readonly FoundCue[], meant: string): string {
  const kinds = [...new Set(cues.map(({ cue }) => cue))].sort()
  return `${text}\n${kinds.map((cue) => `zz${cue.toLowerCase()}zz`).join(' ')} ${shapeOf(text)} ${meant}`
}

function shapeOf(text: string): string {
  const words = text.match(/\p{L}+/gu)?.length ?? 0
  return words === 0 ? 'zznowordszz' : words === 1 ? 'zzonewordzz' : words < 5 ? 'zzfewwordszz' : ''
}

export interface AfterAnswerExample extends Example {
  lang: string
  label: Outcome
}

export const trainAfterAnswer = (examples: readonly AfterAnswerExample[], meanings: Meanings): Classifier =>
  trainClassifier(
    examples.flatMap(({ lang, text, label, weight = 1 }) => {
      const cues = findCues(text, lang)
      // Once more without the strongest cue: the words themselves have to tell as well.
      const meant = meaningWords(text, lang, meanings)
      const bare = cues.filter(({ cue }) => cue !== 'settled')
      const again = bare.length < cues.length ? [{ label, text: withCues(text, bare, meant), weight: weight / 2 }] : []
      return [{ label, text: withCues(text, cues, meant), weight }, ...again]
    }),
    // Pairs of words tell "not working" from "not a scratch"; without the rarest pieces of words the file is smaller.
    { balance: 0.5, pairs: true, leastCount: 4 },
  )

/** `meanings`: the lexicon, as it is when a text is read. Throws when the bytes are damaged. */
export const openAfterAnswer = (bytes: Uint8Array, meanings: () => Meanings): AfterAnswerReader =>
  readerOf(openClassifier(bytes), meanings)

/** Long: its functions share one classifier and one lexicon. */
export function readerOf(classifier: Classifier, meanings: () => Meanings): AfterAnswerReader {
  const seen = (text: string, cues: readonly FoundCue[], lang: string | null): string =>
    withCues(text, cues, meaningWords(text, lang ?? 'und', meanings()))

  /** Whether one of several sentences says something else than that all is well: "Works on wifi. On mobile data it hangs." */
  function hasOther(text: string, lang: string | null): boolean {
    const sentences = text.split(/(?<=[.!…;])\s+|\n+/u)
    if (sentences.length < 2) return false
    return sentences.some((sentence) => {
      if ((sentence.match(/\p{L}+/gu)?.length ?? 0) < LEAST_WORDS) return false
      const cues = findCues(sentence, lang)
      if (cues.some(({ cue }) => cue === 'settled')) return false
      if (cues.some(({ cue }) => cue === 'thanks') && sentence.length < SHORT_THANKS) return false
      const opens = classifier.probabilities(seen(sentence, cues, lang))[classifier.labels.indexOf('reopens')] ?? 0
      return opens >= OPENS
    })
  }

  /** What is said last, where it takes back what stands before: "It took three attempts, but now it works." Else the whole. */
  function lastWord(text: string, cues: readonly FoundCue[], lang: string | null): string {
    if (cues.some(({ cue }) => neverTakenBack.includes(cue))) return text
    const turns = [...cues.filter(({ cue }) => cue === 'contrast').map(({ end }) => end), ...nowAt(text)]
    const rest = text.slice(Math.max(0, ...turns))
    if (narrows.test(rest)) return text
    return findCues(rest, lang).some(({ cue }) => cue === 'settled') ? rest : text
  }

  return {
    read(whole, lang = null, { negative, isGlad } = { negative: 0, isGlad: false }) {
      const all = whole.trim()
      const text = lastWord(all, findCues(all, lang), lang)
      const found = findCues(text, lang)
      const reading = classifier.read(seen(text, found, lang))
      const cues = withCleared(found, clearedFaults(text, lang ?? 'und', meanings()))
      const chance = (outcome: Outcome): number => reading.probabilities[classifier.labels.indexOf(outcome)] ?? 0
      const say = (outcome: Outcome, because: readonly FoundCue[]): AfterAnswer => ({
        outcome,
        certainty: Math.round(chance(outcome) * 1000) / 1000,
        words: wordsOf(text, because, reading.wordsFor(outcome)),
      })
      const against = cues.filter(({ cue }) => vetoes.includes(cue) || doubts.includes(cue))
      const settled = cues.filter(({ cue }) => cue === 'settled')
      const number = askedToCall(all)
      const open = say('reopens', against)
      const sure = Math.max(
        settled.length > 0 ? SURE : isGlad ? SURE_WHEN_GLAD : SURE_WITHOUT_CUE,
        against.length > 0 ? SURE_DESPITE : 0,
        negative >= BAD_MOOD ? SURE_IN_BAD_MOOD : 0,
      )
      const isFree = against.every(({ cue }) => doubts.includes(cue)) && !number && all.length <= LONGEST
      if (isFree && chance('confirmed') >= sure && !hasOther(text, lang)) return say('confirmed', settled)
      const isAway = cues.some(({ cue }) => cue === 'away') && !cues.some(({ cue }) => cue === 'question')
      const toBeSeen = (isAway || against.every(({ cue }) => cue === 'pending')) && !number
      if (toBeSeen && chance('neither') > chance('reopens') && chance('neither') > chance('confirmed'))
        return say('neither', against)
      return number ? { ...open, words: [number] } : open
    },
  }
}

/** A fault that is no more settles it, and what stands within it speaks for it. */
function withCleared(cues: readonly FoundCue[], cleared: readonly { start: number; end: number }[]): FoundCue[] {
  const isWithin = (cue: FoundCue): boolean => cleared.some(({ start, end }) => cue.start >= start && cue.end <= end)
  const rest = cues.filter((cue) => !doubts.includes(cue.cue) || !isWithin(cue))
  return [...rest, ...cleared.map((place): FoundCue => ({ cue: 'settled', ...place }))]
}

function askedToCall(text: string): string | undefined {
  return callsFor.test(text) ? number.exec(text)?.[0] : undefined
}

/** The cues first; where there are none, what the classifier weighed. */
function wordsOf(
  text: string,
  because: readonly FoundCue[],
  weighed: readonly { word: string; start: number; end: number }[],
): string[] {
  const places = because.length > 0 ? because : weighed.filter(({ end }) => end <= text.length)
  const words = [...places].sort((a, b) => a.start - b.start).map(({ start, end }) => text.slice(start, end))
  return [...new Set(words)].slice(0, WORDS_SHOWN)
}
