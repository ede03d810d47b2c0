import type { DeskAct, DeskDid, DeskRefusal, DeskView } from '#shared/model/desk-door.ts'
import type { Payload } from '#shared/model/handoff-payload.ts'
import type { JournalEntry } from '#shared/model/journal.ts'
import { caseById, type StoredCase } from '#engine/store/queries/cases.ts'
import { entriesOfCase } from '#engine/store/queries/journal.ts'
import { parcelById, type Parcel } from '#engine/store/queries/parcels.ts'
import { readSettings } from '#engine/store/queries/settings.ts'
import type { Store } from '#engine/store/store.ts'
import type { DeskBook } from '#engine/organisation/desk-book.ts'
import type { ActingDesk } from './desk-acts.ts'

const actOfKind: Partial<Record<JournalEntry['kind'], DeskAct>> = {
  'case.accepted': 'accept',
  'handoff.asked': 'ask',
  'case.replied': 'answered',
  'handoff.solved': 'solved',
  'handoff.bounced': 'notOurs',
  'case.noted': 'note',
}

/** A hand-off as it stands now. */
export interface FoundHandoff {
  row: Parcel<'handoff'>
  payload: Payload
  known: StoredCase
  desk: ActingDesk
  did: DeskDid | null
  timeZone: string
  brand: string
}

/** What this desk did about this hand-off, oldest first; what an officer took back was never done. */
function didAbout(store: Store, caseId: string, handoffId: string): DeskDid[] {
  const entries = entriesOfCase(store, caseId)
  const undone = new Set(entries.flatMap(({ data }) => (typeof data.undoes === 'number' ? [data.undoes] : [])))
  return entries.flatMap(({ seq, kind, actor, data, at }) => {
    const act = actOfKind[kind]
    if (act === undefined || actor.kind !== 'desk' || data.handoff !== handoffId || undone.has(seq)) return []
    return [{ act, text: String(data.text ?? ''), by: actor.name, at }]
  })
}

/** undefined: there is no such hand-off, or its case is gone. */
export function findHandoff(
  { store, book, timeZone: zone }: { store: Store; book: DeskBook; timeZone: string },
  handoffId: string,
): FoundHandoff | undefined {
  const row = parcelById(store, handoffId)
  const known = row && caseById(store, row.caseId)
  if (row?.kind !== 'handoff' || !known) return undefined
  const { payload } = row.content
  const { id, name } = payload.desk
  const desk = { id, name, own: known.deskId === id }
  const timeZone = book.desk(id)?.hours.timeZone ?? zone
  const did = didAbout(store, known.id, row.id).at(-1) ?? null
  return { row, payload, known, desk, did, timeZone, brand: readSettings(store).brand }
}

/** Why nothing can be done about it any more; null: something can. */
export function refusalOf({ known, payload, did, timeZone, desk }: FoundHandoff): DeskRefusal | null {
  const about = { desk: desk.name, timeZone, did }
  if (known.state === 'closed') return { why: 'closed', at: known.closedAt, ...about }
  // Hand-offs of before that was kept went to the desk that the case was with.
  const wasWith = payload.case.deskId === undefined ? payload.desk.id : payload.case.deskId
  if (known.deskId !== wasWith && did?.act !== 'notOurs') return { why: 'moved', at: known.routedAt, ...about }
  return null
}

/** What the desk sees of it; `until`: until when its link holds. */
export function viewOf({ known, payload, did, timeZone, brand, desk }: FoundHandoff, until: number): DeskView {
  const { mention } = payload
  const replied = known.state === 'replied'
  const may: DeskAct[] =
    did?.act === 'notOurs'
      ? []
      : [
          ...(known.state === 'new' || known.state === 'routed' ? (['accept'] as const) : []),
          ...(replied ? [] : (['answered'] as const)),
          ...(did?.act === 'solved' || replied ? [] : (['solved'] as const)),
          'ask',
          ...(replied ? [] : (['notOurs'] as const)),
        ]
  return {
    desk: desk.name,
    brand,
    timeZone,
    priority: known.priority,
    dueAt: replied ? null : known.dueAt,
    reason: payload.reason.rule,
    needsApproval: known.needsApproval,
    mention: {
      network: mention.network,
      url: mention.url,
      author: mention.author,
      authorName: mention.authorName,
      title: mention.title,
      text: mention.text,
      publishedAt: Date.parse(mention.publishedAt),
    },
    message: payload.message ?? null,
    did,
    replied,
    may,
    until,
  }
}
