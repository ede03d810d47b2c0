import { elapsed } from '#shared/util/elapsed.ts'
import type { Desk } from '#shared/model/desk.ts'
import type { Person } from '#shared/model/person.ts'
import { priorities, type Priority, type RequiredSkill } from '#shared/model/rule.ts'
import { assign, isFit, relaxed, type Candidate, type Need } from '#engine/routing/assign.ts'
import { dueAt } from '#engine/routing/clocks.ts'
import { addOpenMinutes, stretchAt } from '#engine/routing/hours.ts'
import { MinHeap } from '#engine/routing/min-heap.ts'

/** A case as the rules would have brought it to a desk. */
export interface Arrival {
  mentionId: string
  at: number
  deskId: string
  priority: Priority
  skills: readonly RequiredSkill[]
  lang: string | null
  country: string | null
  /** Minutes that somebody works on it. */
  minutes: number
}

/** One case on its way through the desks. */
interface Waiting extends Need {
  arrival: Arrival
  deskId: string
  priority: Priority
  dueAt: number | null
  queuedAt: number
  waited: number
  /** Order of arrival. */
  no: number
}

/** What became of a case. */
export interface Placed {
  personId: string | null
  /** Minutes until it had a person; null: nobody had it at the end. */
  waitMinutes: number | null
  breached: boolean
}

interface Hand extends Candidate {
  desks: string[]
  cases: number
  busiest: number
  /** Of the clock that is looked at last: whether they are there, and until when that holds. */
  there: boolean
  until: number
}

interface DeskState {
  hands: Hand[]
  queue: Waiting[]
  longest: number
  waited: number
  /** When somebody comes next; Infinity: not planned. */
  look: number
}

type Event = { at: number } & (
  { do: 'free'; hand: Hand } | { do: 'look'; deskId: string } | { do: 'wait'; one: Waiting; step: number }
)

export interface RunOptions {
  desks: ReadonlyMap<string, Desk>
  peopleOf(deskId: string): readonly Person[]
  from: number
  to: number
  /** Stretches that the length of the queue is told for. */
  buckets: number
}

const MINUTE = 60_000
/** Stable for any number of equal ranks. */
const order = (a: Waiting, b: Waiting): number =>
  priorities.indexOf(a.priority) - priorities.indexOf(b.priority) ||
  (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) ||
  a.queuedAt - b.queuedAt ||
  a.no - b.no

/**
 * Plays cases through desks with people, by the same rules as in earnest (assign.ts): who gets it, the holding queue, the
 * desk's actions for long waiting. People are there in their working hours and hold a case for as many of their own
 * working minutes as it takes; everybody starts with empty hands. Pure; feed arrivals in order of time.
 */
export class PeopleRun {
  readonly #options: RunOptions
  readonly #desks = new Map<string, DeskState | null>()
  readonly #hands = new Map<string, Hand>()
  readonly #events = new MinHeap<Event>((event) => event.at)
  readonly #placed = new Map<Waiting, Placed>()
  readonly #results: Waiting[] = []
  readonly #buckets: number[]
  #queued = 0
  #bucket = 0
  #unfit = 0

  constructor(options: RunOptions) {
    this.#options = options
    this.#buckets = new Array<number>(options.buckets).fill(0)
  }

  /** Whether the desk has people at all; without, it is a mailbox and nothing is rehearsed. */
  hasPeople(deskId: string): boolean {
    return this.#desk(deskId) !== null
  }

  arrive(arrival: Arrival): void {
    this.#until(arrival.at)
    const { deskId, priority, skills, lang, country } = arrival
    const one: Waiting = {
      arrival,
      deskId,
      priority,
      skills,
      lang,
      country,
      dueAt: dueAt(this.#options.desks.get(deskId), priority, arrival.at),
      queuedAt: arrival.at,
      waited: 0,
      no: this.#results.length,
    }
    this.#results.push(one)
    if (!this.#place(one, arrival.at)) this.#queue(one, arrival.at)
  }

  /** Plays on to the end of the period. */
  finish(): void {
    this.#until(this.#options.to)
    this.#note(this.#options.to)
  }

  #until(at: number): void {
    for (let next = this.#events.peek(); next && next.at <= at; next = this.#events.peek()) {
      this.#events.pop()
      this.#note(next.at)
      if (next.do === 'free') this.#free(next.hand, next.at)
      else if (next.do === 'look') this.#look(next.deskId, next.at)
      else this.#wait(next.one, next.step, next.at)
    }
    this.#note(at)
  }

  #desk(deskId: string): DeskState | null {
    let state = this.#desks.get(deskId)
    if (state === undefined) {
      const hands = this.#options.peopleOf(deskId).map((person) => {
        let hand = this.#hands.get(person.id)
        if (!hand) {
          hand = { person, open: 0, idleSince: 0, desks: [], cases: 0, busiest: 0, there: false, until: -Infinity }
          this.#hands.set(person.id, hand)
        }
        hand.desks.push(deskId)
        return hand
      })
      state = hands.length === 0 ? null : { hands, queue: [], longest: 0, waited: 0, look: Infinity }
      this.#desks.set(deskId, state)
    }
    return state
  }

  #isThere(hand: Hand, at: number): boolean {
    if (at >= hand.until) {
      const { open, until } = stretchAt(hand.person.hours, at)
      hand.there = open
      hand.until = until
    }
    return hand.there
  }

  /** Gives it to somebody who may take it now. */
  #place(one: Waiting, at: number): boolean {
    const state = this.#desk(one.deskId)
    if (state === null) return false
    const found = assign(state.hands, one, at, (person) => this.#isThere(this.#hands.get(person.id)!, at))
    if (found.personId === null) return false
    this.#give(one, this.#hands.get(found.personId)!, at)
    return true
  }

  #give(one: Waiting, hand: Hand, at: number): void {
    hand.open++
    hand.cases++
    hand.idleSince = at
    hand.busiest = Math.max(hand.busiest, hand.open)
    const done = addOpenMinutes(hand.person.hours, at, one.arrival.minutes) ?? Infinity
    if (done !== Infinity) this.#events.push({ at: done, do: 'free', hand })
    this.#placed.set(one, {
      personId: hand.person.id,
      waitMinutes: elapsed(one.arrival.at, at) / MINUTE,
      breached: one.dueAt !== null && done > one.dueAt,
    })
  }

  #queue(one: Waiting, at: number): void {
    const state = this.#desk(one.deskId)!
    if (!state.hands.some(({ person }) => isFit(one, person))) this.#unfit++
    one.queuedAt = at
    insert(state.queue, one)
    this.#queued++
    state.waited++
    state.longest = Math.max(state.longest, state.queue.length)
    this.#note(at)
    this.#planWait(one)
    this.#planLook(one.deskId, state, at)
  }

  #leave(state: DeskState, one: Waiting): void {
    const place = state.queue.indexOf(one)
    if (place < 0) return
    state.queue.splice(place, 1)
    this.#queued--
  }

  /** Somebody has room: the first of the queue that they may take. All others of the desk were full or away before. */
  #free(hand: Hand, at: number): void {
    hand.open--
    hand.idleSince = at
    for (const deskId of hand.desks) {
      const state = this.#desk(deskId)!
      if (state.queue.length === 0) continue
      if (hand.open < hand.person.capacity && this.#isThere(hand, at)) {
        const one = state.queue.find((waiting) => isFit(waiting, hand.person))
        if (one) {
          this.#leave(state, one)
          this.#give(one, hand, at)
        }
      }
      this.#planLook(deskId, state, at)
    }
  }

  /** Somebody came to work. */
  #look(deskId: string, at: number): void {
    const state = this.#desk(deskId)!
    state.look = Infinity
    const free = (): boolean => state.hands.some((hand) => hand.open < hand.person.capacity && this.#isThere(hand, at))
    for (const one of state.queue.slice()) {
      if (!free()) break
      if (this.#place(one, at)) this.#leave(state, one)
    }
    this.#planLook(deskId, state, at)
  }

  #planLook(deskId: string, state: DeskState, at: number): void {
    if (state.queue.length === 0) return
    let next = Infinity
    for (const hand of state.hands) if (!this.#isThere(hand, at)) next = Math.min(next, hand.until)
    if (next >= state.look) return
    state.look = next
    this.#events.push({ at: next, do: 'look', deskId })
  }

  #planWait(one: Waiting): void {
    const action = this.#options.desks.get(one.deskId)?.waiting[one.waited]
    if (action)
      this.#events.push({ at: one.queuedAt + action.afterMinutes * MINUTE, do: 'wait', one, step: one.waited })
  }

  /** The desk's next action for a case that waits for too long. */
  #wait(one: Waiting, step: number, at: number): void {
    const state = this.#desk(one.deskId)!
    const desk = this.#options.desks.get(one.deskId)
    const action = desk?.waiting[step]
    if (!action || one.waited !== step || !state.queue.includes(one)) return
    one.waited++
    this.#leave(state, one)
    const other = action.do === 'move' && action.deskId !== one.deskId ? this.#options.desks.get(action.deskId ?? '') : undefined // prettier-ignore
    if (other && !other.archived) {
      one.deskId = other.id
      one.waited = 0
      // A desk without people is a mailbox: it has the case, and nobody is waited for.
      if (this.#desk(other.id) === null) {
        this.#placed.set(one, { personId: null, waitMinutes: null, breached: false })
        return
      }
    }
    if (action.do === 'relax') one.skills = relaxed(one.skills)
    if (action.do === 'raise') {
      one.priority = priorities[Math.max(0, priorities.indexOf(one.priority) - 1)] ?? one.priority
      one.dueAt = dueAt(desk, one.priority, one.arrival.at)
    }
    if (this.#place(one, at)) return
    const now = this.#desk(one.deskId)!
    if (other) one.queuedAt = at
    insert(now.queue, one)
    this.#queued++
    now.longest = Math.max(now.longest, now.queue.length)
    this.#planWait(one)
    this.#planLook(one.deskId, now, at)
  }

  /** The queue has been as long as now since the last time. */
  #note(at: number): void {
    const { from, to, buckets } = this.#options
    const bucket = Math.min(buckets - 1, Math.max(0, Math.floor(((at - from) / Math.max(1, to - from)) * buckets)))
    for (; this.#bucket <= bucket; this.#bucket++) this.#raise(this.#bucket)
    this.#bucket = bucket
    this.#raise(bucket)
  }

  #raise(bucket: number): void {
    this.#buckets[bucket] = Math.max(this.#buckets[bucket]!, this.#queued)
  }

  /** In order of arrival. A clock that ran out within the period with nobody at the case counts as breached. */
  results(): { mentionId: string; placed: Placed }[] {
    const { to } = this.#options
    return this.#results.map((one) => ({
      mentionId: one.arrival.mentionId,
      placed: this.#placed.get(one) ?? {
        personId: null,
        waitMinutes: null,
        breached: one.dueAt !== null && one.dueAt < to,
      },
    }))
  }

  get people(): { person: Person; cases: number; busiest: number }[] {
    return [...this.#hands.values()]
  }

  get queues(): { deskId: string; longest: number; waited: number }[] {
    return [...this.#desks].flatMap(([deskId, state]) =>
      state === null ? [] : [{ deskId, longest: state.longest, waited: state.waited }],
    )
  }

  /** Cases that still waited for somebody at the end. */
  get unplaced(): number {
    return this.#results.length - this.#placed.size
  }

  /** Cases that nobody of their desk could ever have taken as they came. */
  get unfit(): number {
    return this.#unfit
  }

  get queueOverTime(): readonly number[] {
    return this.#buckets
  }
}

/** Into a queue that is in order already. */
function insert(queue: Waiting[], one: Waiting): void {
  let low = 0
  let high = queue.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (order(queue[middle]!, one) <= 0) low = middle + 1
    else high = middle
  }
  queue.splice(low, 0, one)
}
