// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import type { Alert } from '#shared/model/alert.ts'
import HouseSentence from '#renderer/components/HouseSentence.vue'
import EarsFold from '#renderer/components/EarsFold.vue'
import WelcomeView from '#renderer/features/welcome/WelcomeView.vue'
import { alertCard } from '#tests/support/alert.ts'
import { health } from '#tests/renderer/support/cards.ts'
import { feed } from '#tests/renderer/support/fake-station.ts'
import { mountInApp, settle } from '#tests/renderer/support/mount.ts'

const source = (id: string, state: Parameters<typeof health>[0]) => ({
  id,
  name: `<i>${id}</i>`,
  network: 'feed',
  health: health(state),
})
const status = (more = {}) => ({
  now: Date.now(),
  sources: [source('a', 'live')],
  heardInShift: 0,
  heardLastHour: 212,
  openCases: 0,
  undecided: 0,
  overdue: 0,
  shift: null,
  storeProblem: null,
  storeInTrouble: false,
  modelProblem: null,
  sample: false,
  ...more,
})
/** A station that says this, and next what it is given to `push`. */
function saying(first: object, alerts: readonly Alert[] = [], problems: readonly object[] = []) {
  const [states, cards] = [feed<object>(), feed<object>()]
  states.push(first)
  cards.push({ alerts })
  return {
    push: states.push,
    handlers: {
      station: { status: (_input: never, { signal }: { signal?: AbortSignal }) => states.stream(signal) },
      alerts: { live: (_input: never, { signal }: { signal?: AbortSignal }) => cards.stream(signal) },
      problems: { list: () => problems },
    },
  }
}
afterEach(() => document.body.replaceChildren())

describe('the sentence on top', () => {
  it('says in numbers that all is well, and reads nothing aloud while only they change', async () => {
    const station = saying(status())
    const { wrapper } = await mountInApp(HouseSentence, { handlers: station.handlers })
    expect(wrapper.text()).toContain('All well: 212 heard in the last hour, nobody waits past their time.')
    expect(wrapper.get('[role=status]').text()).toBe('')
    station.push(status({ heardLastHour: 213 }))
    await settle()
    expect(wrapper.text()).toContain('213 heard')
    expect(wrapper.get('[role=status]').text()).toBe('')
    station.push(status({ overdue: 3 }))
    await settle()
    expect(wrapper.get('[role=status]').text()).toBe('Not fine: 3 wait past their time.')
    wrapper.unmount()
  })
  it('names the worst with its people, and leads to each, in either language', async () => {
    const about = { kind: 'problem' as const, id: 'prb_1', name: 'Payment is <b>declined</b>' }
    const card = alertCard({ about, kind: 'problem', strength: 9, observed: 60, expected: 10 })
    const problem = { id: 'prb_1', authors: 430, firstSeenAt: 0 }
    const station = () => saying(status({ overdue: 12, sources: [source('a', 'live'), source('b', 'broken')] }), [card], [problem]) // prettier-ignore
    const { wrapper } = await mountInApp(HouseSentence, { handlers: station().handlers })
    await settle()
    expect(wrapper.get('.sentence').text()).toMatch(
      /^Not fine: Payment is <b>declined<\/b>, 430 people, rising since .+, 6 × usual, nobody has it yet · 12 wait past their time · 1 more$/,
    )
    expect(wrapper.findAll('a').map((link) => link.attributes('href'))).toEqual([
      `#/alerts/${card.id}`,
      '#/board?overdue=1',
      '#/alerts',
    ])
    wrapper.unmount()
    const still = await mountInApp(HouseSentence, {
      handlers: station().handlers,
      locale: 'de',
      props: { still: true },
    })
    await settle()
    expect(still.wrapper.get('.sentence').text()).toMatch(
      /^Nicht gut: .+430 Personen, steigend seit .+ · 12 warten über ihre Zeit/,
    )
    expect(still.wrapper.findAll('a, button')).toEqual([])
    still.wrapper.unmount()
  })
  it('calls nothing well where nobody listens; the fold beside it neither', async () => {
    const none = saying(status({ sources: [source('a', 'off')], heardLastHour: 0 }))
    const sentence = await mountInApp(HouseSentence, { handlers: none.handlers })
    expect(sentence.wrapper.text()).toContain('Nobody is listening yet')
    sentence.wrapper.unmount()
    const fold = await mountInApp(EarsFold, { handlers: saying(status({ sources: [] })).handlers })
    expect(fold.wrapper.get('.fold').classes()).toContain('none')
    fold.wrapper.unmount()
  })
})

it('shows how far the sample shift is where it has to be lived through', async () => {
  const station = saying(status({ sampleOpening: 0.42 }))
  const { wrapper } = await mountInApp(WelcomeView, { handlers: station.handlers })
  expect(wrapper.get('progress').attributes('value')).toBe('0.42')
  expect(wrapper.get('.opening').text()).toContain('Living through its first hours 42%')
  wrapper.unmount()
})
