import type { LearningStatus } from '#shared/contract/learning.ts'
import type { Actor } from '#shared/model/journal.ts'
import type { SentimentLabel } from '#shared/model/sentiment.ts'
import { appendEntry, entryBySeq } from '#engine/store/queries/journal.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { UserError } from '#engine/platform/errors.ts'
import {
  aspectWords,
  correctionLedger,
  countingCorrections,
  countingEntries,
  firstWord,
  insertCorrection,
  lastCorrection,
  relabellings,
  replaceAspectWords,
  setCounts,
  supersede,
  type CorrectionText,
} from '#engine/store/queries/corrections.ts'
import { sentimentNumber, sentimentOf } from '#engine/store/queries/mentions.ts'
import type { Store } from '#engine/store/store.ts'
import { readAspects, type Aspect } from '#engine/understanding/aspects/aspects.ts'
import { createSentimentModel, type SentimentModel } from '#engine/understanding/sentiment/model.ts'
import { trainLocal, type LocalLayer } from '#engine/understanding/sentiment/local.ts'
import { tokenize } from '#engine/understanding/tokens.ts'
import type { Learned } from '#engine/understanding/understand.ts'

export interface LearningDeps {
  store: Store
  clock: Clock
  /** The shipped weights; null when they are missing, then nothing is learned. Called once, when first needed. */
  model: () => Uint8Array | null
  /** Takes what was learned to the analysis thread. */
  hand: (learned: Learned) => void
}

export interface Learning {
  /** Reads what was relabelled since and learns from it. Called at start and after every change of a label. */
  refresh(): void
  status(): LearningStatus
  ledger(limit: number): (CorrectionText & { use: 'learns' | 'checks' | 'off' })[]
  use(entry: number, learns: boolean, by: Actor): LearningStatus
  reset(by: Actor): number
  undo(entry: number, by: Actor): string
  aspects(): Aspect[]
  saveAspects(
    text: string,
    by: Actor,
  ): { aspects: Aspect[]; problems: { line: number; message: string }[]; undo: number | null }
}

/** Every fourth correction is kept back as a check and never learned from. */
const isCheck = (entry: number): boolean => entry % 4 === 3
/** From so many checks on, a layer that does worse than the shipped model is left out. */
const ENOUGH_CHECKS = 4
const LEARNED_FROM = 800
const WORDS_SHOWN = 12

export function createLearning({ store, clock, model: loadModel, hand }: LearningDeps): Learning {
  let shipped: SentimentModel | null | undefined
  let started = false
  let current: LearningStatus = { learns: 0, checks: 0, rightBefore: 0, rightAfter: 0, inUse: false, words: [] }

  const model = (): SentimentModel | null => {
    if (shipped === undefined) {
      const bytes = loadModel()
      shipped = bytes ? createSentimentModel(bytes) : null
    }
    return shipped
  }

  /** Copies new relabellings of the journal into the table of corrections; says whether there were any. */
  function collect(): boolean {
    const from = lastCorrection(store)
    if (relabellings(store, from, 1).length === 0) return false
    store.transaction(() => {
      for (let after = from; ;) {
        const rows = relabellings(store, after, 500)
        for (const { seq, at, actor_name, data } of rows) {
          after = seq
          const change = JSON.parse(data) as { seq: number; before: { label: SentimentLabel }; after: { label: SentimentLabel; model: string }; undoes?: number } // prettier-ignore
          if (change.undoes !== undefined) setCounts(store, change.undoes, 0)
          const was = firstWord(store, change.seq) ?? sentimentNumber[change.before.label]
          const byOfficer = change.undoes === undefined && change.after.model === 'officer'
          supersede(store, change.seq, seq)
          insertCorrection(store, { entry: seq, mention_seq: change.seq, at, by_name: actor_name, was, is_now: sentimentNumber[change.after.label], counts: byOfficer ? 1 : 0 }) // prettier-ignore
        }
        if (rows.length < 500) return
      }
    })
    return true
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
    hand({ kind: 'learned', sentiment: current.inUse ? layer : null, aspects: learning.aspects() })
  }

  const pulls = (base: SentimentModel, { text, lang }: CorrectionText): [string, number][] =>
    base.sentiment(text, lang, tokenize(text)).words.map(({ word, weight }) => [word.toLowerCase(), weight])

  const journal = (by: Actor, data: Record<string, unknown>): number =>
    appendEntry(store, { at: clock.now(), kind: 'learning.changed', actor: by, data })

  const learning: Learning = {
    refresh() {
      const news = collect()
      if (news || !started) learn()
      started = true
    },
    status: () => current,
    ledger: (limit) =>
      correctionLedger(store, limit).map((row) => ({
        ...row,
        use: row.counts === 0 ? ('off' as const) : isCheck(row.entry) ? ('checks' as const) : ('learns' as const),
      })),
    use(entry, learns, by) {
      store.transaction(() => {
        if (!setCounts(store, entry, learns ? 1 : 0)) throw new UserError('There is no such correction, or it is like that already.') // prettier-ignore
        journal(by, { change: learns ? 'use' : 'forget', entry })
      })
      learn()
      return current
    },
    reset(by) {
      const entry = store.transaction(() => {
        const entries = countingEntries(store)
        for (const each of entries) setCounts(store, each, 0)
        return journal(by, { change: 'reset', entries })
      })
      learn()
      return entry
    },
    undo(entrySeq, by) {
      const entry = entryBySeq(store, entrySeq)
      const data = entry?.data as { change?: string; entry?: number; entries?: number[]; before?: { aspect: string; word: string }[] } | undefined // prettier-ignore
      if (entry?.kind !== 'learning.changed' || !data?.change) throw new UserError('There is nothing to take back.')
      store.transaction(() => {
        if (data.change === 'reset') for (const each of data.entries ?? []) setCounts(store, each, 1)
        else if (data.change === 'aspects') replaceAspectWords(store, data.before ?? [])
        else if (data.entry !== undefined) setCounts(store, data.entry, data.change === 'use' ? 0 : 1)
        journal(by, { change: `undo ${data.change}`, undoes: entrySeq })
      })
      learn()
      return 'What the station learned is as it was before.'
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
        replaceAspectWords(store, aspects.flatMap(({ name, words }) => words.map((word) => ({ aspect: name, word })))) // prettier-ignore
        return journal(by, { change: 'aspects', before, count: aspects.length })
      })
      learn()
      return { aspects: learning.aspects(), problems: [], undo }
    },
  }
  return learning
}

/** The label behind a column's number. */
export const labelOf = (value: number): SentimentLabel => sentimentOf[value]!
