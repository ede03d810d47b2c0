import { cut } from '#shared/util/text-length.ts'
import type { Suggestion } from '#shared/model/advice.ts'
import type { Mention } from '#shared/model/mention.ts'
import { priorities, type Priority } from '#shared/model/rule.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { ALIKE, closeOnes, Precedents, subjectOf, VOTERS, votes, type DeskVote } from './precedents.ts'
import type { MeaningOf } from '#engine/understanding/encoder/open.ts'
import type { ConceptsOf } from './concept-terms.ts'
import type { Prediction, Predictor } from './predictor.ts'
import { join, uncalibrated } from './suggesting.ts'
import type { StoredCase } from '#engine/store/queries/cases.ts'
import { mentionById } from '#engine/store/queries/mentions.ts'
import { decidedCases, lastReply, mentionOfCase, type DecidedCase } from '#engine/store/queries/precedents.ts'
import type { Store } from '#engine/store/store.ts'
import type { DeskBook } from '#engine/organisation/desk-book.ts'

const MOST = 5_000
/** Read at a time, so that everything else has its turn: about 5 ms. */
const AT_ONCE = 50
const EXAMPLES = 3
const WORDS = 6
/** Desks less likely than this are not named. */
const LEAST = 0.05
/** Without a like case, the classifier alone must be as sure as this to be heard. */
const LEAST_ALONE = 0.3
const MOST_DESKS = 5

const unwanted = new Set<StoredCase['closeReason']>(['spam', 'notOurs', 'duplicate'])
export const isDecided = (c: StoredCase): boolean =>
  c.deskId !== null &&
  (c.acceptedAt !== null || c.state === 'replied' || c.state === 'closed') &&
  !unwanted.has(c.closeReason)

/** What learns from decisions beside the precedents; see experience.ts. */
export interface LearnsFromDecisions extends Predictor {
  /** So many decisions were made or changed. */
  decided(count: number): void
  /** Called whenever more was learned: what was unsure before may be sure now. */
  onLearned(listener: () => void): void
}

/** Suggests from what was decided before, with the cases that it rests on. Learns from each case that somebody takes. */
export interface Suggestions {
  /** Reads the precedents in, a little at a time. */
  warm(): Promise<void>
  changed(cases: readonly StoredCase[]): void
  suggest(mention: Mention, ownCaseId: string | null): Promise<Suggestion[]>
  /** The cases most like a text, most alike first. */
  alike(mention: Mention, ownCaseId: string | null): Promise<{ caseId: string; likeness: number }[]>
}

// Long: one memory of past cases, which learning, warming, changing and asking have to keep in step.
export function createSuggestions(deps: {
  store: Store
  book: DeskBook
  clock: Clock
  experience?: LearnsFromDecisions | undefined
  /** What a text means, so that cases are found that say it in other words or another language; absent: by words alone. */
  meaningOf?: MeaningOf | null | undefined
  /** Parts and symptoms, said as what cases have in common; absent: none. */
  conceptsOf?: ConceptsOf | undefined
}): Suggestions {
  const { store, book, clock, experience, meaningOf, conceptsOf } = deps
  const precedents = new Precedents(MOST)
  let unread: DecidedCase[] | null = null
  let warming: Promise<void> | null = null
  /** Cases that changed while older ones were still being read: what was read for them is old. */
  const newer = new Set<string>()

  function learn(caseId: string, mentionId: string, deskId: string, priority: Priority): void {
    // A case changes some five times after it was decided, and its words never.
    if (precedents.renew({ caseId, deskId, priority })) return
    const mention = mentionById(store, mentionId)
    if (mention) precedents.add({ caseId, deskId, priority }, subjectOf(mention), meaningOf?.(mention.text) ?? null)
  }

  async function read(): Promise<void> {
    // A transaction that is open belongs to somebody who is not asked to wait.
    await Promise.resolve()
    unread = decidedCases(store, MOST).reverse()
    experience?.decided(unread.length)
    while (unread.length > 0) {
      for (const { caseId, mentionId, deskId, rank } of unread.splice(0, AT_ONCE)) {
        if (!newer.has(caseId)) learn(caseId, mentionId, deskId, priorities[rank] ?? 'normal')
      }
      await clock.sleep(0)
    }
    newer.clear()
  }
  const warm = (): Promise<void> => (warming ??= read())

  async function nearest(mention: Mention, ownCaseId: string | null) {
    await warm()
    return precedents
      .nearest(subjectOf(mention), VOTERS + 1, ALIKE, meaningOf?.(mention.text) ?? null)
      .filter(({ precedent }) => precedent.caseId !== ownCaseId)
      .slice(0, VOTERS)
  }

  function exampleOf(caseId: string): Suggestion['examples'][number] {
    const id = mentionOfCase(store, caseId)
    const text = id === undefined ? '' : cut(mentionById(store, id)?.text ?? '', 280)
    return { caseId, text, reply: lastReply(store, caseId) }
  }

  /** Those that at least half of the cases share with the mention. */
  function inCommon(mention: Mention, caseIds: readonly string[]): string[] {
    if (!conceptsOf) return []
    const theirs = caseIds.map((caseId) => {
      const id = mentionOfCase(store, caseId)
      const other = id === undefined ? undefined : mentionById(store, id)
      return new Set(other ? conceptsOf(other) : [])
    })
    const shared = (concept: string): number => theirs.filter((concepts) => concepts.has(concept)).length
    return theirs.length === 0 ? [] : conceptsOf(mention).filter((concept) => shared(concept) * 2 >= theirs.length)
  }

  return {
    warm,

    changed(cases) {
      if (warming === null) return
      let count = 0
      for (const c of cases) {
        if (unread !== null && unread.length > 0) newer.add(c.id)
        if (isDecided(c)) {
          learn(c.id, c.mentionId, c.deskId as string, c.priority)
          count++
        } else precedents.remove(c.id)
      }
      if (count > 0) experience?.decided(count)
    },

    async suggest(mention, ownCaseId) {
      const voted = votes(await nearest(mention, ownCaseId))
      const predicted = experience?.predict(mention.text) ?? null
      const live = <Voice extends { deskId: string }>(voices: readonly Voice[]): Voice[] =>
        voices.filter(({ deskId }) => book.desk(deskId)?.archived === false)
      const calibration = experience?.calibration() ?? uncalibrated
      const joined = join({ learned: live(predicted?.desks ?? []), votes: live(voted) }, calibration)
      if (voted.length === 0 && (joined[0]?.certainty ?? 0) < LEAST_ALONE) return []
      return joined
        .filter(({ certainty }, at) => at === 0 || certainty >= LEAST)
        .slice(0, MOST_DESKS)
        .map(({ deskId, certainty }) => {
          const like = voted.find((one) => one.deskId === deskId)
          const close = closeOnes(like?.precedents ?? [])
          return {
            deskId,
            deskName: book.desk(deskId)!.name,
            priority: priorityOf(like, predicted),
            certainty,
            precedents: close.length,
            words: predicted?.words(deskId).slice(0, WORDS) ?? [],
            concepts: inCommon(
              mention,
              close.map(({ precedent }) => precedent.caseId),
            ).slice(0, WORDS),
            checked: predicted !== null && calibration.weights !== null,
            examples: close.slice(0, EXAMPLES).map(({ precedent }) => exampleOf(precedent.caseId)),
          }
        })
    },

    async alike(mention, ownCaseId) {
      const found = await nearest(mention, ownCaseId)
      return found.map(({ precedent, likeness }) => ({ caseId: precedent.caseId, likeness }))
    },
  }
}

/** What the like cases of that desk had, joined in equal parts with what the classifier says. */
function priorityOf(like: DeskVote | undefined, predicted: Prediction | null): Priority {
  const chances = new Map(predicted?.priorities.map(({ label, certainty }) => [label, certainty]) ?? [])
  for (const { precedent } of like?.precedents ?? []) {
    chances.set(precedent.priority, (chances.get(precedent.priority) ?? 0) + 1 / like!.precedents.length)
  }
  const best = [...chances].sort((a, b) => b[1] - a[1])[0]?.[0]
  return priorities.find((priority) => priority === best) ?? 'normal'
}
