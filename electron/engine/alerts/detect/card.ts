import type { Verdict } from './verdict.ts'

/**
 * The life of a card, as a pure step a minute: *pending* until the verdict has stood for a while, *raised*, *taken* when a person has it in hand, *resolved* when it was calm for long enough, *no data* while its
 * series says nothing. One card stands for all that its key is about.
 */
export type CardState = 'pending' | 'raised' | 'taken' | 'resolved' | 'noData'

/** JSON-safe. Instants are milliseconds since 1970. */
export interface CardLife {
  key: string
  state: CardState
  /** What it was before its data failed. */
  before: CardState | null
  since: number
  raisedAt: number | null
  takenAt: number | null
  resolvedAt: number | null
  /** When a verdict stood last. */
  lastAt: number
  /** The strongest so far. */
  verdict: Verdict
  /** The strength that somebody was last told of. */
  told: number
  /** How many times it was raised. */
  raised: number
}

/** What the step before brought that somebody has to be told. */
export type CardEvent = 'raised' | 'worse' | 'resolved' | 'noData' | 'dataAgain'

export interface LifeSetting {
  /** A verdict has to stand so long, in minutes. */
  holdMinutes: number
  /** So long nothing may stand before it is over. */
  calmMinutes: number
  /** Counted from the last verdict: what comes back within is the same, and told only when it is worse. */
  coolMinutes: number
  /** Worse is so much stronger than the strongest so far. */
  worseBy: number
}

export const lifeSetting: LifeSetting = { holdMinutes: 0, calmMinutes: 60, coolMinutes: 720, worseBy: 2 }

export interface CardStep {
  card: CardLife | null
  event: CardEvent | null
}

const MINUTE = 60_000

/**
 * A minute later. `verdict` undefined: there is no data to judge by. A time before the last verdict changes nothing. A pending card that does not hold is forgotten; a resolved one is kept until it has cooled down.
 */
export function stepCard(
  key: string,
  card: CardLife | null,
  verdict: Verdict | null | undefined,
  at: number,
  s: LifeSetting = lifeSetting,
): CardStep {
  if (card !== null && at < card.lastAt) return { card, event: null }
  if (verdict === undefined) return withoutData(card)
  const again = card?.state === 'noData'
  const now = again ? { ...card, state: card.before ?? 'raised', before: null } : card
  const step = verdict === null ? calm(now, at, s) : unusual(key, now, verdict, at, s)
  return again && step.event === null ? { ...step, event: 'dataAgain' } : step
}

/** A person has it in hand: its message need not be told again. */
export const takeCard = (card: CardLife, at: number): CardLife =>
  card.state === 'raised' || card.state === 'noData' ? { ...card, state: 'taken', before: null, takenAt: at } : card

/** A person says that it is over. */
export const closeCard = (card: CardLife, at: number): CardLife => ({
  ...card,
  state: 'resolved',
  before: null,
  resolvedAt: at,
})

function withoutData(card: CardLife | null): CardStep {
  if (card === null || card.state === 'pending') return { card: null, event: null }
  if (card.state !== 'raised' && card.state !== 'taken') return { card, event: null }
  return { card: { ...card, before: card.state, state: 'noData' }, event: 'noData' }
}

function calm(card: CardLife | null, at: number, s: LifeSetting): CardStep {
  if (card === null || card.state === 'pending') return { card: null, event: null }
  const minutes = (at - card.lastAt) / MINUTE
  if (card.state === 'resolved') return { card: minutes > s.coolMinutes ? null : card, event: null }
  if (minutes < s.calmMinutes) return { card, event: null }
  return { card: { ...card, state: 'resolved', resolvedAt: at }, event: 'resolved' }
}

function unusual(key: string, card: CardLife | null, verdict: Verdict, at: number, s: LifeSetting): CardStep {
  if (card === null || (card.state === 'resolved' && (at - card.lastAt) / MINUTE > s.coolMinutes))
    return held(freshCard(key, verdict, at), at, s)
  const next = { ...card, lastAt: at, verdict: verdict.strength > card.verdict.strength ? verdict : card.verdict }
  if (card.state === 'pending') return held(next, at, s)
  // Not told again for every step on the way up.
  if (verdict.strength < card.told + s.worseBy) return { card: next, event: null }
  const told = { ...next, told: verdict.strength }
  if (card.state !== 'resolved') return { card: told, event: 'worse' }
  const raisedAgain = { takenAt: null, resolvedAt: null, raisedAt: at, raised: card.raised + 1 }
  return { card: { ...told, state: 'raised', ...raisedAgain }, event: 'raised' }
}

const freshCard = (key: string, verdict: Verdict, at: number): CardLife => ({
  key,
  state: 'pending',
  before: null,
  since: at,
  raisedAt: null,
  takenAt: null,
  resolvedAt: null,
  lastAt: at,
  verdict,
  told: 0,
  raised: 0,
})

function held(card: CardLife, at: number, s: LifeSetting): CardStep {
  if ((at - card.since) / MINUTE < s.holdMinutes) return { card, event: null }
  return {
    card: { ...card, state: 'raised', raisedAt: at, told: card.verdict.strength, raised: card.raised + 1 },
    event: 'raised',
  }
}
