import { cut } from '#shared/util/text-length.ts'
import type { Case } from '#shared/model/case.ts'
import type { Mention } from '#shared/model/mention.ts'
import type { Notice, NoticeKind } from '#shared/model/notice.ts'
import { lastEntrySeq } from '#engine/store/queries/journal.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { caseById, type StoredCase } from '#engine/store/queries/cases.ts'
import { mentionById } from '#engine/store/queries/mentions.ts'
import {
  waitingBetween,
  casesWithDeskWords,
  lastEntryBefore,
  undeliveredCases,
  type NoticeRow,
} from '#engine/store/queries/notices.ts'
import { problemNo, problemRow } from '#engine/store/queries/problems.ts'
import { removedRows } from '#engine/store/queries/imports.ts'
import type { Store } from '#engine/store/store.ts'
import { alertNotices } from './alert-notices.ts'
import { dueNotices } from './crisis-room/due.ts'

/** A case that nobody took up for so long tells nobody anything any more; it still stands on the board. */
const KEEP_MS = 24 * 60 * 60_000
/** Rows that are kept in mind; the oldest go first. */
const MOST_ROWS = 1_000
/** Of each kind, and of all that are shown. */
const MOST = 50
const TEXT_MOST = 280

/** What officers must not miss. A projection of the journal and the cases: nothing is kept but the place up to which it was read. */
export interface Notices {
  /** Another with every entry of the journal, every mention that is taken back, and each minute, in which a mute may end or something fall due: as long as it is the same, so is the list. */
  revision(): string
  /** Newest first, at most 50. */
  list(): Notice[]
}

// Long: each kind of notice made from the same two memories, and the one order that they are all shown in.
export function createNotices({ store, clock }: { store: Store; clock: Clock }): Notices {
  let waiting: NoticeRow[] = []
  /** Cases whose answer did not arrive when it was last looked at. Found once, then followed by the journal. */
  let undelivered: Set<string> | null = null
  let read: number | null = null
  let listed: { revision: string; notices: Notice[] } | null = null

  function catchUp(upTo: number): void {
    const since = clock.now() - KEEP_MS
    const found = waitingBetween(store, read ?? lastEntryBefore(store, since), upTo)
    const isAnswer = ({ kind }: NoticeRow): boolean => kind.startsWith('answer.')
    undelivered ??= new Set(undeliveredCases(store, MOST_ROWS))
    for (const row of found) if (isAnswer(row) && row.caseId !== null) undelivered.add(row.caseId)
    waiting = [...waiting, ...found.filter((row) => !isAnswer(row))].filter(({ at }) => at >= since).slice(-MOST_ROWS)
    read = upTo
  }

  const mentionOf = (id: string): Mention | undefined => mentionById(store, id)
  function problemOf(id: string | null): Notice['problem'] {
    const no = id === null ? undefined : problemNo(id)
    const row = no === undefined ? undefined : problemRow(store, no)
    return id !== null && row !== undefined ? { id, label: row.label } : null
  }

  function noticeOf(kind: NoticeKind, about: { at: number; by: string; text?: string }, c: Case): Notice | null {
    const mention = mentionOf(c.mentionId)
    if (mention === undefined) return null
    return {
      id: `${kind} ${c.id} ${about.at}`,
      kind,
      at: about.at,
      by: about.by,
      count: 1,
      caseId: c.id,
      alertId: null,
      mentionId: c.mentionId,
      ...wordsOf(mention),
      ...(about.text !== undefined && { text: cut(about.text, TEXT_MOST) }),
      problem: problemOf(c.problemId),
      priority: c.priority,
      state: c.state,
      deskId: c.deskId,
    }
  }
  const wordsOf = (mention: Mention) => ({
    author: mention.author?.name ?? mention.author?.handle ?? '',
    text: cut(mention.text, TEXT_MOST),
    network: mention.network,
  })

  function waitingOf(row: NoticeRow, c: StoredCase): Notice | null {
    const about = { at: row.at, by: row.actorName }
    // Somebody has it in hand.
    if (c.state !== 'new' && c.state !== 'routed') return null
    return c.queuedAt === null ? null : noticeOf('waiting', about, c)
  }

  /** One fault, a hundred customers: one notice with the newest of them. */
  function grouped(): Notice[] {
    const groups = new Map<string, Notice>()
    const over = new Set<NoticeRow>()
    for (const row of waiting.toReversed()) {
      const c = row.caseId === null ? undefined : caseById(store, row.caseId)
      if (c === undefined || c.state === 'closed') over.add(row)
      const notice = c === undefined ? null : waitingOf(row, c)
      if (notice === null) continue
      const key = `${notice.kind} ${row.actorId} ${notice.problem?.id ?? notice.id}`
      const newer = groups.get(key)
      if (newer) newer.count++
      else groups.set(key, notice)
      if (groups.size >= MOST) break
    }
    if (over.size > 0) waiting = waiting.filter((row) => !over.has(row))
    return [...groups.values()]
  }

  function compute(): Notice[] {
    const found = grouped()
    for (const id of undelivered ?? []) {
      const c = caseById(store, id)
      const kind = c?.state !== 'closed' && (c?.answer === 'failed' || c?.answer === 'unknown') ? c.answer : null
      const notice = c && kind && noticeOf(kind, { at: c.updatedAt, by: '' }, c)
      if (notice) found.push(notice)
      else undelivered?.delete(id)
    }
    for (const id of casesWithDeskWords(store, MOST)) {
      const c = caseById(store, id)
      const notice = c?.deskSays && noticeOf('desk', c.deskSays, c)
      if (notice) found.push(notice)
    }
    found.push(...alertNotices(store, clock.now()), ...dueNotices(store, clock.now()))
    return found.sort((a, b) => b.at - a.at).slice(0, MOST)
  }

  const revision = (): string => `${lastEntrySeq(store)} ${removedRows(store)} ${Math.floor(clock.now() / 60_000)}`

  return {
    revision,
    list() {
      const now = revision()
      if (listed?.revision !== now) {
        catchUp(lastEntrySeq(store))
        listed = { revision: now, notices: compute() }
      }
      return listed.notices
    },
  }
}
