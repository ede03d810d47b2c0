// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Crisis } from '#shared/model/crisis.ts'
import type { CrisisNumbers } from '#shared/model/crisis-view.ts'
import CrisisHere from '#renderer/components/case/CrisisHere.vue'
import { installKeys } from '#renderer/composables/control/useKeys.ts'
import CrisisPage from '#renderer/features/alerts/crisis/CrisisPage.vue'
import { mountInApp, settle } from '#tests/renderer/support/mount.ts'

const step = (n: number, more = {}) => ({
  id: `stp_${n}`,
  place: n,
  text: `step ${n}`,
  who: 'Care',
  dueAt: null,
  doneAt: null,
  doneBy: null,
  ...more,
})
const crisis: Crisis = {
  id: 'cri_1',
  name: 'Payments fail',
  lead: 'Ines',
  state: 'open',
  since: 1_000,
  countedFrom: 0,
  startedAt: 2_000,
  startedBy: 'Mara',
  endedAt: null,
  endedBy: null,
  closing: '',
  private: false,
  nextUpdateAt: null,
  alertIds: ['alt_1'],
  steps: Array.from({ length: 50 }, (_, n) => step(n)),
  statements: [
    {
      id: 'en',
      text: 'second words',
      version: 2,
      networks: [],
      by: 'Mara',
      at: 3_000,
      approved: { text: 'first words', version: 1, networks: ['mastodon'], by: 'Dr. Weber', at: 2_500 },
    },
  ],
  answers: [{ id: 'ans_1', place: 0, network: 'mastodon', lang: 'de', topic: 'refunds', who: 'Care Germany' }],
  comments: [],
}
const numbers: CrisisNumbers = {
  width: 15,
  points: [{ at: 0, mentions: 3, people: 2, negative: 1 }],
  mentions: 1_240,
  people: 980,
  negative: 900,
  reach: 5_000,
  lastHour: 12,
  cases: { open: 20, unanswered: 7, answered: 30, late: 2 },
  networks: [{ name: 'mastodon', mentions: 800, negative: 600, unanswered: 5 }],
  languages: [],
  countries: [],
  complete: true,
}
const brief = { ...crisis, steps: { all: 50, done: 0, late: 0 } }
const handlers = (more: Record<string, (input: never) => unknown> = {}) => ({
  crises: {
    one: () => ({ crisis }),
    numbers: () => ({ numbers, chart: { counts: 'mentions', points: [] } }),
    causes: () => ({ causes: [] }),
    timeline: () => ({
      moments: [
        { at: 1_000, entry: 1, kind: 'crisis', by: 'Mara', what: { code: 'moment.started', values: { name: 'Payments fail', lead: 'Ines' } }, private: false },
        { at: 2_000, entry: null, kind: 'cases', by: null, what: { code: 'moment.replied', values: { n: 12, who: 'Kim 12' } }, private: false },
      ],
      complete: true,
    }),
    live: async function* () {
      yield { open: [brief] }
      await new Promise(() => {})
    } as never,
    ...more,
  },
  cases: { undo: () => ({ card: null, cannot: null }) },
}) // prettier-ignore
const press = async (key: string) => {
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  await settle()
}
let quiet = () => {}
beforeEach(() => {
  history.replaceState(null, '', '#/alerts/crisis/cri_1')
  quiet = installKeys()
})
afterEach(() => {
  quiet()
  document.body.innerHTML = ''
})

describe('the page of a crisis', () => {
  it('says how it stands, who leads, what may be said, who answers, and what happened, the newest first', async () => {
    const { wrapper } = await mountInApp(CrisisPage, { props: { id: 'cri_1' }, handlers: handlers() })
    const text = wrapper.text().replace(/\s+/g, ' ')
    expect(text).toContain('1,240 mentions by 980 people. 7 cases wait for an answer, 2 past their time.')
    expect(text).toContain('Ines leads')
    expect(text).toContain('0 of 50 steps done')
    expect(text).toMatch(/first words.*second words/)
    expect(text).toContain('version 1, approved by Dr. Weber')
    expect(text).toMatch(/Mastodon, German, refunds →/)
    expect(text).toMatch(/Replies sent: 12 \(Kim 12\).*Mara Made it a crisis/)
    wrapper.unmount()
  })

  it('ticks the chosen step by key and takes it back by another', async () => {
    const { wrapper, fake } = await mountInApp(CrisisPage, {
      props: { id: 'cri_1' },
      handlers: handlers({ tick: () => ({ crisis, undo: 7 }) }),
    })
    await press('j')
    await press('e')
    expect(fake.called('crises.tick')).toEqual([{ id: 'cri_1', stepId: 'stp_1', done: true }])
    await press('u')
    expect(fake.called('cases.undo')).toEqual([{ entry: 7 }])
    wrapper.unmount()
  })

  it('changes nothing of one that is over but comments', async () => {
    const over: Crisis = { ...crisis, state: 'ended', endedAt: 9_000, endedBy: 'Mara', closing: 'It works again.' }
    const { wrapper, fake } = await mountInApp(CrisisPage, {
      props: { id: 'cri_1' },
      handlers: handlers({ one: () => ({ crisis: over }), tick: () => ({ crisis, undo: 7 }) }),
    })
    expect(wrapper.text()).toContain('It works again.')
    await press('e')
    await press('c')
    expect(fake.called('crises.tick')).toEqual([])
    expect(document.querySelector('dialog')).toBeNull()
    await press('n')
    expect(document.querySelector('dialog')).not.toBeNull()
    wrapper.unmount()
  })
})

describe('beside a mention', () => {
  const here = { id: 'cri_1', name: 'Payments fail', lead: 'Ines', nextUpdateAt: null }
  it('says which crisis it belongs to, who answers and what may be said', async () => {
    const { wrapper } = await mountInApp(CrisisHere, {
      props: { mentionId: 'm1' },
      handlers: handlers({
        ofMention: () => ({
          crises: [{ ...here, answers: crisis.answers, statements: [{ lang: 'en', version: 1, text: 'first words', by: 'Dr. Weber' }] }], // prettier-ignore
        }),
      }),
    })
    await settle()
    const text = wrapper.text().replace(/\s+/g, ' ')
    expect(text).toContain('Belongs to a crisis')
    expect(text).toContain('Care Germany')
    expect(text).toContain('first words')
    wrapper.unmount()
  })
  it('asks nothing while none runs', async () => {
    const { wrapper, fake } = await mountInApp(CrisisHere, {
      props: { mentionId: 'm1' },
      handlers: handlers({
        live: async function* () {
          yield { open: [] }
          await new Promise(() => {})
        } as never,
        ofMention: () => ({ crises: [] }),
      }),
    })
    expect(fake.called('crises.ofMention')).toEqual([])
    expect(wrapper.text()).toBe('')
    wrapper.unmount()
  })
})
