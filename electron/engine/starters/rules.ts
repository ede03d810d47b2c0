import type { Condition, Rule, RuleAction } from '#shared/model/rule.ts'
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
const unhappy: Condition = { any: [{ query: queries.complaintQuery }, intent('complaint', 0.6)] }
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
  const rules: Omit<Rule, 'order' | 'enabled'>[] = [
    {
      id: 'rule_repost',
      name: 'Reposts are heard, not forwarded',
      group: 'Not forwarded',
      when: repost,
      then: to(null),
    },
    {
      id: 'rule_safety',
      name: 'Injury, fire or recall',
      group: 'First of all',
      when: { query: queries.safetyQuery },
      then: to(desk.legal, { priority: 'urgent', approval: true, alert: true, tags: ['safety'] }),
    },
    {
      id: 'rule_legal',
      name: 'Lawyers, courts and regulators',
      group: 'First of all',
      when: { any: [{ query: queries.legalQuery }, { all: [intent('threat', 0.9), negative] }] },
      then: to(desk.legal, { priority: 'urgent', approval: true, tags: ['legal'] }),
    },
    {
      id: 'rule_press',
      name: 'Press enquiry',
      group: 'First of all',
      when: { any: [{ query: queries.pressQuery }, { all: [intent('press', 0.8), { fact: 'private', is: [true] }] }] },
      then: to(desk.press, { priority: 'high', approval: true, tags: ['press'] }),
    },
    {
      id: 'rule_influencer',
      name: 'Widely heard and unhappy',
      group: 'Influence',
      when: {
        all: [influential, { any: [negative, unhappy, { query: queries.technicalQuery }, intent('churn', 0.7)] }],
      },
      then: to(desk.officer, { priority: 'urgent', hold: true, alert: true, tags: ['influencer'] }),
    },
    {
      id: 'rule_influencer_question',
      name: 'Widely heard and asking',
      group: 'Influence',
      when: { all: [influential, { any: [{ query: queries.questionQuery }, intent('question', 0.6)] }] },
      then: to(desk.officer, { priority: 'high', hold: true, tags: ['influencer'] }),
    },
    {
      id: 'rule_lead',
      name: 'Wants to buy',
      group: 'Business',
      when: { all: [{ any: [{ query: queries.leadQuery }, intent('lead', 0.85)] }, { not: negative }] },
      then: to(desk.sales, { tags: ['lead'] }),
    },
    {
      id: 'rule_job',
      name: 'Wants to work here',
      group: 'Business',
      when: { any: [{ query: queries.jobQuery }, intent('job', 0.8)] },
      then: to(desk.recruiting, { priority: 'low', tags: ['job'] }),
    },
    {
      id: 'rule_known_problem',
      name: 'A problem seen often goes to Technical first',
      group: 'Problems',
      when: {
        all: [seenOften, { any: [negative, unhappy, { query: queries.technicalQuery }, intent('question', 0.6)] }],
      },
      then: to(desk.technical, { priority: 'high', tags: ['known problem'] }),
    },
    {
      id: 'rule_third_time',
      name: 'Writes for the third time',
      group: 'Problems',
      when: { all: [{ fact: 'authorCases', atLeast: 2 }, { any: [negative, unhappy] }] },
      then: to(desk.officer, { priority: 'urgent', tags: ['third time'] }),
    },
    {
      id: 'rule_churn_de',
      name: 'Wants to leave, German',
      group: 'Care',
      when: { all: [german, { any: [{ query: queries.churnQuery }, intent('churn', 0.7)] }, { not: { fact: 'sentiment', is: ['positive'] } }] }, // prettier-ignore
      then: to(desk.careGerman, { priority: 'high', tags: ['leaving'] }),
    },
    {
      id: 'rule_churn',
      name: 'Wants to leave',
      group: 'Care',
      when: {
        all: [
          { any: [{ query: queries.churnQuery }, intent('churn', 0.7)] },
          { not: { fact: 'sentiment', is: ['positive'] } },
        ],
      },
      then: to(desk.care, { priority: 'high', tags: ['leaving'] }),
    },
    {
      id: 'rule_fault',
      name: 'Something does not work',
      group: 'Problems',
      when: { all: [{ query: queries.technicalQuery }, { not: { fact: 'sentiment', is: ['positive'] } }] },
      then: to(desk.technical, { priority: 'high' }),
    },
    {
      id: 'rule_complaint_de',
      name: 'Complaint, German',
      group: 'Care',
      when: { all: [german, { any: [{ all: [negative, { query: queries.complaintQuery }] }, intent('complaint', 0.6), { all: [{ fact: 'private', is: [true] }, negative] }] }] }, // prettier-ignore
      then: to(desk.careGerman, { priority: 'high', tags: ['complaint'] }),
    },
    {
      id: 'rule_complaint',
      name: 'Complaint',
      group: 'Care',
      when: { any: [{ all: [negative, { query: queries.complaintQuery }] }, intent('complaint', 0.6), { all: [{ fact: 'private', is: [true] }, negative] }] }, // prettier-ignore
      then: to(desk.care, { priority: 'high', tags: ['complaint'] }),
    },
    {
      id: 'rule_question_de',
      name: 'Question, German',
      group: 'Care',
      when: { all: [german, { any: [{ query: queries.questionQuery }, intent('question', 0.6)] }] },
      then: to(desk.careGerman, { tags: ['question'] }),
    },
    {
      id: 'rule_question',
      name: 'Question',
      group: 'Care',
      when: { any: [{ query: queries.questionQuery }, intent('question', 0.6)] },
      then: to(desk.care, { tags: ['question'] }),
    },
    {
      id: 'rule_wish',
      name: 'Wishes and ideas',
      group: 'Product',
      when: { query: queries.wishQuery },
      then: to(desk.product, { priority: 'low', tags: ['idea'] }),
    },
    {
      id: 'rule_private_de',
      name: 'Written to us alone, German',
      group: 'Care',
      when: { all: [german, { fact: 'private', is: [true] }] },
      then: to(desk.careGerman),
    },
    {
      id: 'rule_private',
      name: 'Written to us alone',
      group: 'Care',
      when: { fact: 'private', is: [true] },
      then: to(desk.care),
    },
    {
      id: 'rule_unhappy',
      name: 'Surely unhappy: an officer looks',
      group: 'Care',
      when: { all: [negative, { fact: 'certainty', atLeast: 0.7 }] },
      then: to(desk.care, { hold: true }),
    },
  ]
  return rules.map((rule, i) => ({ ...rule, order: (i + 1) * 10, enabled: true }))
}
