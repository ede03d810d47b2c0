import { Failure } from '#engine/platform/failure.ts'
import type { Said } from '#shared/model/said.ts'
import { said } from '#shared/words/said.ts'
import type { LearningStatus } from '#shared/model/learning.ts'
import type { Actor } from '#shared/model/journal.ts'
import type { Mention } from '#shared/model/mention.ts'
import type { Sentiment, SentimentLabel } from '#shared/model/sentiment.ts'
import type { MoodModel } from '#shared/model/settings.ts'
import { appendEntry, entryBySeq } from '#engine/store/queries/journal.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { LearningChange } from '#engine/store/projections/knowledge.ts'
import {
  aspectWords,
  correctionLedger,
  countsOf,
  countingCorrections,
  countingEntries,
  lastCorrection,
  type CorrectionText,
} from '#engine/store/queries/corrections.ts'
import { sentimentNumber, sentimentOf } from '#engine/store/queries/mentions.ts'
import { readSettings } from '#engine/store/queries/settings.ts'
import type { Store } from '#engine/store/store.ts'
import { readAspects, type Aspect } from '#engine/understanding/aspects/read-aspects.ts'
import { createBaseline } from '#engine/understanding/baseline.ts'
import { createSentimentModel, type SentimentModel } from '#engine/understanding/sentiment/model.ts'
import { trainLocal, type LocalLayer } from '#engine/understanding/sentiment/local.ts'
import { tokenize } from '#engine/understanding/tokens.ts'
import { openOr } from '#engine/understanding/open-models.ts'
import { modelFiles, type Learned } from '#engine/understanding/understand.ts'

export interface LearningDeps {
  store: Store
  clock: Clock
  /** The shipped weights; null when they are missing, then nothing is learned. Called once, when first needed. */
  model: () => Uint8Array | null
  /** Takes what was learned to the analysis thread. */
  hand: (learned: Learned) => void
}

export interface Learning {
  /** Learns from what was relabelled since. Called at start and after every change of a label. */
  refresh(): void
  status(): LearningStatus
  ledger(limit: number): (CorrectionText & { use: 'learns' | 'checks' | 'off' })[]
  use(entry: number, learns: boolean, by: Actor): LearningStatus
  reset(by: Actor): number
  undo(entry: number, by: Actor): Said
  /** Hands on which model decides, after that was changed. */
  moodChosen(): void
  /** How the model that did not decide reads a mention; null: it is not there. */
  otherMood(mention: Mention): Sentiment | null
  aspects(): Aspect[]
  saveAspects(
    text: string,
    by: Actor,
  ): { aspects: Aspect[]; problems: { line: number; message: Said }[]; undo: number | null }
}

/** Every fourth correction is kept back as a check and never learned from. */
const isCheck = (entry: number): boolean => entry % 4 === 3
/** From so many checks on, a layer that does worse than the shipped model is left out. */
const ENOUGH_CHECKS = 4
/** How labels of the word list begin. */
const MOOD_LIST = 'ml-sentiment' satisfies MoodModel
const LEARNED_FROM = 800
const WORDS_SHOWN = 12

// Long: one model that is learned anew, and the closures that read and drop it.
export function createLearning({ store, clock, model: loadModel, hand }: LearningDeps): Learning {
  let shipped: SentimentModel | null | undefined
  const baseline = createBaseline()
  /** The newest correction when last was learned. */
  let learnedTo = -1
  let current: LearningStatus = { learns: 0, checks: 0, rightBefore: 0, rightAfter: 0, inUse: false, words: [] }

  const model = (): SentimentModel | null => {
    if (shipped === undefined) {
      // The analysis thread tells of a file that does not serve.
      shipped = openOr(loadModel(), modelFiles.sentiment, createSentimentModel, () => {})
    }
    return shipped
  }

  function learn(): void {
    const all = countingCorrections(store, LEARNED_FROM)
    const learns = all.filter(({ entry }) => !isCheck(entry))
    const checks = all.filter(({ entry }) => isCheck(entry))
    const base = all.length > 0 ? model() : null
    let layer: LocalLayer | null = null
    current = { learns: learns.length, checks: checks.length, rightBefore: 0, rightAfter: 0, inUse: false, words: [] }
    if (base && learns.length > 0) {
      base.setLocal(null)
      const odds = (text: string, lang: string): readonly [number, number] => {
        const { negative, neutral, positive } = base.odds(text, lang)
        return [Math.log(negative / neutral), Math.log(positive / neutral)]
      }
      const label = (row: CorrectionText): number => sentimentNumber[base.sentiment(row.text, row.lang).label]
      const before = new Map(learns.flatMap((row) => pulls(base, row)))
      current.rightBefore = checks.filter((row) => label(row) === row.is_now).length
      layer = trainLocal(
        learns.map(({ text, lang, is_now }) => ({ text, lang, label: is_now as 0 | 1 | 2 })),
        odds,
        base.lexicon,
      )
      base.setLocal(layer)
      current.rightAfter = checks.filter((row) => label(row) === row.is_now).length
      const moved = new Map(learns.flatMap((row) => pulls(base, row)))
      current.words = [...moved]
        .map(([word, pull]) => ({ word, pull: Math.round((pull - (before.get(word) ?? 0)) * 100) / 100 }))
        .filter(({ pull }) => Math.abs(pull) >= 0.05)
        .sort((a, b) => Math.abs(b.pull) - Math.abs(a.pull))
        .slice(0, WORDS_SHOWN)
      base.setLocal(null)
      current.inUse = checks.length < ENOUGH_CHECKS || current.rightAfter >= current.rightBefore
    }
    hand({
      kind: 'learned',
      sentiment: current.inUse ? layer : null,
      aspects: learning.aspects(),
      moodBy: readSettings(store).moodBy,
    })
  }

  const pulls = (base: SentimentModel, { text, lang }: CorrectionText): [string, number][] =>
    base.sentiment(text, lang, tokenize(text)).words.map(({ word, weight }) => [word.toLowerCase(), weight])

  const journal = (by: Actor, data: LearningChange & Record<string, unknown>): number =>
    appendEntry(store, { at: clock.now(), kind: 'learning.changed', actor: by, data })

  const learning: Learning = {
    refresh() {
      const last = lastCorrection(store)
      if (last !== learnedTo) learn()
      learnedTo = last
    },
    status: () => current,
    ledger: (limit) =>
      correctionLedger(store, limit).map((row) => ({
        ...row,
        use: row.counts === 0 ? ('off' as const) : isCheck(row.entry) ? ('checks' as const) : ('learns' as const),
      })),
    use(entry, learns, by) {
      store.transaction(() => {
        const counts = learns ? 1 : 0
        if ((countsOf(store, entry) ?? counts) === counts) throw new Failure('user', 'learning.noCorrection')
        journal(by, { change: learns ? 'use' : 'forget', entries: [entry], counts })
      })
      learn()
      return current
    },
    reset(by) {
      const entry = store.transaction(() =>
        journal(by, { change: 'reset', entries: countingEntries(store), counts: 0 }),
      )
      learn()
      return entry
    },
    undo(entrySeq, by) {
      const entry = entryBySeq(store, entrySeq)
      const data = entry?.data as
        { change?: string; entry?: number; entries?: number[]; before?: { aspect: string; word: string }[] } | undefined
      if (entry?.kind !== 'learning.changed' || !data?.change) throw new Failure('user', 'undo.nothingToTakeBack')
      store.transaction(() => {
        const { change, entry: single, entries = single === undefined ? [] : [single], before } = data
        const back: Omit<LearningChange, 'change'> =
          change === 'aspects' ? { words: before ?? [] } : { entries, counts: change === 'use' ? 0 : 1 }
        journal(by, { change: `undo ${change}`, ...back, undoes: entrySeq })
      })
      learn()
      return said('undo.learnedAsBefore')
    },
    moodChosen: learn,
    otherMood({ sentiment, text, lang }) {
      if (!sentiment.model.startsWith(MOOD_LIST)) return baseline.sentiment(text, lang)
      return model()?.sentiment(text, lang) ?? null
    },
    aspects() {
      const found = new Map<string, string[]>()
      for (const { aspect, word } of aspectWords(store)) found.set(aspect, [...(found.get(aspect) ?? []), word])
      return [...found].map(([name, words]) => ({ name, words }))
    },
    saveAspects(text, by) {
      const { aspects, problems } = readAspects(text)
      if (problems.length > 0) return { aspects: learning.aspects(), problems, undo: null }
      const undo = store.transaction(() => {
        const before = aspectWords(store)
        const words = aspects.flatMap(({ name, words: each }) => each.map((word) => ({ aspect: name, word })))
        return journal(by, { change: 'aspects', before, words })
      })
      learn()
      return { aspects: learning.aspects(), problems: [], undo }
    },
  }
  return learning
}

/** The label behind a column's number. */
export const labelOf = (value: number): SentimentLabel => sentimentOf[value]!
