import { cut } from '#shared/util/text-length.ts'
import { Failure } from '#engine/platform/failure.ts'
import type { DeskAct, DeskAnswer, DeskDid, DeskDoor, DeskOutcome, DeskRefusal } from '#shared/model/desk-door.ts'
import { earshot, type Actor } from '#shared/model/journal.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { StoredCase } from '#engine/store/queries/cases.ts'
import { claimLetter, parcelById, parcelsOfCase } from '#engine/store/queries/parcels.ts'
import { readSettings } from '#engine/store/queries/settings.ts'
import type { Store } from '#engine/store/store.ts'
import type { DeskBook } from '#engine/organisation/desk-book.ts'
import type { Ledger, Recorded } from '#engine/cases/ledger.ts'
import { deskChange, type DeskSaid } from './desk-acts.ts'
import { findHandoff, refusalOf, viewOf, type FoundHandoff } from './desk-view.ts'
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
const cleanName = (name: string): string => cut(name.replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ').trim(), NAME_MOST).trim()
const cleanText = (text: string): string =>
  cut(
    text
      .replace(/\r\n?/g, '\n')
      .replace(/[^\P{C}\n\t]/gu, '')
      .trim(),
    TEXT_MOST,
  )

const unknown: DeskRefusal = { why: 'unknown', at: null, desk: null, timeZone: null, did: null }

const repeats = (did: DeskDid | null, act: DeskAct, text: string): boolean =>
  did !== null && did.act === act && (act === 'ask' ? did.text === text : true)

// Long: the ways in which a desk and an officer answer each other; all of them find, check and write the same hand-off.
export function createDeskAnswers(deps: DeskAnswersDeps): DeskAnswers {
  const { store, ledger, handoffs, clock } = deps

  const find = (handoffId: string): FoundHandoff | undefined => findHandoff(deps, handoffId)

  async function open(token: string): Promise<{ found: FoundHandoff; until: number } | DeskRefusal> {
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
  function apply(found: FoundHandoff, said: Omit<DeskSaid, 'by' | 'handoff'>, name: string): boolean {
    const { desk, known, row } = found
    const by = name === '' ? desk.name : `${name} (${desk.name})`
    const change = deskChange(known, { ...said, by, handoff: row.id }, desk, clock.now())
    if (change === null) return false
    ledger.change(known, change, { kind: 'desk', id: desk.id, name: by })
    return true
  }

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
        const found = find(handoffId) as FoundHandoff
        const refusal = refusalOf(found)
        if (refusal) return { ok: false, refusal }
        const before = viewOf(found, until)
        if (repeats(found.did, answer.act, text)) return { ok: true, view: before, done: false }
        if (answer.act === 'accept' && found.known.state === 'accepted') return { ok: true, view: before, done: false }
        const cannot = (problem: 'tooLate' | 'textMissing'): DeskOutcome => ({ ok: false, view: before, problem })
        if (answer.act === 'note' || !before.may.includes(answer.act)) return cannot('tooLate')
        if (text === '' && (answer.act === 'ask' || answer.act === 'notOurs')) return cannot('textMissing')
        const done = apply(found, { act: answer.act, text, via: 'link' }, cleanName(answer.name))
        return { ok: true, view: viewOf(find(handoffId) as FoundHandoff, until), done }
      })
    },

    byMail({ handoffId, messageId, act, text, name, from, automatic }) {
      if (find(handoffId) === undefined) return false
      ledger.transact(() => {
        if (!claimLetter(store, messageId, handoffId, clock.now())) return
        const found = find(handoffId) as FoundHandoff
        // Too late to decide anything, and never too late to be read: then it is a note.
        const { may } = viewOf(found, 0)
        const decides = refusalOf(found) === null && !automatic && may.includes(act)
        const done = decides ? act : 'note'
        const said: Omit<DeskSaid, 'by' | 'handoff'> = {
          act: done,
          text: cleanText(text),
          via: 'mail',
          from,
          automatic,
        }
        if (!automatic && repeats(found.did, done, said.text)) return
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
      const queued = handoffs.handOff(recorded.case, row.lane, earshot, { text, by: actor.name })
      return { case: queued.case, entry: recorded.entry }
    },
  }
}
