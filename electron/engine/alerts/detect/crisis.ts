import type { Detector } from './verdict.ts'

/** One crisis is one card: what stands out in a listen, its mood and the problem behind it are one thing. */
export interface Standing {
  /** Of the card, and of the crisis that it belongs to. */
  key: string
  crisis: string
  detector: Detector
  /** What it is about: `listen:…`, `problem:…`, `brand:…`, `source:…`, `series:…`. */
  about: readonly string[]
  /** Instants in milliseconds since 1970: raised, and when its verdict stood last. */
  since: number
  lastAt: number
}

/** Detectors that tell of what people write: these belong together. An ear, the room's own clocks, a series from elsewhere and a rule's word are alerts of their own. */
const told: ReadonlySet<Detector> = new Set([
  'rise',
  'fall',
  'mood',
  'negative',
  'voice',
  'problem',
  'copies',
  'influencer',
])
/** A person asked to be told of these one by one: each is added to its card, which stands as long as the cool-down. */
const words: ReadonlySet<Detector> = new Set(['rule', 'influencer'])
export const isWord = (detector: Detector): boolean => words.has(detector)
/** What makes two of them one crisis: somebody with reach belongs to what they speak of, not to all that is heard where they do. */
export const groupedBy = (detector: Detector, subjects: readonly string[]): readonly string[] =>
  detector === 'influencer' ? subjects.filter((subject) => !subject.startsWith('listen:')) : subjects
export const belongsToOthers = (detector: Detector): boolean => told.has(detector)
const WITHIN_MS = 2 * 60 * 60_000

/**
 * The crisis that a new card belongs to: that of a card about the same subject which stood within the last two hours, the oldest first; else one of its own.
 */
export function crisisOf(
  standing: readonly Standing[],
  key: string,
  detector: Detector,
  about: readonly string[],
  at: number,
): string {
  if (!told.has(detector)) return key
  const [oldest] = standing
    .filter(
      (one) =>
        told.has(one.detector) && one.lastAt >= at - WITHIN_MS && one.about.some((subject) => about.includes(subject)),
    )
    .sort((a, b) => a.since - b.since)
  return oldest?.crisis ?? key
}

/** The name of a card that is looked for again each minute. */
export const cardKey = (detector: Detector, subject: string): string => `${detector} ${subject}`
