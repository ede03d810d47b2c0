import { isRecent } from '#shared/util/elapsed.ts'
import { Failure } from '#engine/platform/failure.ts'
import type { Said } from '#shared/model/said.ts'
import { said } from '#shared/words/said.ts'
import type { RelevanceStatus } from '#shared/model/relevance.ts'
import type { Actor } from '#shared/model/journal.ts'
import type { Listen } from '#shared/model/listen.ts'
import type { Mention } from '#shared/model/mention.ts'
import { mentionSeq } from '#shared/util/ids.ts'
import { createSignal } from '#shared/util/signal.ts'
import { appendEntry, entryBySeq } from '#engine/store/queries/journal.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { numbersOf } from '#engine/store/listen-numbers.ts'
import { readListen } from '#engine/store/queries/listens.ts'
import { mentionBySeq } from '#engine/store/queries/mentions.ts'
import type { Judgement } from '#engine/store/projections/mentions.ts'
import {
  closedExamples,
  countingMarks,
  markedExamples,
  markOfMention,
  newestHeard,
  relevanceRow,
  relevanceSince,
  relevanceStamp,
  writeRelevance,
  type RelevanceExample,
} from '#engine/store/queries/relevance.ts'
import type { Store } from '#engine/store/store.ts'
import { trainClassifier, type Classifier } from '#engine/understanding/classify/classifier.ts'
import { anchorsOf } from '#engine/understanding/classify/anchors.ts'
import type { MeaningOf } from '#engine/understanding/encoder/open.ts'
import { readDescription, type Description } from '#engine/understanding/relevance/description.ts'
import { relevanceOptions } from '#engine/understanding/relevance/options.ts'

/**
 * Whether mentions are about what a listen is for ("apple" the fruit): from the listen's own description at first, then learned, listen by listen,
 * from what officers say of them and from how they close cases. It only ever says how sure it is; nothing is hidden or thrown away by it.
 */
export interface Relevance {
  /** In the transaction that routes: writes and sets `mention.relevance` when a listen that heard it has learned enough. False: surely not about any. */
  judge(mention: Mention): boolean
  mark(seq: number, relevant: boolean, by: Actor): number
  status(listenId: string): RelevanceStatus
  /** Forgets what was said about a listen's mentions. */
  forget(listenId: string, by: Actor): number
  undo(entry: number, by: Actor): Said
  /** Listens are others than `before`: what was lately heard by one whose description is another now is judged anew. */
  described(listens: readonly Listen[], before: readonly Listen[]): void
  /** Rows whose relevance changed. */
  onChanged(listener: (seqs: readonly number[]) => void): () => void
}

/** Learning from so many takes a moment of the engine's time, no more. */
const MOST_EXAMPLES = 190
/** Of each kind, before anything is said. */
const LEAST_EXAMPLES = 6
/** Every fourth is held back to see whether what was learned holds; from so many on, it has to. */
const LEAST_CHECKS = 8
const GOOD_ENOUGH = 0.7
/** New decisions are learned from at most so often. */
const LEARN_EVERY_MS = 5 * 60_000
/** Newest mentions of a listen that are judged anew when an officer said something. */
const REJUDGED = 300
const NOT_ABOUT = 'no'
const ABOUT = 'yes'

interface Learned {
  status: RelevanceStatus
  classifier: Classifier | null
  /** What the listen says of itself, which judges until there is a classifier; null: nothing. */
  description: Description | null
  about: string
  /** The decisions it was learned from: the same ones need not be learned from again. */
  key: string
  fresh: boolean
}

/** `since`: from when on closed cases counted before. */
type Judged = Judgement & { change?: string; listenId?: string; entries?: number[]; since?: number }

/** All that a description is read by; empty where there is none. */
const aboutOf = ({ about, name, query }: Listen): string => (about?.trim() ? [about, name, query].join('\n') : '')

// Long: one model a listen, and the closures that learn, judge and forget it.
export function createRelevance({
  store,
  clock,
  meaningOf = null,
}: {
  store: Store
  clock: Clock
  /** What a text means (understanding/encoder), by which a description is read in other languages too. */
  meaningOf?: MeaningOf | null
}): Relevance {
  const judged = createSignal<[readonly number[]]>()
  const learned = new Map<string, Learned>()
  let closed: ReturnType<typeof closedExamples> | null = null
  let stamp = ''
  let lookedAt = -Infinity

  /** What was learned is looked at again when it is next asked for. */
  function outdate(): void {
    closed = null
    for (const each of learned.values()) each.fresh = false
  }

  /** Whether there is more to learn from. */
  function look(now: number): void {
    if (isRecent(lookedAt, now, LEARN_EVERY_MS)) return
    lookedAt = now
    const next = relevanceStamp(store)
    if (next !== stamp) outdate()
    stamp = next
  }

  function examplesOf(listenId: string): RelevanceExample[] {
    const [no] = numbersOf(store, [listenId])
    const marked = markedExamples(store, listenId, MOST_EXAMPLES)
    const said = new Set(marked.map((row) => row.mention_seq))
    const since = relevanceSince(store, listenId)
    closed ??= closedExamples(store, MOST_EXAMPLES * 4)
    const own = closed.filter(
      (row) =>
        row.closed_at >= since && !said.has(row.mention_seq) && row.listens?.split(',').includes(String(no)) === true,
    )
    return [...marked, ...own].slice(0, MOST_EXAMPLES).sort((a, b) => a.mention_seq - b.mention_seq)
  }

  /** Read anew only when it, the name or the query is another. */
  function described(listenId: string, before: Learned | undefined): Pick<Learned, 'about' | 'description'> {
    const listen = readListen(store, listenId)
    const about = listen ? aboutOf(listen) : ''
    if (before?.about === about) return before
    if (about === '') return { about, description: null }
    return { about, description: readDescription(listen!.about!, `${listen!.name} ${listen!.query}`, meaningOf) }
  }

  function learn(listenId: string, before: Learned | undefined): Learned {
    const rows = examplesOf(listenId)
    const key = rows.map(({ mention_seq, relevant }) => `${mention_seq}:${relevant}`).join(' ')
    const { about, description } = described(listenId, before)
    if (before?.key === key)
      return {
        ...before,
        about,
        description,
        status: { ...before.status, described: description !== null },
        fresh: true,
      }
    const irrelevant = rows.filter(({ relevant }) => relevant === 0).length
    const status: RelevanceStatus = {
      relevant: rows.length - irrelevant,
      irrelevant,
      checks: 0,
      right: 0,
      least: LEAST_EXAMPLES,
      goodEnough: GOOD_ENOUGH,
      inUse: false,
      described: description !== null,
    }
    const told = { status, about, description, key, fresh: true }
    if (Math.min(irrelevant, status.relevant) < LEAST_EXAMPLES) return { ...told, classifier: null }
    const examples = rows.map(({ text, relevant }) => ({ text, label: relevant === 1 ? ABOUT : NOT_ABOUT }))
    const listen = readListen(store, listenId)
    const anchors = listen ? anchorsOf(`${listen.name} ${listen.query}`) : []
    const train = (part: typeof examples): Classifier => trainClassifier(part, relevanceOptions(anchors))
    const isCheck = (at: number): boolean => at % 4 === 3
    const kept = examples.filter((_, at) => !isCheck(at))
    const checks = examples.filter((_, at) => isCheck(at))
    if (new Set(kept.map(({ label }) => label)).size === 2) {
      const trial = train(kept)
      status.checks = checks.length
      status.right = checks.filter(({ text, label }) => trial.suggest(text, 1)[0]!.label === label).length
    }
    status.inUse = status.checks < LEAST_CHECKS || status.right / status.checks >= GOOD_ENOUGH
    return { ...told, classifier: status.inUse ? train(examples) : null }
  }

  function of(listenId: string): Learned {
    let found = learned.get(listenId)
    if (!found?.fresh) learned.set(listenId, (found = learn(listenId, found)))
    return found
  }

  /** Likelihood in percent over the listens that heard it; one that has learned nothing yet takes it as its own. Null: none has. */
  function likelihood(mention: Mention): number | null {
    let best: number | null = null
    for (const id of mention.listenIds) {
      const { classifier, description } = of(id)
      const about =
        classifier?.suggest(mention.text).find(({ label }) => label === ABOUT)!.confidence ??
        description?.likelihood(mention.text) ??
        null
      if (about === null) return null
      best = Math.max(best ?? 0, Math.round(about * 100))
    }
    return best
  }

  /** Writes what is thought of one that no officer spoke of; says whether that changed. */
  function rejudge(mention: Mention): boolean {
    const before = relevanceRow(store, mention.seq)
    if (before && before.by_name !== null) return false
    const percent = likelihood(mention)
    if (percent === (before?.percent ?? null)) return false
    writeRelevance(store, mention.seq, percent === null ? null : { percent, by_name: null })
    return true
  }

  /** After an officer's word: what it teaches shows at once on what was heard lately. */
  function relearn(listenIds: readonly string[]): number[] {
    outdate()
    stamp = relevanceStamp(store)
    lookedAt = clock.now()
    const changed: number[] = []
    for (const no of numbersOf(store, listenIds)) {
      for (const seq of newestHeard(store, no, REJUDGED)) {
        const mention = mentionBySeq(store, seq)
        if (mention && rejudge(mention)) changed.push(seq)
      }
    }
    return changed
  }

  /** Writes the marks as well, which follow from the entry. */
  const record = (data: Judgement & Record<string, unknown>, by: Actor, mentionId: string | null = null): number =>
    appendEntry(store, { at: clock.now(), kind: 'mention.judged', actor: by, mentionId, data })

  function changing(work: () => { entry: number; seqs: number[] }): number {
    const { entry, seqs } = store.transaction(work)
    judged.tell(seqs)
    return entry
  }

  const relevance: Relevance = {
    judge(mention) {
      if (!store.inTransaction || mention.listenIds.length === 0) return (mention.relevance?.likelihood ?? 1) >= 0.5
      look(clock.now())
      if (rejudge(mention)) {
        const row = relevanceRow(store, mention.seq)
        if (row) mention.relevance = { likelihood: row.percent / 100, by: row.by_name }
      }
      return (mention.relevance?.likelihood ?? 1) >= 0.5
    },
    mark: (seq, relevant, by) =>
      changing(() => {
        const mention = mentionBySeq(store, seq)
        if (!mention) throw new Failure('user', 'mention.notStored')
        if (mention.listenIds.length === 0) throw new Failure('user', 'mention.noListen')
        const shown = { percent: relevant ? 100 : 0, by_name: by.name }
        const entry = record({ relevant, listenIds: mention.listenIds, shown }, by, mention.id)
        return { entry, seqs: [seq, ...relearn(mention.listenIds)] }
      }),
    described(listens, before) {
      const earlier = new Map(before.map((listen) => [listen.id, aboutOf(listen)]))
      const changed = listens.filter((listen) => aboutOf(listen) !== (earlier.get(listen.id) ?? ''))
      if (changed.length > 0) judged.tell(store.transaction(() => relearn(changed.map(({ id }) => id))))
    },
    status(listenId) {
      look(clock.now())
      return of(listenId).status
    },
    forget: (listenId, by) =>
      changing(() => {
        const entries = countingMarks(store, listenId)
        const since = relevanceSince(store, listenId)
        const forgotten = { listenId, entries, counts: false, from: clock.now() }
        const entry = record({ change: 'forget', since, forgotten }, by)
        return { entry, seqs: relearn([listenId]) }
      }),
    undo(entrySeq, by) {
      const entry = entryBySeq(store, entrySeq)
      const data = entry?.data as Judged | undefined
      if (entry?.kind !== 'mention.judged' || !data || (data.relevant === undefined && data.change !== 'forget'))
        throw new Failure('user', 'undo.nothingToTakeBack')
      changing(() => {
        if (data.change === 'forget') {
          // An entry of before says it without the brackets.
          const { listenId, entries } = data.forgotten ?? { listenId: data.listenId!, entries: data.entries ?? [] }
          const forgotten = { listenId, entries, counts: true, from: data.since ?? 0 }
          return { entry: record({ change: 'undo', forgotten, undoes: entrySeq }, by), seqs: relearn([listenId]) }
        }
        const id = entry.mentionId!
        const earlier = markOfMention(store, id, entrySeq)
        const was = earlier && entryBySeq(store, earlier.entry)
        const shown = was ? { percent: earlier.relevant * 100, by_name: was.actor.name } : null
        const undo = record({ change: 'undo', withdrawn: entrySeq, shown, undoes: entrySeq }, by, id)
        return { entry: undo, seqs: [mentionSeq(store.stationId, id)!, ...relearn(data.listenIds ?? [])] }
      })
      return said('undo.aboutTakenBack')
    },
    onChanged: judged.on,
  }
  return relevance
}
