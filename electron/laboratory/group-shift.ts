import type { Lexicon } from '#engine/understanding/concepts/lexicon.ts'
import { createClusterer } from '#engine/understanding/problems/cluster.ts'
import { labelFrom } from '#engine/understanding/problems/label.ts'
import { nameFrom } from '#engine/understanding/problems/name.ts'
import { lookOver, mostLookedAt, type LookedAt } from '#engine/understanding/problems/look.ts'
import type { PairModel } from '#engine/understanding/problems/pair-model.ts'
import { quoteFrom } from '#engine/understanding/problems/quote.ts'
import { traitsOf, type Encode } from '#engine/understanding/problems/traits.ts'
import type { Grouped } from './fault-scores.ts'

export interface ShiftMention {
  text: string
  lang: string
  minute: number
  fault: string | null
  /** Whether it counts as a complaint. */
  complains: boolean
  /** How surely it reports a fault, 0 … 1. */
  reports: number
}

export interface GroupingTools {
  lexicon: Lexicon
  encode: Encode | null
  model: PairModel | null
}

export interface GroupedShift {
  grouped: Grouped[]
  /** As a station that speaks English calls it; null: its texts share nothing. */
  nameOf(problem: number): string | null
}

/** Problems of this many mentions are shown. */
const SHOWN = 2
/** The slower look comes round this often, in minutes; a station's does so five minutes after every ten complaints. */
const LOOKS_EVERY = 15

/** Told after each mention and each look: the minute, and the problem of each mention so far (null: it counts as no complaint). */
export type AtEachStep = (minute: number, problems: readonly (number | null)[]) => void

/** Streams a shift as a station does: each complaint is put somewhere at once, and a slower look sorts anew now and then. */
export function groupShift(
  mentions: readonly ShiftMention[],
  { lexicon, encode, model }: GroupingTools,
  atEachStep?: AtEachStep,
): GroupedShift {
  const clusterer = createClusterer(undefined, { lexicon })
  const looked: (LookedAt | null)[] = []
  const shownAt: (number | null)[] = mentions.map(() => null)
  let lastNew = 1_000_000
  let next = LOOKS_EVERY
  const tell = (minute: number): void =>
    atEachStep?.(
      minute,
      looked.map((one) => one?.no ?? null),
    )
  const show = (minute: number): void => {
    tell(minute)
    const sizes = new Map<number, number>()
    for (const one of looked) if (one) sizes.set(one.no, (sizes.get(one.no) ?? 0) + 1)
    looked.forEach((one, at) => {
      if (one && sizes.get(one.no)! >= SHOWN) shownAt[at] ??= minute
    })
  }
  const look = (): void => {
    const made = new Map<number, number>()
    for (const { keys, from, to, group, whole } of lookOver(newest(looked), lexicon, { model })) {
      const no = to ?? made.get(group) ?? ++lastNew
      if (to === null) made.set(group, no)
      for (const key of keys) looked[key]!.no = no
      if (whole) clusterer.merge(from, no)
      else for (const key of keys) clusterer.place(mentions[key]!.text, no, mentions[key]!.lang)
    }
  }
  mentions.forEach((mention, key) => {
    while (mention.minute >= next) {
      look()
      show(next)
      next += LOOKS_EVERY
    }
    const { text, lang, minute, complains, reports } = mention
    if (!complains) return void looked.push(null)
    const no = clusterer.place(text, undefined, lang).cluster
    looked.push({ key, no, fixed: false, traits: traitsOf(text, lang, lexicon, encode), reports, minute })
    show(minute)
  })
  look()
  show(next)
  const grouped = mentions.map(({ minute, lang, fault }, at) => ({
    minute,
    lang,
    fault,
    problem: looked[at]?.no ?? null,
    shownAt: shownAt[at]!,
  }))
  const nameOf = (problem: number): string | null => {
    const texts = mentions.filter((_, at) => looked[at]?.no === problem)
    return (
      nameFrom(texts, lexicon, 'en') ??
      quoteFrom(texts, clusterer.commonness, 'en', lexicon) ??
      labelFrom(texts, clusterer.commonness)
    )
  }
  return { grouped, nameOf }
}

function newest(all: readonly (LookedAt | null)[]): LookedAt[] {
  const counts = new Map<number, number>()
  const kept = all.toReversed().filter((one) => {
    if (one === null) return false
    counts.set(one.no, (counts.get(one.no) ?? 0) + 1)
    return counts.get(one.no)! <= mostLookedAt.ofOne
  })
  return kept.filter((one) => one !== null).slice(0, mostLookedAt.inAll)
}
