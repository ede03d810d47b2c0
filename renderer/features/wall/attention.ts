import { isToBeHeard, type Alert, type AlertKind } from '#shared/model/alert.ts'
import { newPane, type Pane, type PaneKind } from '#shared/model/wall.ts'

/** An alert as far as the wall's attention goes. */
export type Attended = Pick<
  Alert,
  'id' | 'state' | 'strength' | 'raised' | 'raisedAt' | 'late' | 'silenced' | 'mutedUntil'
>

/** Which alert has the middle of the wall, and what is remembered so that it neither flaps nor comes back at once. Instants are milliseconds. */
export interface Attention {
  id: string | null
  /** Since when it has the middle. */
  since: number
  /** Since when it is calm there. */
  calmSince: number | null
  /** By alert: how it stood when somebody waved it away (for as long as it is not worse), or when it was calm (for a while). */
  left: Readonly<Record<string, { strength: number; raised: number; until: number }>>
}

const SECOND = 1_000
/** Whatever has the middle keeps it so long at least. */
export const LEAST_MS = 60 * SECOND
/** So long it has to be calm before the middle is given back. */
export const CALM_MS = 60 * SECOND
/** What gave it back comes again after that, or when it is worse. */
export const REST_MS = 5 * 60 * SECOND
/** Stronger by so much: worse than it was, or worth more than what has the middle. */
const WORSE_BY = 2
/** Of alerts that went; more are not remembered. */
const MOST_LEFT = 50

export const noAttention: Attention = { id: null, since: 0, calmSince: null, left: {} }

const isStanding = ({ state }: Attended): boolean => state === 'raised' || state === 'taken'
const isAside = ({ left }: Attention, { id, strength, raised }: Attended, now: number): boolean => {
  const was = left[id]
  return was !== undefined && now < was.until && raised <= was.raised && strength < was.strength + WORSE_BY
}

/** The strongest that may have the middle; of equals the one that was raised last. */
const strongest = (state: Attention, alerts: readonly Attended[], now: number, least: number): Attended | null =>
  alerts
    .filter((one) => isStanding(one) && one.strength >= least && isToBeHeard(one, now) && !isAside(state, one, now))
    .toSorted((a, b) => b.strength - a.strength || (b.raisedAt ?? 0) - (a.raisedAt ?? 0))[0] ?? null

const taken = (state: Attention, { id }: Attended, now: number): Attention => ({
  ...state,
  id,
  since: now,
  calmSince: null,
})

function given(state: Attention, known: Attended | undefined, until: number): Attention {
  const others = Object.entries(state.left).slice(-MOST_LEFT)
  const own =
    state.id === null || known === undefined
      ? []
      : [[state.id, { strength: known.strength, raised: known.raised, until }] as const]
  return { id: null, since: 0, calmSince: null, left: Object.fromEntries([...others, ...own]) }
}

/**
 * A look at the alerts that stand. `least`: the strength from which one takes the middle; 0: none does. What has the middle
 * keeps it for a minute; another takes it over when it is two steps stronger, or when this one is calm; it is given back
 * after a minute of calm.
 */
export function stepAttention(state: Attention, alerts: readonly Attended[], now: number, least: number): Attention {
  if (least === 0) return state.id === null ? state : given(state, undefined, 0)
  const best = strongest(state, alerts, now, least)
  if (state.id === null) return best === null ? state : taken(state, best, now)
  const current = alerts.find(({ id }) => id === state.id)
  // Without data it is not over.
  const holds =
    current !== undefined &&
    current.strength >= least &&
    isToBeHeard(current, now) &&
    (isStanding(current) || current.state === 'noData')
  // A clock that was set back must not hold it for ever.
  const since = Math.min(state.since, now)
  const calmSince = holds ? null : Math.min(state.calmSince ?? now, now)
  const next = since === state.since && calmSince === state.calmSince ? state : { ...state, since, calmSince }
  if (now - since < LEAST_MS) return next
  const other = best !== null && best.id !== state.id ? best : null
  if (other !== null && (!holds || other.strength >= current.strength + WORSE_BY))
    return taken(given(next, holds ? undefined : current, now + REST_MS), other, now)
  if (calmSince !== null && now - calmSince >= CALM_MS) return given(next, current, now + REST_MS)
  return next
}

/** Somebody at the wall waves it away: it does not come back unless it is worse or raised anew. */
export const waveAway = (state: Attention, alerts: readonly Attended[]): Attention =>
  state.id === null
    ? state
    : given(
        state,
        alerts.find(({ id }) => id === state.id),
        Infinity,
      )

/** Which panes tell of what, best first. */
const explain: Record<AlertKind, readonly PaneKind[]> = {
  rise: ['sentiment', 'stream', 'numbers'],
  fall: ['sentiment', 'numbers', 'sources'],
  mood: ['sentiment', 'stream', 'terms'],
  negative: ['sentiment', 'stream', 'terms'],
  voice: ['voice', 'sentiment'],
  problem: ['problems', 'stream', 'terms'],
  copies: ['stream', 'terms'],
  ear: ['sources'],
  clocks: ['waiting'],
  counted: ['alerts'],
  influencer: ['stream'],
  rule: ['stream'],
}
/** Kinds that are of the whole room, whatever listens a pane names. */
const ofTheRoom: readonly PaneKind[] = ['problems', 'sources', 'waiting', 'alerts']

/**
 * The pane of this wall that explains an alert: one of its listen before one of everything, and never one of other listens.
 * None on it: the alerts themselves. Nothing is asked for that is not hung up.
 */
export function explainingPane({ kind, about }: Pick<Alert, 'kind' | 'about'>, panes: readonly Pane[]): Pane {
  const listen = about.kind === 'listen' ? about.id : null
  for (const wanted of [...explain[kind], 'alerts'] as const) {
    const found = panes
      .filter((pane) => pane.kind === wanted)
      .filter(
        ({ listenIds }) =>
          ofTheRoom.includes(wanted) || listenIds.length === 0 || (listen !== null && listenIds.includes(listen)),
      )
      .toSorted((a, b) => (a.listenIds.length || 99) - (b.listenIds.length || 99))[0]
    if (found !== undefined) return found
  }
  return newPane('alerts', { id: 'attention', w: 6, h: 6 })
}
