import { Failure } from '#engine/platform/failure.ts'
import type {
  DeskAct,
  DeskAnswer,
  DeskDid,
  DeskDoor,
  DeskOutcome,
  DeskRefusal,
  DeskView,
} from '#shared/model/desk-door.ts'
import type { Payload } from '#shared/model/handoff-payload.ts'
import type { Actor, JournalEntry } from '#shared/model/journal.ts'
import { entriesOfCase } from '#engine/store/queries/journal.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { caseById, type StoredCase } from '#engine/store/queries/cases.ts'
import { claimLetter, parcelById, parcelsOfCase, type Parcel } from '#engine/store/queries/parcels.ts'
import { readSettings } from '#engine/store/queries/settings.ts'
import type { Store } from '#engine/store/store.ts'
import type { DeskBook } from '#engine/organisation/desk-book.ts'
import type { Ledger, Recorded } from '#engine/cases/ledger.ts'
import { deskChange, type ActingDesk, type DeskSaid } from './desk-acts.ts'
import type { Handoffs } from './handoffs.ts'
import { readLink, type DeskKey } from './signing.ts'

const NAME_MOST = 80
const TEXT_MOST = 5_000

/** What came by mail and is signed: see desk-mails.ts. */
export interface MailedAnswer {
  handoffId: string
  /** The same mail read twice acts once. */
  messageId: string
  act: DeskAct
  text: string
  /** Name and address of the sender. */
  name: string
  from: string
  automatic: boolean
}

export interface DeskAnswers extends DeskDoor {
  /** true: it was taken for what it is, and is no customer's mail. */
  byMail(answer: MailedAnswer): boolean
  /** An officer answers the desk, through the channel that it was asked by, or only puts aside what it said (no text). */
  reply(c: StoredCase, text: string, actor: Actor): Recorded
}

export interface DeskAnswersDeps {
  store: Store
  ledger: Ledger
  book: DeskBook
  handoffs: Pick<Handoffs, 'handOff'>
  key: DeskKey
  clock: Clock
  /** IANA name of the station's zone. */
  timeZone: string
}

/** One line without characters that hide or turn the text around it. */
const cleanName = (name: string): string =>
  name.replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ').trim().slice(0, NAME_MOST).trim() // prettier-ignore
const cleanText = (text: string): string =>
  text.replace(/\r\n?/g, '\n').replace(/[^\P{C}\n\t]/gu, '').trim().slice(0, TEXT_MOST) // prettier-ignore

const actOfKind: Partial<Record<JournalEntry['kind'], DeskAct>> = {
  'case.accepted': 'accept',
  'handoff.asked': 'ask',
  'case.replied': 'answered',
  'handoff.solved': 'solved',
  'handoff.bounced': 'notOurs',
  'case.noted': 'note',
}

export function createDeskAnswers(deps: DeskAnswersDeps): DeskAnswers {
  const { store, ledger, book, handoffs, clock } = deps

  /** What this desk did about this hand-off, oldest first; what an officer took back was never done. */
  function didAbout(caseId: string, handoffId: string): DeskDid[] {
    const entries = entriesOfCase(store, caseId)
    const undone = new Set(entries.flatMap(({ data }) => (typeof data.undoes === 'number' ? [data.undoes] : [])))
    return entries.flatMap(({ seq, kind, actor, data, at }) => {
      const act = actOfKind[kind]
      if (act === undefined || actor.kind !== 'desk' || data.handoff !== handoffId || undone.has(seq)) return []
      return [{ act, text: String(data.text ?? ''), by: actor.name, at }]
    })
  }

  interface Found {
    row: Parcel<'handoff'>
    payload: Payload
    known: StoredCase
    desk: ActingDesk
    did: DeskDid | null
    timeZone: string
  }

  function find(handoffId: string): Found | undefined {
    const row = parcelById(store, handoffId)
    const known = row && caseById(store, row.caseId)
    if (row?.kind !== 'handoff' || !known) return undefined
    const { payload } = row.content
    const { id, name } = payload.desk
    const desk = { id, name, own: known.deskId === id }
    const timeZone = book.desk(id)?.hours.timeZone ?? deps.timeZone
    return { row, payload, known, desk, did: didAbout(known.id, row.id).at(-1) ?? null, timeZone }
  }

  /** Why nothing can be done about it any more; null: something can. */
  function refusalOf({ known, payload, did, timeZone, desk }: Found): DeskRefusal | null {
    const about = { desk: desk.name, timeZone, did }
    if (known.state === 'closed') return { why: 'closed', at: known.closedAt, ...about }
    // Hand-offs of before that was kept went to the desk that the case was with.
    const wasWith = payload.case.deskId === undefined ? payload.desk.id : payload.case.deskId
    if (known.deskId !== wasWith && did?.act !== 'notOurs') return { why: 'moved', at: known.routedAt, ...about }
    return null
  }

  function viewOf({ known, payload, did, timeZone, desk }: Found, until: number): DeskView {
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
      brand: readSettings(store).brand,
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

  const unknown: DeskRefusal = { why: 'unknown', at: null, desk: null, timeZone: null, did: null }

  async function open(token: string): Promise<{ found: Found; until: number } | DeskRefusal> {
    const secret = await deps.key.get()
    if (secret === null) return { ...unknown, why: 'unavailable' }
    const link = readLink(secret, store.stationId, token)
    const found = link && find(link.handoffId)
    if (!link || !found) return unknown
    if (link.until <= clock.now()) {
      return { why: 'expired', at: link.until, desk: found.desk.name, timeZone: found.timeZone, did: null }
    }
    return { found, until: link.until }
  }

  /** Does it, or says that it is done already. Inside a transaction. */
  function apply(found: Found, said: Omit<DeskSaid, 'by' | 'handoff'>, name: string): boolean {
    const { desk, known, row } = found
    const by = name === '' ? desk.name : `${name} (${desk.name})`
    const change = deskChange(known, { ...said, by, handoff: row.id }, desk, clock.now())
    if (change === null) return false
    ledger.change(known, change, { kind: 'desk', id: desk.id, name: by })
    return true
  }

  const repeats = (did: DeskDid | null, act: DeskAct, text: string): boolean =>
    did !== null && did.act === act && (act === 'ask' ? did.text === text : true)

  return {
    publicUrl: () => readSettings(store).publicUrl,

    async read(token) {
      const opened = await open(token)
      if ('why' in opened) return { ok: false, refusal: opened }
      const refusal = refusalOf(opened.found)
      return refusal ? { ok: false, refusal } : { ok: true, view: viewOf(opened.found, opened.until) }
    },

    async act(token, answer: DeskAnswer): Promise<DeskOutcome> {
      const opened = await open(token)
      if ('why' in opened) return { ok: false, refusal: opened }
      const { until } = opened
      const handoffId = opened.found.row.id
      const text = cleanText(answer.text)
      return ledger.transact((): DeskOutcome => {
        // Read again: the key was waited for, and somebody may have been faster.
        const found = find(handoffId) as Found
        const refusal = refusalOf(found)
        if (refusal) return { ok: false, refusal }
        const before = viewOf(found, until)
        if (repeats(found.did, answer.act, text)) return { ok: true, view: before, done: false }
        if (answer.act === 'accept' && found.known.state === 'accepted') return { ok: true, view: before, done: false }
        if (answer.act === 'note' || !before.may.includes(answer.act)) return { ok: false, view: before, problem: 'tooLate' } // prettier-ignore
        if (text === '' && (answer.act === 'ask' || answer.act === 'notOurs')) return { ok: false, view: before, problem: 'textMissing' } // prettier-ignore
        const done = apply(found, { act: answer.act, text, via: 'link' }, cleanName(answer.name))
        return { ok: true, view: viewOf(find(handoffId) as Found, until), done }
      })
    },

    byMail({ handoffId, messageId, act, text, name, from, automatic }) {
      if (find(handoffId) === undefined) return false
      ledger.transact(() => {
        if (!claimLetter(store, messageId, handoffId, clock.now())) return
        const found = find(handoffId) as Found
        // Too late to decide anything, and never too late to be read: then it is a note.
        const { may } = viewOf(found, 0)
        const decides = refusalOf(found) === null && !automatic && may.includes(act)
        const said = { act: decides ? act : ('note' as const), text: cleanText(text), via: 'mail' as const, from, automatic } // prettier-ignore
        if (!automatic && repeats(found.did, said.act, said.text)) return
        apply(found, said, cleanName(name))
      })
      return true
    },

    reply(c, text, actor) {
      const row = parcelById(store, c.deskSays?.handoff ?? parcelsOfCase(store, 'handoff', c.id).at(-1)?.id ?? '')
      if (!row) throw new Failure('user', 'handoff.noDeskOutside')
      if (c.deskSays === null && text === '') throw new Failure('user', 'handoff.nothingSaid')
      const data = { text, handoff: row.id, channel: row.laneName }
      const recorded = ledger.change(c, { kind: 'handoff.answered', after: { deskSays: null }, data }, actor)
      if (text === '') return recorded
      // By Earshot, as a consequence: taking back the answer takes back what has not left yet.
      const engine: Actor = { kind: 'engine', id: 'earshot', name: 'Earshot' }
      const queued = handoffs.handOff(recorded.case, row.lane, engine, { text, by: actor.name })
      return { case: queued.case, entry: recorded.entry }
    },
  }
}
