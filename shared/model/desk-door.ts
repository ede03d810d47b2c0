import type { Priority } from './rule.ts'

/**
 * What a desk outside Earshot may do about one hand-off.
 * - `accept`: somebody works on it
 * - `ask`: a question for the officer
 * - `answered`: the desk wrote to the customer itself
 * - `solved`: the cause is gone; the officer answers the customer
 * - `notOurs`: back to the officer, with the reason
 * - `note`: anything else; by mail only
 */
export const deskActs = ['accept', 'ask', 'answered', 'solved', 'notOurs', 'note'] as const
export type DeskAct = (typeof deskActs)[number]

/** What the desk did last, and has not been taken back by an officer. */
export interface DeskDid {
  act: DeskAct
  text: string
  /** As shown: the person and the desk, or the desk alone. */
  by: string
  at: number
}

/** One hand-off as the desk that received it may see it: nothing that it was not told with the hand-off itself. */
export interface DeskView {
  desk: string
  brand: string
  /** For times on the page. */
  timeZone: string
  priority: Priority
  /** When the customer must have heard back; null: no clock runs. */
  dueAt: number | null
  /** Why it came here, in the words of the rule. */
  reason: string
  needsApproval: boolean
  mention: {
    network: string
    url: string | null
    author: string | null
    authorName: string | null
    title: string | null
    text: string
    publishedAt: number
  }
  /** What the officer wrote to the desk with this hand-off; null: nothing. */
  message: string | null
  did: DeskDid | null
  /** The customer has been answered, by whomever. */
  replied: boolean
  /** In the order in which they are offered; empty: nothing is left to do. */
  may: DeskAct[]
  /** Until when the link holds. */
  until: number
}

/**
 * Why a link does nothing.
 * - `unknown`: not a link of this station, or changed on the way
 * - `expired`: its time is over
 * - `moved`: the case was given to somebody else since
 * - `closed`: the case is closed
 * - `unavailable`: the station cannot read its key at the moment
 */
export interface DeskRefusal {
  why: 'unknown' | 'expired' | 'moved' | 'closed' | 'unavailable'
  /** When that came about; null: not known or not to be told. */
  at: number | null
  desk: string | null
  timeZone: string | null
  did: DeskDid | null
}

export interface DeskAnswer {
  act: DeskAct
  text: string
  /** Empty: the person did not say. */
  name: string
}

/** `refused`: the link is good and this act is not possible now; in words for the desk's page by its code. */
export type DeskOutcome =
  | { ok: true; view: DeskView; done: boolean }
  | { ok: false; refusal: DeskRefusal }
  | { ok: false; view: DeskView; problem: 'textMissing' | 'tooLate' }

/** The only way by which somebody without a place at this station changes anything. */
export interface DeskDoor {
  /** Under which address desks reach it; empty: they do not. */
  publicUrl(): string
  read(token: string): Promise<{ ok: true; view: DeskView } | { ok: false; refusal: DeskRefusal }>
  /** `done` false: it was done before, and nothing happened. */
  act(token: string, answer: DeskAnswer): Promise<DeskOutcome>
}
