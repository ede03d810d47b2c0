// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import { useProposedRule } from '#renderer/stores/proposed-rule.ts'
import { linesOf } from '#renderer/features/desks/queueLines.ts'
import { emptyRule, withDraft } from '#renderer/features/desks/ruleDraft.ts'
import ScorecardPanel from '#renderer/features/desks/ScorecardPanel.vue'
import { conditionWords, stood, total, type Counts } from '#renderer/features/desks/scorecardRows.ts'
import type { LearnedFromDecisions, RuleProposal } from '#shared/contract/experience.ts'
import type { Rule } from '#shared/model/rule.ts'
import { mountInApp, settle } from '#tests/renderer/support/mount.ts'
import { handleKey } from '#renderer/composables/control/useKeys.ts'
import type { Handlers } from '#tests/renderer/support/fake-station.ts'

const counts = (more: Partial<Counts>): Counts => ({ decided: 0, rerouted: 0, bounced: 0, undone: 0, noise: 0, reopened: 0, held: 0, followed: 0, otherwise: 0, ...more }) // prettier-ignore

describe('the rows of the scorecard', () => {
  it('tell which share of the decisions stood', () => {
    expect(stood(counts({ decided: 20, rerouted: 3, undone: 1, noise: 1 }))).toBe(0.75)
    expect(stood(counts({ decided: 2, rerouted: 2, bounced: 2 }))).toBe(0)
    expect(stood(counts({}))).toBeNull()
    expect(total([{ counts: counts({ decided: 2 }) }, { counts: counts({ decided: 3, noise: 1 }) }])).toMatchObject({ decided: 5, noise: 1 }) // prettier-ignore
  })

  it('say in words what a proposed rule asks for', () => {
    const facts = [{ fact: 'lang', value: 'de' } as const]
    expect(conditionWords({ words: ['refund', 'charged twice'], facts }, () => 'language')).toBe('“refund”, “charged twice” · language de') // prettier-ignore
    expect(conditionWords({ words: [], facts: [] }, String)).toBe('')
  })
})

describe('a proposed rule on its way to the editor', () => {
  const rule = (id: string, order: number): Rule => ({ ...emptyRule([]), id, order, name: id, group: '' })

  it('is rehearsed before the rule that it corrects, in its place', () => {
    const tried = withDraft([rule('a', 10), rule('b', 20), rule('c', 30)], { ...rule('', 20), id: undefined, name: 'new' }) // prettier-ignore
    expect(tried.map(({ id }) => id)).toEqual(['a', 'draft', 'b', 'c'])
    expect(new Set(tried.map(({ order }) => order)).size).toBe(4)
  })
})

describe('the queue over time', () => {
  it('is drawn on one scale, empty at the bottom', () => {
    const lines = linesOf([{ at: 0, before: 0, after: 10 }, { at: 1, before: 5, after: 0 }], 100, 12) // prettier-ignore
    expect(lines).toEqual({ before: '0,11 100,6', after: '0,1 100,11' })
    expect(linesOf([], 100, 12)).toEqual({ before: '', after: '' })
  })
})

describe('the scorecard view', () => {
  afterEach(() => {
    document.body.replaceChildren()
    location.hash = ''
  })
  const proposal: RuleProposal = {
    key: 'add|r1|sales|voucher',
    kind: 'add',
    ruleId: 'r1',
    ruleName: 'Complaint',
    fromDeskId: 'care',
    toDeskId: 'sales',
    words: ['voucher'],
    facts: [],
    right: 14,
    of: 17,
    corrected: 14,
    authors: 12,
    byChance: 0.0001,
    examples: [{ caseId: 'c1', text: 'my voucher' }],
    against: [],
    draft: { ...emptyRule([]), name: 'Complaint: “voucher” → sales' },
    dismissed: null,
  }
  const measured: LearnedFromDecisions = {
    decisions: 420,
    needed: 40,
    seconds: 1,
    measured: {
      decisions: 84,
      accuracy: 0.81,
      precedentsAlone: 0.7,
      classifierAlone: 0.8,
      ece: 0.04,
      at: [{ threshold: 0.9, coverage: 0.4, right: 0.97 }],
    },
  }
  const handlers = (desks: Handlers[string] = {}): Handlers => ({
    desks: {
      scorecard: () => ({
        cases: 20,
        cut: false,
        rows: [{ by: 'rule', id: 'r1', name: 'Complaint', counts: counts({ decided: 20, rerouted: 14 }), moves: [{ from: 'care', to: 'sales', count: 14 }] }], // prettier-ignore
        desks: [],
      }),
      scorecardCases: () => [{ caseId: 'c1', mentionId: 'm1', text: 'my voucher', at: 1, from: 'care', to: 'sales' }],
      proposals: () => [proposal],
      rules: () => [],
      learned: () => measured,
      ...desks,
    },
    station: { saveSettings: (settings: object) => settings },
  })

  it('leads from a number to its cases and back', async () => {
    const { wrapper, fake } = await mountInApp(ScorecardPanel, { handlers: handlers() })
    expect(wrapper.text()).toContain('20 cases · 30% of the decisions stood')
    await wrapper
      .findAll('td button')
      .find((button) => button.text().startsWith('14'))!
      .trigger('click')
    await settle()
    expect(fake.calls.find(({ path }) => path === 'desks.scorecardCases')!.input).toMatchObject({ which: { by: 'rule', id: 'r1', what: 'rerouted' } }) // prettier-ignore
    expect(wrapper.find('a[href="#/board/c1"]').text()).toBe('my voucher')
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
    await settle()
    expect(wrapper.text()).toContain('14 of 17 such cases ended there, from 12 people.')
    wrapper.unmount()
  })

  it('puts a proposal aside, with its evidence, and hands a draft to the editor', async () => {
    const { wrapper, fake } = await mountInApp(ScorecardPanel, {
      handlers: handlers({ dismissProposal: () => ({ undo: 7 }) }),
    })
    const button = (text: string) => wrapper.findAll('button').find((one) => one.text().startsWith(text))!
    await button('Put aside').trigger('click')
    await settle()
    expect(fake.calls.find(({ path }) => path === 'desks.dismissProposal')!.input).toMatchObject({ key: proposal.key, support: 14, dismissed: true }) // prettier-ignore
    await button('Take over').trigger('click')
    expect(useProposedRule().take()).toMatchObject({ name: 'Complaint: “voucher” → sales' })
    expect(location.hash).toBe('#/desks/rules')
    wrapper.unmount()
  })

  it('puts the next one aside by a second press, and none while the cases hide them', async () => {
    const answer: (() => void)[] = []
    const { wrapper, fake } = await mountInApp(ScorecardPanel, {
      handlers: handlers({
        proposals: () => [proposal, { ...proposal, key: 'second' }],
        dismissProposal: () => new Promise((resolve) => answer.push(() => resolve({ undo: 7 }))),
      }),
    })
    const press = (key: string) => handleKey(new KeyboardEvent('keydown', { key, cancelable: true }))
    for (let i = 0; i < 3; i++) press('Delete')
    await settle()
    const aside = () => fake.called('desks.dismissProposal').map((sent) => (sent as { key: string }).key)
    expect(aside()).toEqual([proposal.key, 'second'])
    for (const one of answer.splice(0)) one()
    await settle()
    await wrapper
      .findAll('td button')
      .find((button) => button.text().startsWith('14'))!
      .trigger('click')
    await settle()
    expect(press('Delete')).toBe(false)
    expect(aside()).toHaveLength(2)
    wrapper.unmount()
  })

  it('follows no suggestion until the officer says from which certainty on', async () => {
    const { wrapper, fake } = await mountInApp(ScorecardPanel, { handlers: handlers() })
    const select = wrapper.findAll('select').at(-1)!
    expect((select.element as HTMLSelectElement).selectedOptions[0]!.text).toBe('never')
    expect(select.text()).toContain('from 90% certainty: 40% of cases, 97% right')
    await select.findAll('option')[4]!.setValue()
    await settle()
    expect(fake.calls.find(({ path }) => path === 'station.saveSettings')!.input).toEqual({ actAtCertainty: 0.9 })
    wrapper.unmount()
  })

  it('says what is missing where nothing was decided or learned yet', async () => {
    const { wrapper } = await mountInApp(ScorecardPanel, {
      handlers: handlers({
        scorecard: () => ({ cases: 0, cut: false, rows: [], desks: [] }),
        proposals: () => [],
        learned: () => ({ decisions: 3, needed: 40, seconds: 0, measured: null }),
      }),
    })
    expect(wrapper.text()).toContain('No case in this period')
    expect(wrapper.text()).toContain('Nothing to propose')
    expect(wrapper.text()).toContain('Learns from 40 decisions on; so far 3.')
    wrapper.unmount()
  })
})
