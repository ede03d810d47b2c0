import type { Condition, Rule, RuleAction } from '#shared/model/rule.ts'
import { said } from '#shared/words/said.ts'
import { inEnglish } from '#shared/words/words.ts'
import { starterDeskIds as desk } from './desks.ts'
import * as queries from './queries.ts'

/** The classifier's word counts where it is sure; a wrong alarm at the legal desk costs more than a second look. */
const intent = (label: string, certainty: number): Condition => ({
  all: [
    { fact: 'intent', is: [label] },
    { fact: 'intentCertainty', atLeast: certainty },
  ],
})
const negative: Condition = { fact: 'sentiment', is: ['negative'] }
const repost: Condition = { fact: 'kind', is: ['repost'] }
/** A network or a person who has this many listeners is answered by the officer, not by a queue. */
const influential: Condition = {
  any: [
    { fact: 'followers', atLeast: 25_000 },
    { fact: 'influence', atLeast: 80 },
  ],
}
const german: Condition = {
  any: [
    { fact: 'lang', is: ['de'] },
    { fact: 'country', is: ['DE', 'AT', 'CH'] },
  ],
}
const notPleased: Condition = { not: { fact: 'sentiment', is: ['positive'] } }
const alone: Condition = { fact: 'private', is: [true] }
const leaves: Condition = { any: [{ query: queries.churnQuery }, intent('churn', 0.7)] }
const complains: Condition = {
  any: [
    { all: [negative, { query: queries.complaintQuery }] },
    { all: [notPleased, intent('complaint', 0.6)] },
    { all: [alone, negative] },
  ],
}
const unhappy: Condition = { any: [{ query: queries.complaintQuery }, { all: [notPleased, intent('complaint', 0.6)] }] }
/** A problem counts as seen often from five mentions by three people within two hours. */
const seenOften: Condition = { problem: { mentions: 5, authors: 3, withinMinutes: 120 } }

const to = (deskId: string | null, more: Partial<RuleAction> = {}): RuleAction => ({
  deskId,
  priority: 'normal',
  skills: [],
  hold: false,
  approval: false,
  tags: [],
  mute: false,
  alert: false,
  ...more,
})

/**
 * The rules that a new station starts with, tried in this order. From the practice of the listening centers at Dell,
 * Kodak and Comcast: danger and law first; who is widely heard goes to the officer; what many people have goes to the
 * technical desk, and care answers with their solution; language and country decide who answers; not everything is
 * forwarded.
 */
export function starterRules(): Rule[] {
  return starters.map(({ id, group, when, then }, i) => ({
    id,
    name: inEnglish(said(`starter.${id}`)),
    group: inEnglish(said(`starter.group_${group}`)),
    when,
    then,
    order: (i + 1) * 10,
    enabled: true,
  }))
}

const starters = [
  {
    id: 'rule_repost',
    group: 'heard',
    when: repost,
    then: to(null),
  },
  {
    id: 'rule_safety',
    group: 'first',
    when: { query: queries.safetyQuery },
    then: to(desk.legal, { priority: 'urgent', approval: true, alert: true, tags: ['safety'] }),
  },
  {
    id: 'rule_legal',
    group: 'first',
    when: {
      any: [
        { query: queries.legalQuery },
        { all: [{ any: [intent('legal', 0.9), intent('violence', 0.9)] }, negative] },
      ],
    },
    then: to(desk.legal, { priority: 'urgent', approval: true, tags: ['legal'] }),
  },
  {
    id: 'rule_press',
    group: 'first',
    when: {
      any: [{ query: queries.pressQuery }, { query: queries.publicQuery }, { all: [intent('press', 0.8), alone] }],
    },
    then: to(desk.press, { priority: 'high', approval: true, tags: ['press'] }),
  },
  {
    id: 'rule_influencer',
    group: 'influence',
    when: {
      all: [
        influential,
        negative,
        // Everybody is called to look: what is only perhaps unhappy is no such thing.
        {
          any: [
            { fact: 'certainty', atLeast: 0.6 },
            ...[queries.complaintQuery, queries.technicalQuery, queries.churnQuery].map((query) => ({ query })),
            intent('complaint', 0.8),
            intent('churn', 0.7),
          ],
        },
      ],
    },
    then: to(desk.officer, { priority: 'urgent', hold: true, alert: true, tags: ['influencer'] }),
  },
  {
    id: 'rule_influencer_question',
    group: 'influence',
    when: {
      all: [
        influential,
        {
          any: [
            { query: queries.questionQuery },
            intent('question', 0.6),
            negative,
            { all: [notPleased, { any: [unhappy, { query: queries.technicalQuery }, intent('churn', 0.7)] }] },
          ],
        },
      ],
    },
    then: to(desk.officer, { priority: 'high', hold: true, tags: ['influencer'] }),
  },
  {
    id: 'rule_lead',
    group: 'business',
    when: { all: [{ any: [{ query: queries.leadQuery }, intent('lead', 0.85)] }, { not: negative }] },
    then: to(desk.sales, { tags: ['lead'] }),
  },
  {
    id: 'rule_job',
    group: 'business',
    when: { any: [{ query: queries.jobQuery }, intent('job', 0.8)] },
    then: to(desk.recruiting, { priority: 'low', tags: ['job'] }),
  },
  {
    id: 'rule_known_problem',
    group: 'problems',
    when: {
      all: [seenOften, { any: [negative, unhappy, { query: queries.technicalQuery }, intent('question', 0.6)] }],
    },
    then: to(desk.technical, { priority: 'high', tags: ['known problem'] }),
  },
  {
    id: 'rule_third_time',
    group: 'problems',
    when: { all: [{ fact: 'authorCases', atLeast: 2 }, { any: [negative, unhappy] }] },
    then: to(desk.officer, { priority: 'urgent', tags: ['third time'] }),
  },
  {
    id: 'rule_churn_de',
    group: 'care',
    when: { all: [german, leaves, notPleased] },
    then: to(desk.careGerman, { priority: 'high', tags: ['leaving'] }),
  },
  {
    id: 'rule_churn',
    group: 'care',
    when: {
      all: [leaves, notPleased],
    },
    then: to(desk.care, { priority: 'high', tags: ['leaving'] }),
  },
  {
    id: 'rule_fault',
    group: 'problems',
    when: { all: [{ query: queries.technicalQuery }, notPleased] },
    then: to(desk.technical, { priority: 'high' }),
  },
  {
    id: 'rule_complaint_de',
    group: 'care',
    when: { all: [german, complains] },
    then: to(desk.careGerman, { priority: 'high', tags: ['complaint'] }),
  },
  {
    id: 'rule_complaint',
    group: 'care',
    when: complains,
    then: to(desk.care, { priority: 'high', tags: ['complaint'] }),
  },
  {
    id: 'rule_question_de',
    group: 'care',
    when: { all: [german, { any: [{ query: queries.questionQuery }, intent('question', 0.6)] }] },
    then: to(desk.careGerman, { tags: ['question'] }),
  },
  {
    id: 'rule_question',
    group: 'care',
    when: { any: [{ query: queries.questionQuery }, intent('question', 0.6)] },
    then: to(desk.care, { tags: ['question'] }),
  },
  {
    id: 'rule_wish',
    group: 'product',
    when: { query: queries.wishQuery },
    then: to(desk.product, { priority: 'low', tags: ['idea'] }),
  },
  {
    id: 'rule_private_de',
    group: 'care',
    when: { all: [german, alone] },
    then: to(desk.careGerman),
  },
  {
    id: 'rule_private',
    group: 'care',
    when: alone,
    then: to(desk.care),
  },
  {
    id: 'rule_unhappy',
    group: 'care',
    when: { all: [negative, { fact: 'certainty', atLeast: 0.7 }] },
    then: to(desk.care, { hold: true }),
  },
  {
    id: 'rule_influencer_seen',
    group: 'influence',
    when: influential,
    then: to(desk.officer, { hold: true, tags: ['influencer'] }),
  },
] as const satisfies readonly { id: string; group: string; when: Condition; then: RuleAction }[]

/** Under which heading each starter rule stands, by its id: the end of a code. */
export const starterGroups: ReadonlyMap<string, string> = new Map(starters.map(({ id, group }) => [id, group]))
