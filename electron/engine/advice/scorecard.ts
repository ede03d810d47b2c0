/** One entry of a case's journal, as far as it says who decided what. */
export interface CaseStep {
  seq: number
  at: number
  kind: string
  actor: { kind: string; id: string; name: string }
  /** The desk after the entry; undefined: it did not change. */
  deskId?: string | null
  /** Entry that was taken back. */
  undoes?: number
  reason?: string
  /** Earshot followed its own suggestion. */
  suggested: boolean
}

/** A case with everything that was decided about it, oldest first. */
export interface CaseHistory {
  caseId: string
  mentionId: string
  openedAt: number
  ruleId: string | null
  ruleName: string
  /** Where the rule would have sent it, when it waited for a person. */
  held: boolean
  hint: string | null
  /** Somebody accepted, answered or closed it where it is: the desk stood the test. */
  settled: boolean
  steps: readonly CaseStep[]
}

export const deciders = ['rule', 'suggestion', 'officer', 'clock', 'desk'] as const
export type DeciderKind = (typeof deciders)[number]

/**
 * `decided`: it chose a desk. `rerouted`: an officer sent it on. `bounced`: the desk sent it back. `undone`: the decision
 * was taken back. `noise`: closed as spam, not ours, a duplicate or nothing to do. `reopened`: not done after all.
 * `held`: it left the choice to a person; `followed` and `otherwise`: who then did or did not choose what it named.
 */
export const happenings = [
  'decided', 'rerouted', 'bounced', 'undone', 'noise', 'reopened', 'held', 'followed', 'otherwise',
] as const // prettier-ignore
export type Happening = (typeof happenings)[number]

export interface Event {
  by: DeciderKind
  /** Rule or officer; empty for the others. */
  id: string
  name: string
  what: Happening
  /** The desk that it is about, and where it went instead. */
  deskId: string | null
  to: string | null
  at: number
}

const noise = new Set(['spam', 'notOurs', 'duplicate', 'noAction'])

interface Placement {
  seq: number
  by: Pick<Event, 'by' | 'id' | 'name'>
  deskId: string | null
}

function deciderOf({ actor, suggested }: CaseStep): Placement['by'] {
  if (suggested) return { by: 'suggestion', id: '', name: '' }
  if (actor.kind === 'rule') return { by: 'rule', id: actor.id, name: actor.name }
  if (actor.kind === 'officer') return { by: 'officer', id: '', name: '' }
  return { by: actor.kind === 'desk' ? 'desk' : 'clock', id: '', name: '' }
}

/** What became of each decision about one case. Every misroute counts against whoever chose the desk that it left. */
export function eventsOf(history: CaseHistory): Event[] {
  const events: Event[] = []
  const placements: Placement[] = []
  const tell = (placed: Placement, what: Happening, at: number, to: string | null = null): void => {
    events.push({ ...placed.by, what, deskId: placed.deskId, to, at })
  }
  const rule: Placement = {
    seq: 0,
    by: { by: 'rule', id: history.ruleId ?? '', name: history.ruleName },
    deskId: history.hint,
  }
  let waits = history.held && history.ruleId !== null
  if (waits) tell(rule, 'held', history.openedAt)
  for (const step of history.steps) {
    const current = placements.at(-1)
    if (step.undoes !== undefined) {
      const place = placements.findIndex(({ seq }) => seq === step.undoes)
      if (place < 0) continue
      tell(placements[place]!, 'undone', step.at, placements[place - 1]?.deskId ?? null)
      placements.splice(place, 1)
      if (placements.length === 0 && history.held) waits = history.ruleId !== null
      continue
    }
    if (step.kind === 'handoff.bounced') {
      if (current) tell(current, 'bounced', step.at, step.deskId ?? null)
      placements.push({ seq: step.seq, by: deciderOf(step), deskId: step.deskId ?? null })
      continue
    }
    if (step.kind === 'case.closed' && noise.has(step.reason ?? '')) {
      if (current) tell(current, 'noise', step.at)
      else if (waits) tell(rule, 'noise', step.at)
    }
    if (step.kind === 'case.reopened' && current) tell(current, 'reopened', step.at)
    if (step.deskId === undefined) continue
    const placed: Placement = { seq: step.seq, by: deciderOf(step), deskId: step.deskId }
    if (waits && placed.by.by === 'officer') {
      tell(rule, step.deskId === history.hint ? 'followed' : 'otherwise', step.at, step.deskId)
    } else if (current && current.deskId !== null && current.deskId !== step.deskId) {
      if (step.actor.kind === 'desk') tell(current, 'bounced', step.at, step.deskId)
      else if (step.actor.kind === 'officer') tell(current, 'rerouted', step.at, step.deskId)
    }
    waits = false
    placements.push(placed)
    if (placed.deskId !== null) tell(placed, 'decided', step.at)
  }
  return events
}

export interface Move {
  from: string | null
  to: string | null
  count: number
}

export interface ScorecardRow {
  by: DeciderKind
  id: string
  name: string
  counts: Record<Happening, number>
  /** From which desk to which, most often first; at most 6. */
  moves: Move[]
}

export interface DeskScore {
  deskId: string
  counts: Record<Happening, number>
  /** Where its cases went instead. */
  moves: Move[]
}

export interface Scorecard {
  cases: number
  /** There were more cases than are looked at: only the newest count. */
  cut: boolean
  rows: ScorecardRow[]
  desks: DeskScore[]
}

/** Cases behind one number of the scorecard. */
export interface ScorecardWhich {
  by: DeciderKind
  /** Rule or, with `by: 'desk'`, the desk. */
  id: string
  what: Happening
}

export interface ScorecardCase {
  caseId: string
  mentionId: string
  text: string
  at: number
  from: string | null
  to: string | null
}

const none = (): Record<Happening, number> =>
  Object.fromEntries(happenings.map((what) => [what, 0])) as Record<Happening, number>

const MOST_MOVES = 6
/** A decision that came to nothing: what the scorecard sorts by. */
export const misses = ({ rerouted, bounced, undone, noise: closed, otherwise }: Record<Happening, number>): number =>
  rerouted + bounced + undone + closed + otherwise

class Tally {
  readonly counts = none()
  readonly #moves = new Map<string, Move>()

  add({ what, deskId: from, to }: Event): void {
    this.counts[what]++
    if (what !== 'rerouted' && what !== 'bounced' && what !== 'otherwise') return
    const key = `${from}\n${to}`
    const known = this.#moves.get(key)
    if (known) known.count++
    else this.#moves.set(key, { from, to, count: 1 })
  }

  get moves(): Move[] {
    return [...this.#moves.values()].sort((a, b) => b.count - a.count).slice(0, MOST_MOVES)
  }
}

/** Counts what became of decisions, per decider and per desk; those with most misses first. */
export function scorecard(histories: Iterable<CaseHistory>, most: number): Scorecard {
  const rows = new Map<string, { row: Pick<ScorecardRow, 'by' | 'id' | 'name'>; tally: Tally }>()
  const desks = new Map<string, Tally>()
  let cases = 0
  for (const history of histories) {
    cases++
    for (const event of eventsOf(history)) {
      const key = `${event.by}\n${event.id}`
      let known = rows.get(key)
      if (!known) rows.set(key, (known = { row: { by: event.by, id: event.id, name: event.name }, tally: new Tally() }))
      known.tally.add(event)
      if (event.deskId === null || event.what === 'held' || event.what === 'followed' || event.what === 'otherwise')
        continue
      let desk = desks.get(event.deskId)
      if (!desk) desks.set(event.deskId, (desk = new Tally()))
      desk.add(event)
    }
  }
  const worst = (a: { counts: Record<Happening, number> }, b: { counts: Record<Happening, number> }): number =>
    misses(b.counts) - misses(a.counts) || b.counts.decided - a.counts.decided
  return {
    cases,
    cut: cases >= most,
    rows: [...rows.values()]
      .map(({ row, tally }) => ({ ...row, counts: tally.counts, moves: tally.moves }))
      .sort(worst),
    desks: [...desks].map(([deskId, tally]) => ({ deskId, counts: tally.counts, moves: tally.moves })).sort(worst),
  }
}

/** Whether an event is one of those behind a number. */
export const isOf = (event: Event, { by, id, what }: ScorecardWhich): boolean =>
  event.what === what && (by === 'desk' && id !== '' ? event.deskId === id : event.by === by && event.id === id)

/** Where people let it end up, and whether that is somewhere else than where it was first sent. null: not settled yet. */
export function verdictOf(history: CaseHistory): { first: string | null; last: string | null; noise: boolean } | null {
  let first: string | null | undefined = history.held ? history.hint : undefined
  let last: string | null = history.held ? history.hint : null
  let moved = false
  let closed = false
  for (const step of history.steps) {
    if (step.kind === 'case.closed') closed = step.reason === 'spam' || step.reason === 'notOurs'
    if (step.kind === 'case.reopened') closed = false
    if (step.deskId === undefined) continue
    if (first === undefined) first = step.deskId
    else if (step.actor.kind === 'officer' || step.actor.kind === 'desk') moved ||= step.deskId !== first
    last = step.deskId ?? last
  }
  if (!history.settled && !moved && !closed) return null
  return { first: first ?? null, last, noise: closed }
}
