import { cut } from '#shared/util/text-length.ts'
import type { RehearsalReport } from '#shared/model/rehearsal.ts'
import type { PersonChange } from '#shared/model/rehearsal.ts'
import type { Mention } from '#shared/model/mention.ts'
import type { Rule } from '#shared/model/rule.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { dueAt } from '#engine/routing/clocks.ts'
import { compileRules, type CompiledRules } from '#engine/routing/compile.ts'
import { decide, outcome, outcomeAnd } from '#engine/routing/decide.ts'
import { factsOf, type Known } from '#engine/routing/facts.ts'
import { lintPeople } from '#engine/routing/lint-people.ts'
import { lintRules } from '#engine/routing/lint.ts'
import { readCategories } from '#engine/store/queries/categories.ts'
import { caseOfMention, type StoredCase } from '#engine/store/queries/cases.ts'
import { headcounts } from '#engine/store/queries/headcounts.ts'
import { countBetween, lastSeenBy } from '#engine/store/queries/review.ts'
import { firstSeenAfter } from '#engine/store/queries/decisions.ts'
import { mentionsToRoute } from '#engine/store/queries/routing-cursor.ts'
import { documentInStore } from '#engine/store/queries/search-document.ts'
import type { Store } from '#engine/store/store.ts'
import type { DeskBook } from '#engine/organisation/desk-book.ts'
import type { PeopleBook } from '#engine/organisation/people-book.ts'
import { rehearsedProblems } from './rehearsed-problems.ts'
import { countTried } from './tried-rules.ts'
import { rehearseAssignment, type Late } from './rehearse-assignment.ts'

export interface RehearseDeps {
  store: Store
  book: DeskBook
  people: PeopleBook
  clock: Clock
  timeZone: string
  isRouted(listenId: string): boolean
  known?: (mention: Mention, windows: readonly number[]) => Partial<Known>
}

export interface RehearsalInput {
  rules: readonly Rule[]
  from: number
  to: number
  /** People as they might be, for the tried rules only. */
  people?: readonly PersonChange[]
}

export interface RehearsalProgress {
  done: number
  total: number
  report: RehearsalReport | null
}

const BATCH = 200
/** Mentions between two turns for others. */
const TURN = 40
const EXAMPLES = 20
const NOWHERE = 'Not forwarded'

/** Where a rule sends, as a rehearsal compares it: a desk, a person's decision, or nowhere. */
interface Way {
  position: number
  deskId: string | null
  opens: boolean
}

function wayOf(compiled: CompiledRules, position: number): Way {
  const rule = compiled.rules[position]
  if (!rule) return { position, deskId: null, opens: false }
  const { then } = rule.rule
  const opens = !then.mute && (then.deskId !== null || then.hold)
  return { position, deskId: opens ? (rule.desk?.id ?? null) : null, opens }
}

/**
 * What these rules would have done with the mentions seen in [from, to), against the rules in force. Cases of an author, which
 * only the moment knew, are those of a rehearsed past: what the rules themselves would have opened. How busy a desk was is not
 * known there, so that no condition on it holds. Then plays what came to desks with people through their hands (rehearse-assignment.ts). Yields
 * progress after each batch and the report at last; ends early when the consumer stops.
 * Long: one pass over the past; everything that is counted in it adds to one report.
 */
export async function* rehearse(
  deps: RehearseDeps,
  input: RehearsalInput,
): AsyncGenerator<RehearsalProgress, undefined, void> {
  const { store, book, clock } = deps
  const startedAt = clock.monotonic()
  const desks = book.desks()
  const before = compileRules(book.rules(), desks)
  // With a thousand rules each of these takes a tenth of a second: everything else has its turn in between.
  await clock.sleep(0)
  const after = compileRules(input.rules, desks)
  await clock.sleep(0)
  const problems = lintRules(input.rules, desks, readCategories(store))
  await clock.sleep(0)
  problems.push(...lintPeople(input.rules, desks, { ofDesk: deps.people.ofDesk, ...headcounts(store) }))
  await clock.sleep(0)
  const windows = [...new Set([...before.problemWindows, ...after.problemWindows])].sort((a, b) => a - b)
  const problemThen = rehearsedProblems(store, windows)
  const first = lastSeenBy(store, input.from - 1)
  const last = lastSeenBy(store, input.to - 1)
  const total = countBetween(store, first, last)

  const cases = { before: new Map<string, number>(), after: new Map<string, number>() }
  const authorMentions = new Map<string, number>()
  const load = new Map<string | null, { before: number; after: number }>()
  const fired = new Map<string | null, { ruleName: string; before: number; after: number }>()
  const report: RehearsalReport = {
    mentions: 0,
    routedBefore: 0,
    routedAfter: 0,
    moved: 0,
    load: [],
    breachesGained: 0,
    breachesLost: 0,
    fired: [],
    tried: [],
    examples: [],
    uncaught: { count: 0, examples: [] },
    problems,
    assignment: null,
    seconds: 0,
  }

  const count = (side: 'before' | 'after', way: Way, compiled: CompiledRules): void => {
    const rule = compiled.rules[way.position]?.rule
    const known = fired.get(rule?.id ?? null) ?? { ruleName: rule?.name ?? 'No rule', before: 0, after: 0 }
    known[side]++
    fired.set(rule?.id ?? null, known)
    const desk = load.get(way.deskId) ?? { before: 0, after: 0 }
    if (way.opens) desk[side]++
    load.set(way.deskId, desk)
  }

  const assignment = rehearseAssignment({
    people: deps.people,
    desks,
    changes: input.people ?? [],
    // A queue over a month of which only the last day was heard would be a line and a needle.
    from: Math.max(input.from, firstSeenAfter(store, first) ?? input.from),
    to: input.to,
  })
  const lates: Late[] = []
  const tried = countTried(book.rules(), after)

  /** Desks with people are played through later; of a mailbox, what counts is when it was really answered. */
  function send(
    side: keyof Late,
    compiled: CompiledRules,
    way: Way,
    mention: Mention,
    known: StoredCase | undefined,
    late: Late,
  ): void {
    const rule = compiled.rules[way.position]
    if (!rule || !way.opens) return
    if (way.deskId !== null && !rule.rule.then.hold && assignment.hasPeople(side, way.deskId)) {
      assignment.send(side, rule.rule, way.deskId, mention, known, late)
      return
    }
    const due = dueAt(rule.desk, rule.rule.then.priority, mention.seenAt)
    late[side] = due !== null && (known?.repliedAt ?? clock.now()) > due
  }

  function look(mention: Mention): void {
    const author = mention.author && `${mention.network}\n${mention.author.id}`
    const earlier = author === null ? 0 : (authorMentions.get(author) ?? 0)
    if (author !== null) authorMentions.set(author, earlier + 1)
    if (!mention.private && !mention.listenIds.some(deps.isRouted)) return
    report.mentions++
    const doc = documentInStore(store, mention)
    const { problemId = null, ...known } = deps.known?.(mention, []) ?? {}
    const problem = problemId === null ? null : problemThen(problemId, mention)
    const shared: Known = { timeZone: deps.timeZone, authorMentions: earlier, ...known, ...(problem && { problemId, ...problem }) } // prettier-ignore
    const facts = (side: 'before' | 'after') =>
      factsOf(mention, { ...shared, authorCases: author === null ? 0 : (cases[side].get(author) ?? 0) })
    const was = wayOf(before, outcome(before, facts('before'), doc).winner)
    const { winner, holding } = outcomeAnd(after, facts('after'), doc, tried.positions)
    const is = wayOf(after, winner)
    tried.look(holding, winner)
    count('before', was, before)
    count('after', is, after)
    if (is.position < 0) {
      report.uncaught.count++
      if (report.uncaught.examples.length < EXAMPLES)
        report.uncaught.examples.push({ mentionId: mention.id, text: cut(mention.text, 280) })
    }
    if (was.opens) report.routedBefore++
    if (is.opens) report.routedAfter++
    if (was.opens !== is.opens || was.deskId !== is.deskId) {
      report.moved++
      if (report.examples.length < EXAMPLES) {
        report.examples.push({
          mentionId: mention.id,
          text: cut(mention.text, 280),
          before: decide(before, facts('before'), doc).explanation,
          after: decide(after, facts('after'), doc).explanation,
        })
      }
    }
    if (was.opens || is.opens) {
      const known = caseOfMention(store, mention.id)
      const late: Late = { before: false, after: false }
      lates.push(late)
      send('before', before, was, mention, known, late)
      send('after', after, is, mention, known, late)
    }
    if (author === null) return
    if (was.opens) cases.before.set(author, (cases.before.get(author) ?? 0) + 1)
    if (is.opens) cases.after.set(author, (cases.after.get(author) ?? 0) + 1)
  }

  let seq = first
  for (;;) {
    const mentions = mentionsToRoute(store, seq, BATCH)
    for (const [no, mention] of mentions.entries()) {
      if (mention.seq <= last) look(mention)
      if (no % TURN === TURN - 1) await clock.sleep(0)
    }
    const newest = mentions.at(-1)
    if (mentions.length < BATCH || !newest || newest.seq >= last) break
    seq = newest.seq
    yield { done: countBetween(store, first, seq), total, report: null }
    // Everything else has its turn between two batches.
    await clock.sleep(0)
  }
  const playing = assignment.play()
  for (let step = playing.next(); ; step = playing.next()) {
    if (step.done) {
      report.assignment = step.value
      break
    }
    yield { done: total, total, report: null }
    await clock.sleep(0)
  }
  for (const late of lates) {
    if (late.after && !late.before) report.breachesGained++
    if (late.before && !late.after) report.breachesLost++
  }
  const nameOf = (id: string | null): string => (id === null ? NOWHERE : (book.desk(id)?.name ?? id))
  report.load = [...load]
    .filter(([, n]) => n.before + n.after > 0)
    .map(([deskId, n]) => ({ deskId, deskName: nameOf(deskId), ...n }))
    .sort((a, b) => b.after - a.after || b.before - a.before)
  report.fired = [...fired]
    .map(([ruleId, n]) => ({ ruleId, ...n }))
    .sort((a, b) => b.after - a.after || b.before - a.before)
  report.tried = tried.report()
  report.seconds = Math.round(clock.monotonic() - startedAt) / 1000
  yield { done: total, total, report }
}
