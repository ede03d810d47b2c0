import { cut } from '#shared/util/text-length.ts'
import type { AssignmentRehearsal, PersonChange } from '#shared/model/rehearsal.ts'
import type { Desk } from '#shared/model/desk.ts'
import type { Mention } from '#shared/model/mention.ts'
import type { Person } from '#shared/model/person.ts'
import type { Rule } from '#shared/model/rule.ts'
import { openMsBetween } from '#engine/routing/hours.ts'
import { PeopleRun, type Arrival, type Placed } from './rehearse-people.ts'
import type { StoredCase } from '#engine/store/queries/cases.ts'
import type { PeopleBook } from '#engine/organisation/people-book.ts'

const MINUTE = 60_000
const BUCKETS = 60
const PEOPLE = 50
const EXAMPLES = 20
/** What a case takes where nothing was ever answered. */
const UNKNOWN_MINUTES = 20
const MOST_MINUTES = 7 * 24 * 60
/** Shorter than this, no closing time lies between, or it hardly matters. */
const SHORT_MS = 4 * 60 * MINUTE

type Side = 'before' | 'after'
const sides = ['before', 'after'] as const
/** Whether a mention's clock would have run out, by both sets of rules; filled in when its case was played. */
export type Late = Record<Side, boolean>

interface Sent extends Omit<Arrival, 'minutes'> {
  text: string
  own: number | null
  late: Late
}

/**
 * Collects what both sets of rules send to desks with people, then plays it through.
 * Long: two runs side by side; what is sent, played and reported is held against each other at every step.
 */
export function rehearseAssignment(deps: {
  people: PeopleBook
  desks: readonly Desk[]
  changes: readonly PersonChange[]
  from: number
  to: number
}) {
  const { people, from, to } = deps
  const desks = new Map(deps.desks.map((desk) => [desk.id, desk]))
  const sent: Record<Side, Sent[]> = { before: [], after: [] }
  const changes = new Map(deps.changes.map((change) => [change.id, change]))
  /** Like the people of a desk as they are saved, but for what was changed. */
  const changed = (deskId: string): Person[] => {
    const saved = people.ofDesk(deskId)
    const others = deps.changes.filter(({ id, deskIds }) => deskIds?.includes(deskId) && !saved.some((one) => one.id === id)) // prettier-ignore
    return [...saved, ...others.flatMap(({ id }) => people.get(id) ?? [])].flatMap((person) => {
      const change = changes.get(person.id)
      if (!change) return [person]
      if (change.deskIds && !change.deskIds.includes(deskId)) return []
      const { capacity = person.capacity, skills = person.skills, deskIds = person.deskIds } = change
      // Who is absent still belongs to the desk: its cases wait, it does not become a mailbox.
      return [{ ...person, capacity, skills, deskIds, archived: person.archived || change.absent === true }]
    })
  }
  const options = { desks, from, to, buckets: BUCKETS }
  const runs: Record<Side, PeopleRun> = {
    before: new PeopleRun({ ...options, peopleOf: (id) => people.ofDesk(id) }),
    after: new PeopleRun({ ...options, peopleOf: changed }),
  }

  /** Minutes of the desk's own time from being taken to being answered. */
  function ownMinutes(known: StoredCase | undefined): number | null {
    const done = known?.repliedAt ?? known?.closedAt ?? null
    const taken = known?.acceptedAt ?? null
    if (!known || done === null || taken === null || done <= taken) return null
    const hours = desks.get(known.deskId ?? '')?.hours
    const ms = hours === undefined || done - taken < SHORT_MS ? done - taken : openMsBetween(hours, taken, done)
    return Math.min(MOST_MINUTES, Math.max(1, ms / MINUTE))
  }

  return {
    hasPeople: (side: Side, deskId: string): boolean => runs[side].hasPeople(deskId),

    send(side: Side, rule: Rule, deskId: string, mention: Mention, known: StoredCase | undefined, late: Late): void {
      const { priority, skills } = rule.then
      const { lang, country, seenAt: at, id: mentionId } = mention
      sent[side].push({ mentionId, at, deskId, priority, skills, lang, country, own: ownMinutes(known), text: cut(mention.text, 280), late }) // prettier-ignore
    },

    /** Plays `before`, then `after`. Yields now and then, so that others have their turn. */
    *play(): Generator<undefined, AssignmentRehearsal | null, void> {
      if (sent.before.length === 0 && sent.after.length === 0) return null
      const median = medians([...sent.before, ...sent.after])
      const placed: Record<Side, Map<string, Placed>> = { before: new Map(), after: new Map() }
      for (const side of sides) {
        const run = runs[side]
        // Rows come in order of arrival; a clock that was set back must not turn the play around.
        sent[side].sort((a, b) => a.at - b.at)
        for (const [no, one] of sent[side].entries()) {
          run.arrive({ ...one, minutes: one.own ?? median.of(one.deskId) })
          if (no % 100 === 99) yield
        }
        run.finish()
        for (const [no, { mentionId, placed: one }] of run.results().entries()) {
          placed[side].set(mentionId, one)
          sent[side][no]!.late[side] = one.breached
        }
        yield
      }
      return report(placed, median)
    },
  }

  function report(placed: Record<Side, Map<string, Placed>>, median: ReturnType<typeof medians>): AssignmentRehearsal {
    const both = <T>(of: (side: Side) => T): { before: T; after: T } => ({ before: of('before'), after: of('after') })
    const names = new Map<string, string>()
    const hands = both((side) => new Map(runs[side].people.map((hand) => [hand.person.id, hand])))
    for (const side of sides) for (const { person } of hands[side].values()) names.set(person.id, person.name)
    const rows = [...names]
      .map(([personId, name]) => ({
        personId,
        name,
        capacity: both((side) => hands[side].get(personId)?.person.capacity ?? 0),
        cases: both((side) => hands[side].get(personId)?.cases ?? 0),
        busiest: both((side) => hands[side].get(personId)?.busiest ?? 0),
      }))
      .sort((a, b) => b.cases.after - a.cases.after || b.cases.before - a.cases.before || (a.name < b.name ? -1 : 1))
    const queues = both((side) => new Map(runs[side].queues.map((queue) => [queue.deskId, queue])))
    const times = both((side) => [...placed[side].values()].flatMap(({ waitMinutes }) => waitMinutes ?? []).sort((a, b) => a - b)) // prettier-ignore
    const quantile = (side: Side, q: number): number =>
      Math.round((times[side][Math.min(times[side].length - 1, Math.floor(times[side].length * q))] ?? 0) * 10) / 10
    const texts = new Map([...sent.before, ...sent.after].map(({ mentionId, text }) => [mentionId, text]))
    const person = (side: Side, mentionId: string): string | null => placed[side].get(mentionId)?.personId ?? null
    const moved = [...texts.keys()].filter((id) => person('before', id) !== person('after', id))
    return {
      cases: both((side) => sent[side].length),
      people: rows.slice(0, PEOPLE),
      morePeople: Math.max(0, rows.length - PEOPLE),
      queues: [...new Set([...queues.before.keys(), ...queues.after.keys()])]
        .map((deskId) => ({
          deskId,
          deskName: desks.get(deskId)?.name ?? deskId,
          longest: both((side) => queues[side].get(deskId)?.longest ?? 0),
          waited: both((side) => queues[side].get(deskId)?.waited ?? 0),
        }))
        .filter(({ longest }) => longest.before + longest.after > 0)
        .sort((a, b) => b.longest.after - a.longest.after || b.longest.before - a.longest.before),
      queueOverTime: runs.after.queueOverTime.map((after, i) => ({
        at: Math.round(from + ((to - from) * i) / BUCKETS),
        before: runs.before.queueOverTime[i] ?? 0,
        after,
      })),
      wait: { median: both((side) => quantile(side, 0.5)), p95: both((side) => quantile(side, 0.95)) },
      unplaced: both((side) => runs[side].unplaced),
      unfit: both((side) => runs[side].unfit),
      changed: moved.length,
      examples: moved.slice(0, EXAMPLES).map((mentionId) => ({
        mentionId,
        text: texts.get(mentionId) ?? '',
        before: names.get(person('before', mentionId) ?? '') ?? null,
        after: names.get(person('after', mentionId) ?? '') ?? null,
      })),
      assumed: { ownTime: median.known, medianMinutes: Math.round(median.all * 10) / 10 },
    }
  }
}

/** Medians of what cases took, by desk and of all; each mention once. */
function medians(sent: readonly Sent[]): { of(deskId: string): number; all: number; known: number } {
  const byDesk = new Map<string, number[]>()
  const all: number[] = []
  const seen = new Set<string>()
  for (const { own, deskId, mentionId } of sent) {
    if (own === null || seen.has(mentionId)) continue
    seen.add(mentionId)
    all.push(own)
    const known = byDesk.get(deskId)
    if (known) known.push(own)
    else byDesk.set(deskId, [own])
  }
  const middle = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? UNKNOWN_MINUTES
  const overall = middle(all)
  const ofDesk = new Map([...byDesk].map(([deskId, values]) => [deskId, middle(values)]))
  return { of: (deskId) => ofDesk.get(deskId) ?? overall, all: overall, known: all.length }
}
