import { cut } from '#shared/util/text-length.ts'
import type { DeskSays } from '#shared/model/case.ts'
import type { DeskAct } from '#shared/model/desk-door.ts'
import type { StoredCase } from '#engine/store/queries/cases.ts'
import type { Change } from '#engine/cases/commands.ts'

/** What a desk says about one hand-off, by whatever way it came. */
export interface DeskSaid {
  act: DeskAct
  text: string
  /** As shown: the person and the desk, or the desk alone. */
  by: string
  handoff: string
  via: 'link' | 'mail'
  /** By mail: the address it came from, for the officer to see. */
  from?: string
  /** Written by a machine, e.g. an absence note. */
  automatic?: boolean
}

/** The desk that has the hand-off; `own` false: it was only asked, the case is with another desk. */
export interface ActingDesk {
  id: string
  name: string
  own: boolean
}

/**
 * What an act changes; null: nothing, it is so already. Pure. Whether the case may still be acted on is decided before.
 * A desk reports what has happened outside: an answer that it gave counts also where a rule asks for approval.
 */
export function deskChange(c: StoredCase, said: DeskSaid, desk: ActingDesk, now: number): Change | null {
  const { act, text, by, handoff, via, from, automatic } = said
  const data = { text, by, handoff, via, ...(from !== undefined && { from }), ...(automatic && { automatic }) }
  const says = (kind: DeskSays['kind']): DeskSays => ({ kind, text, by, at: now, handoff })
  const taken = c.state === 'new' || c.state === 'routed'
  const accepted = taken
    ? { state: 'accepted' as const, held: false, queuedAt: null, acceptedAt: c.acceptedAt ?? now }
    : {}
  switch (act) {
    case 'accept':
      return taken ? { kind: 'case.accepted', after: accepted, data } : null
    case 'ask':
      if (c.deskSays?.kind === 'asks' && c.deskSays.text === text && c.deskSays.handoff === handoff) return null
      return { kind: 'handoff.asked', after: { deskSays: says('asks') }, data }
    case 'answered':
      if (c.state === 'replied') return null
      return {
        kind: 'case.replied',
        after: {
          ...accepted,
          state: 'replied',
          held: false,
          queuedAt: null,
          repliedAt: c.repliedAt ?? now,
          pendingReply: null,
          promise: null,
          deskSays: null,
        },
        data: { ...data, url: null },
      }
    case 'solved':
      return {
        kind: 'handoff.solved',
        after: { ...accepted, outcome: text === '' ? c.outcome : cut(text, 2000), deskSays: says('solved') },
        data,
      }
    case 'notOurs': {
      const back = {
        state: 'new' as const,
        deskId: null,
        officerId: null,
        held: false,
        queuedAt: null,
        routedAt: null,
        acceptedAt: null,
      }
      return {
        kind: 'handoff.bounced',
        after: { ...(desk.own && back), deskSays: says('notOurs') },
        data: { ...data, why: text, deskId: desk.id, deskName: desk.name },
      }
    }
    case 'note':
      // A machine's absence note stands in the history; it is nothing that an officer has to deal with.
      return { kind: 'case.noted', after: automatic ? {} : { deskSays: says('note') }, data }
  }
}
