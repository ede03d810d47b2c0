import { describe, expect, it } from 'vitest'
import { eventsOf, isOf, scorecard, verdictOf, type CaseHistory, type CaseStep } from '#engine/advice/scorecard.ts'

let seq = 0
const step = (kind: string, actor: string, more: Partial<CaseStep> = {}): CaseStep => ({
  seq: ++seq,
  at: seq * 1000,
  kind,
  actor: { kind: actor, id: actor === 'rule' ? 'r1' : '', name: actor === 'rule' ? 'Complaint' : '' },
  suggested: false,
  ...more,
})
const byRule = (deskId: string): CaseStep => step('case.opened', 'rule', { deskId })
const moved = (deskId: string, actor = 'officer', more: Partial<CaseStep> = {}): CaseStep =>
  step('case.routed', actor, { deskId, ...more })
const history = (steps: CaseStep[], more: Partial<CaseHistory> = {}): CaseHistory => ({
  caseId: `c${++seq}`,
  mentionId: 'm',
  openedAt: 0,
  ruleId: 'r1',
  ruleName: 'Complaint',
  held: false,
  hint: null,
  settled: true,
  steps,
  ...more,
})
const told = (one: CaseHistory): string[] =>
  eventsOf(one).map(({ by, what, deskId, to }) => `${by} ${what} ${deskId}${to === null ? '' : ` → ${to}`}`)

describe('what became of a decision', () => {
  const cases: [name: string, history: CaseHistory, events: string[]][] = [
    ['it stood', history([byRule('care'), step('case.accepted', 'officer')]), ['rule decided care']],
    [
      'an officer sent it on: it counts against the rule, and the officer decided',
      history([byRule('care'), moved('billing')]),
      ['rule decided care', 'rule rerouted care → billing', 'officer decided billing'],
    ],
    [
      'twice: each against whoever had chosen the desk that it left',
      history([byRule('care'), moved('billing'), moved('press')]),
      ['rule decided care', 'rule rerouted care → billing', 'officer decided billing', 'officer rerouted billing → press', 'officer decided press'], // prettier-ignore
    ],
    [
      'the desk sent it back',
      history([byRule('care'), step('handoff.bounced', 'desk', { deskId: null }), moved('billing')]),
      ['rule decided care', 'rule bounced care', 'officer decided billing'],
    ],
    [
      'time ran out: nobody chose wrongly',
      history([byRule('care'), step('case.escalated', 'engine', { deskId: 'officer' })]),
      ['rule decided care', 'clock decided officer'],
    ],
    [
      'noise, and opened again',
      history([byRule('care'), step('case.closed', 'officer', { reason: 'spam' }), step('case.reopened', 'officer')]),
      ['rule decided care', 'rule noise care', 'rule reopened care'],
    ],
    [
      'answered and closed is no miss',
      history([byRule('care'), step('case.closed', 'officer', { reason: 'answered' })]),
      ['rule decided care'],
    ],
    [
      'it waited, and the officer followed',
      history([moved('care')], { held: true, hint: 'care' }),
      ['rule held care', 'rule followed care → care', 'officer decided care'],
    ],
    [
      'it waited, and the officer knew better',
      history([moved('press')], { held: true, hint: 'care' }),
      ['rule held care', 'rule otherwise care → press', 'officer decided press'],
    ],
    [
      'Earshot followed its suggestion, and was sent on',
      history([moved('billing', 'engine', { suggested: true }), moved('press')], { held: true, hint: 'care' }),
      ['rule held care', 'suggestion decided billing', 'suggestion rerouted billing → press', 'officer decided press'],
    ],
  ]
  it.each(cases)('%s', (_name, one, events) => {
    expect(told(one)).toEqual(events)
  })

  it('is taken back with the decision', () => {
    const wrong = moved('billing', 'engine', { suggested: true })
    const one = history([wrong, step('case.undone', 'officer', { deskId: null, undoes: wrong.seq }), moved('care')], {
      held: true,
      hint: 'care',
    })
    expect(told(one)).toEqual([
      'rule held care',
      'suggestion decided billing',
      'suggestion undone billing',
      'rule followed care → care',
      'officer decided care',
    ])
  })
})

describe('the scorecard', () => {
  const many = [
    ...Array.from({ length: 14 }, () => history([byRule('care'), moved('billing')])),
    ...Array.from({ length: 3 }, () => history([byRule('care'), step('case.accepted', 'officer')])),
    history([byRule('care'), step('handoff.bounced', 'desk', { deskId: null })]),
  ]

  it('counts per rule and per desk, with the moves, worst first', () => {
    const card = scorecard(many, 100)
    expect(card).toMatchObject({ cases: 18, cut: false })
    expect(card.rows[0]).toMatchObject({
      by: 'rule',
      id: 'r1',
      name: 'Complaint',
      counts: { decided: 18, rerouted: 14, bounced: 1, undone: 0 },
      moves: [
        { from: 'care', to: 'billing', count: 14 },
        { from: 'care', to: null, count: 1 },
      ],
    })
    expect(card.desks.find(({ deskId }) => deskId === 'care')!.counts).toMatchObject({ decided: 18, rerouted: 14 })
    expect(card.desks.find(({ deskId }) => deskId === 'billing')!.counts).toMatchObject({ decided: 14, rerouted: 0 })
  })

  it('has as many cases behind a number as the number says', () => {
    const card = scorecard(many, 100)
    for (const row of card.rows) {
      for (const what of ['decided', 'rerouted', 'bounced', 'noise'] as const) {
        const behind = many.flatMap(eventsOf).filter((event) => isOf(event, { by: row.by, id: row.id, what }))
        expect(behind).toHaveLength(row.counts[what])
      }
    }
    const ofDesk = many.flatMap(eventsOf).filter((event) => isOf(event, { by: 'desk', id: 'care', what: 'rerouted' }))
    expect(ofDesk).toHaveLength(14)
  })

  it('is empty of nothing', () => {
    expect(scorecard([], 10)).toEqual({ cases: 0, cut: false, rows: [], desks: [] })
  })
})

describe('the verdict on a case', () => {
  it('is where people let it end, and none while nobody looked at it', () => {
    expect(verdictOf(history([byRule('care'), moved('billing')], { settled: false }))).toEqual({ first: 'care', last: 'billing', noise: false }) // prettier-ignore
    expect(verdictOf(history([byRule('care')], { settled: false }))).toBeNull()
    expect(verdictOf(history([byRule('care'), step('case.accepted', 'officer')]))).toEqual({ first: 'care', last: 'care', noise: false }) // prettier-ignore
  })

  it('does not blame a rule for a clock', () => {
    const late = history([byRule('care'), step('case.escalated', 'engine', { deskId: 'officer' })], { settled: false })
    expect(verdictOf(late)).toBeNull()
  })
})
