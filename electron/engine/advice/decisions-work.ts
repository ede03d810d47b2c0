import { priorities } from '#shared/model/rule.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { lintPeople } from '#engine/routing/lint-people.ts'
import { lintRules } from '#engine/routing/lint.ts'
import type { MeaningOf } from '#engine/understanding/encoder/open.ts'
import { subjectOf } from './precedents.ts'
import { proposeRules } from './proposals.ts'
import { eventsOf, isOf, scorecard, type ScorecardCase } from './scorecard.ts'
import type { Reads } from '#engine/store/reads.ts'
import { mentionStart } from '#engine/store/queries/decisions.ts'
import { headcounts } from '#engine/store/queries/headcounts.ts'
import { readCategories } from '#engine/store/queries/categories.ts'
import { mentionById } from '#engine/store/queries/mentions.ts'
import { peopleOfDesk } from '#engine/store/queries/people.ts'
import { decidedCases } from '#engine/store/queries/precedents.ts'
import { evidenceOf } from './evidence.ts'
import { histories, MOST_CASES } from './histories.ts'
import { learn, type Decided } from './learn.ts'
import type { DecisionsCalls } from './decisions-protocol.ts'

type Answers = {
  [Call in keyof DecisionsCalls]: (input: DecisionsCalls[Call]['input']) => DecisionsCalls[Call]['output']
}

const TEXT_SHOWN = 200

/** What the thread answers, on its own connection. `meaningOf`: an encoder's `encode`; null: there is none. */
export function answerers(reads: Reads, clock: Pick<Clock, 'monotonic'>, meaningOf: MeaningOf | null = null): Answers {
  function decided(most: number): Decided[] {
    return decidedCases(reads, most)
      .reverse()
      .flatMap(({ caseId, mentionId, deskId, rank }) => {
        const mention = mentionById(reads, mentionId)
        if (!mention) return []
        const priority = priorities[rank] ?? 'normal'
        const meaning = meaningOf?.(mention.text) ?? null
        return [{ caseId, text: mention.text, terms: subjectOf(mention), meaning, deskId, priority }]
      })
  }

  return {
    learn: ({ most }) => learn(decided(most), () => clock.monotonic() / 1000),
    lint: ({ rules, desks }) => [
      ...lintRules(rules, desks, readCategories(reads)),
      ...lintPeople(rules, desks, { ofDesk: (deskId) => peopleOfDesk(reads, deskId), ...headcounts(reads) }),
    ],
    scorecard: ({ from, to }) => scorecard(histories(reads, from, to), MOST_CASES),
    cases({ from, to, which, most }) {
      const found: ScorecardCase[] = []
      for (const history of histories(reads, from, to)) {
        const event = eventsOf(history).find((one) => isOf(one, which))
        if (!event) continue
        found.push({
          caseId: history.caseId,
          mentionId: history.mentionId,
          text: mentionStart(reads, history.mentionId, TEXT_SHOWN),
          at: event.at,
          from: event.deskId,
          to: event.to,
        })
        if (found.length === most) break
      }
      return found
    },
    proposals: (input) => proposeRules([...evidenceOf(reads, input)], input.rules, input.desks),
  }
}
