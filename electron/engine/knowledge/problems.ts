import { Failure } from '#engine/platform/failure.ts'
import { said } from '#shared/words/said.ts'
import type { Problem } from '#shared/model/problem.ts'
import type { Actor } from '#shared/model/journal.ts'
import type { Mention } from '#shared/model/mention.ts'
import { mentionId } from '#shared/util/ids.ts'
import { createSignal } from '#shared/util/signal.ts'
import { appendEntry, entriesOfProblem, entryBySeq } from '#engine/store/queries/journal.ts'
import type { ProblemChange } from '#engine/store/projections/knowledge.ts'
import {
  countSince,
  insertMember,
  insertProblem,
  lastProblemNo,
  memberOf,
  membersOf,
  moveMember,
  newestMembers,
  problemId,
  problemNo,
  problemNumbers,
  problemRow,
  problemState,
  problemsHeardSince,
  setLabel,
  publicMembers,
  textsOf,
  type ProblemRow,
  type ProblemState,
} from '#engine/store/queries/problems.ts'
import { mentionKeys } from '#engine/store/queries/routing-cursor.ts'
import { rowOf } from '#engine/store/station-id.ts'
import { streamOptions } from '#engine/understanding/problems/cluster-options.ts'
import { createClusterer } from '#engine/understanding/problems/cluster.ts'
import type { Clusterer } from '#engine/understanding/problems/clusterer.ts'
import { isComplaint } from '#engine/understanding/complaint.ts'
import { openLexicon } from '#engine/understanding/concepts/lexicon.ts'
import { createProblemCounts } from './problem-counts.ts'
import { problemName } from './problem-name.ts'
import { sortMoves } from './problem-sorting.ts'
import type { Moving, Problems, ProblemsDeps } from './problem-room.ts'
import { createProblemSplits } from './problem-splits.ts'

/** A group this big, by this many people, is shown. */
const SHOWN_MENTIONS = 2
/** Texts that the memory of likeness is rebuilt from after a start; older groups can still be found by their mentions. */
const REBUILT_FROM = 1500
const WARMED_AT_ONCE = 40
/** Newest mentions of each half that likeness is learned from after a split. */
const RELEARNED_FROM = 300
/** The label follows the words while the problem grows to these sizes; then people know it by its name. */
const LABELLED_AT = new Set([2, 3, 5, 8, 13, 21, 30, 60, 120])
/** Newest mentions that tell a problem's mood. */
const MOOD_FROM = 100

const noOf = (id: string): number => problemNo(id) ?? -1

/** As entries tell it, also those from before they told everything. */
interface Recorded {
  problemId?: string
  change?: string
  before?: Partial<ProblemState> | ProblemState[]
  moved?: (string | number)[]
  to?: string
  made?: string
}

// Long: finding, naming, joining, splitting and undoing problems share the groups in memory and must leave them agreeing.
export function createProblems(deps: ProblemsDeps): Problems {
  const { store, clock, onMoved, lexicon = () => openLexicon(null) } = deps
  const counts = createProblemCounts(store)
  const splits = createProblemSplits(store)
  const changed = createSignal()
  let clusterer: Clusterer | undefined

  /** What is still to be read in after a start, oldest first. */
  let unread: { no: number; text: string; lang: string }[] = []

  function readIn(most: number): void {
    const memory = clusterer ?? (clusterer = begin())
    for (const { no, text, lang } of unread.splice(0, most)) memory.place(text, finalOf(no), lang)
  }

  function begin(): Clusterer {
    unread = newestMembers(store, REBUILT_FROM)
    return createClusterer(streamOptions, {
      lastUsed: lastProblemNo(store),
      steer: (no, text) => splits.home(finalOf(no), text),
      // The station's own names may change while this remembers.
      lexicon: {
        find: (tokens, lang) => lexicon().find(tokens, lang),
        get concepts() {
          return lexicon().concepts
        },
      },
    })
  }

  /** All of the memory of likeness, now. */
  const likeness = (): Clusterer => {
    readIn(REBUILT_FROM)
    return clusterer!
  }

  /** Where merging has led to. */
  function finalOf(no: number): number {
    let at = no
    for (let hops = 0; hops < 50; hops++) {
      const into = problemRow(store, at)?.merged_into
      if (into == null) return at
      at = into
    }
    return at
  }

  const labelOf = (no: number): string => problemName(store, no, likeness(), lexicon())

  /** Where a new complaint belongs: by likeness, and between the halves of a split by what tells them apart. */
  function homeOf(mention: Mention): number {
    return finalOf(likeness().place(mention.text, undefined, mention.lang).cluster)
  }

  /** Returns the number of its problem. */
  function place(mention: Mention, authorKey: number | null): number {
    const no = homeOf(mention)
    insertMember(store, {
      mention_seq: mention.seq,
      no,
      published_at: mention.publishedAt,
      seen_at: mention.seenAt,
      author_key: authorKey,
      network: mention.network,
      by_officer: 0,
    })
    counts.added(no, mention.seq, mention.seenAt, authorKey)
    deps.onPlaced?.()
    const size = counts.of(no, mention.seenAt, []).all.mentions
    const row = problemRow(store, no)
    if (!row && size >= SHOWN_MENTIONS) {
      insertProblem(store, { no, label: labelOf(no), created_at: clock.now() })
    } else if (row && row.named === 0) {
      const isFirstPublic = !mention.private && publicMembers(store, no) === 1
      if (isFirstPublic || LABELLED_AT.has(size)) setLabel(store, no, labelOf(no))
    }
    return no
  }

  function negativeShare(no: number): number {
    const texts = textsOf(store, no, MOOD_FROM)
    return Math.round((texts.filter(({ sentiment }) => sentiment === 0).length / Math.max(1, texts.length)) * 100) / 100
  }

  const found = (id: string): ProblemRow => {
    const row = problemRow(store, noOf(id))
    if (!row) throw new Failure('user', 'problem.gone')
    return row
  }

  function shown(row: ProblemRow, now: number): Problem | null {
    const numbers = problemNumbers(store, row.no, now)
    if (!numbers) return null
    const { usualHour } = numbers
    return {
      id: problemId(row.no),
      label: row.label,
      named: row.named === 1,
      private: row.named === 0 && publicMembers(store, row.no) === 0,
      state: row.merged_into !== null ? 'merged' : row.closed_at !== null ? 'closed' : 'open',
      mentions: numbers.mentions,
      negative: negativeShare(row.no),
      authors: numbers.authors,
      networks: numbers.networks,
      firstSeenAt: numbers.firstSeen,
      lastSeenAt: numbers.lastSeen,
      lastHour: numbers.lastHour,
      growth: usualHour === null || usualHour === 0 ? null : Math.round((numbers.lastHour / usualHour) * 100) / 100,
      sinceClosed: row.closed_at === null ? 0 : countSince(store, row.no, row.closed_at).mentions,
      mergedInto: row.merged_into === null ? null : problemId(row.merged_into),
    }
  }

  /** One entry, with what is needed to take it back; the rows follow from it. `is`: what it changes of the problem. */
  function record(row: ProblemRow, change: string, by: Actor, is: Partial<ProblemState>, moving: Moving = {}): number {
    const { made, ...moved } = moving
    const before = problemState(row)
    const data: ProblemChange & Record<string, unknown> = {
      problemId: before.id,
      change,
      label: row.label,
      ...moved,
      before: Object.keys(is).length === 0 ? [] : [before],
      after: [...(Object.keys(is).length === 0 ? [] : [{ ...before, ...is }]), ...(made ? [made] : [])],
    }
    return appendEntry(store, { at: clock.now(), kind: 'problem.changed', actor: by, data })
  }

  /** After members came: it is shown from its second on, and called by what it holds now. */
  function settle(no: number): void {
    const row = problemRow(store, no)
    counts.forget()
    if (!row && membersOf(store, no, SHOWN_MENTIONS).length >= SHOWN_MENTIONS)
      insertProblem(store, { no, label: labelOf(no), created_at: clock.now() })
    else if (row?.named === 0) setLabel(store, no, labelOf(no))
  }

  function changing<Done>(work: () => Done): Done {
    const entry = store.transaction(work)
    changed.tell()
    return entry
  }

  const idOf = (seq: number): string => mentionId(store.stationId, seq)

  function regrouped(mentionIds: readonly string[], no: number, by: Actor, because: readonly string[] = []): void {
    counts.forget()
    splits.forget()
    onMoved?.(mentionIds, { id: problemId(no), label: problemRow(store, no)?.label ?? null, because }, by)
  }

  const problems: Problems = {
    async warm() {
      do {
        readIn(WARMED_AT_ONCE)
        await clock.sleep(0)
      } while (unread.length > 0)
    },
    of(mention, windows, keys = mentionKeys(store, mention.seq) ?? { authorKey: null }) {
      const member = memberOf(store, mention.seq)
      if (!member && (!store.inTransaction || !isComplaint(mention, lexicon()))) return null
      const no = member ? finalOf(member.no) : place(mention, keys.authorKey)
      if (!member) changed.tell()
      const row = problemRow(store, no)
      if (!row || row.closed_at !== null) return null
      const { all, within } = counts.of(no, mention.seenAt, windows)
      return {
        problemId: problemId(no),
        problemMentions: all.mentions,
        problemAuthors: all.authors,
        problemCounts: windows.map((withinMinutes, at) => ({ withinMinutes, ...within[at]! })),
      }
    },
    list({ since, withClosed, limit }) {
      const now = clock.now()
      // What makes nobody angry is talked about, but is no trouble: it comes below.
      const rising = ({ lastHour, growth, negative }: Problem): number =>
        lastHour * Math.min(10, growth ?? 2) * (0.2 + negative)
      return problemsHeardSince(store, since, withClosed)
        .map((row) => shown(row, now))
        .filter((problem) => problem !== null)
        .filter((problem) => problem.mentions >= SHOWN_MENTIONS || problem.named)
        .sort((a, b) => rising(b) - rising(a) || b.mentions - a.mentions || b.lastSeenAt - a.lastSeenAt)
        .slice(0, limit)
    },
    get(id) {
      const problem = shown(found(id), clock.now())
      if (!problem) throw new Failure('user', 'problem.withoutMentions')
      return problem
    },
    mentions: (id, limit) => membersOf(store, found(id).no, limit),
    changes: (id, limit) => entriesOfProblem(store, problemId(found(id).no), limit),
    rename: (id, label, by) => changing(() => record(found(id), 'rename', by, { label, named: true })),
    close: (id, by) =>
      changing(() => {
        const row = found(id)
        if (row.closed_at !== null) throw new Failure('user', 'problem.alreadyClosed')
        return record(row, 'close', by, { closedAt: clock.now() })
      }),
    reopen: (id, by) =>
      changing(() => {
        const row = found(id)
        if (row.closed_at === null) throw new Failure('user', 'problem.alreadyOpen')
        return record(row, 'reopen', by, { closedAt: null })
      }),
    merge: (from, into, by) =>
      changing(() => {
        const source = found(from)
        const target = found(into)
        if (source.merged_into !== null) throw new Failure('user', 'problem.alreadyPart')
        if (finalOf(target.no) === source.no) throw new Failure('user', 'problem.intoItself')
        const to = finalOf(target.no)
        const moved = membersOf(store, source.no, 1_000_000).map(idOf)
        const entry = record(source, 'merge', by, { mergedInto: problemId(to) }, { moved, to: problemId(to) })
        likeness().merge(source.no, to)
        regrouped(moved, to, by)
        return entry
      }),
    split(id, mentionIds, label, by) {
      let made = 0
      const undo = changing(() => {
        const row = found(id)
        const isOwn = (each: string): boolean => memberOf(store, rowOf(store, each) ?? 0)?.no === row.no
        const own = [...new Set(mentionIds)].filter(isOwn)
        if (own.length === 0) throw new Failure('user', 'problem.mentionsNotPart')
        made = lastProblemNo(store) + 1
        // Ahead of the entry: its name is found in the mentions that it has then.
        for (const each of own) moveMember(store, each, made)
        // What both had in common is unlearned: each half is made anew of its own mentions.
        const memory = likeness()
        memory.drop(row.no)
        for (const no of [row.no, made])
          for (const { text, lang } of textsOf(store, no, RELEARNED_FROM)) memory.place(text, no, lang)
        const name = { label: label || labelOf(made), named: Boolean(label) }
        const half = { id: problemId(made), ...name, closedAt: null, mergedInto: null, splitFrom: problemId(row.no) }
        const entry = record(row, 'split', by, {}, { made: half, moved: own, to: half.id })
        regrouped(own, made, by)
        return entry
      })
      return { undo, problem: problems.get(problemId(made)) }
    },
    undo(entrySeq, by) {
      const entry = entryBySeq(store, entrySeq)
      const data = entry?.data as Recorded | undefined
      if (entry?.kind !== 'problem.changed' || !data?.problemId) throw new Failure('user', 'undo.nothingToTakeBack')
      const { change } = data
      const row = found(data.problemId)
      const [was] = [data.before ?? []].flat()
      changing(() => {
        const undone = `undo ${change}`
        if (change === 'rename')
          return record(row, undone, by, { label: was?.label ?? row.label, named: Boolean(was?.named) })
        if (change === 'close') return record(row, undone, by, { closedAt: null })
        if (change === 'reopen') return record(row, undone, by, { closedAt: was?.closedAt ?? clock.now() })
        if (change !== 'merge' && change !== 'split' && change !== 'move') return record(row, undone, by, {})
        // Of one from before the journal told ids, the rows.
        const moved = (data.moved ?? []).map((each) => (typeof each === 'number' ? idOf(each) : each))
        const back = { moved, to: problemId(row.no) }
        const half = change === 'split' ? problemRow(store, noOf(data.made ?? data.to ?? '')) : undefined
        const undo = half
          ? record(half, undone, by, { mergedInto: problemId(row.no) }, back)
          : record(row, undone, by, change === 'merge' ? { mergedInto: null } : {}, back)
        regrouped(moved, row.no, by)
        // Likeness is learned anew from what now belongs where.
        clusterer = undefined
        return undo
      })
      return said('undo.problemAsBefore')
    },
    sort: (moves) => changing(() => sortMoves(moves, { store, likeness, finalOf, record, regrouped, settle })),
    forget() {
      counts.forget()
      splits.forget()
      clusterer = undefined
      changed.tell()
    },
    onChanged: changed.on,
  }
  return problems
}
