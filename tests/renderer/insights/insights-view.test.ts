// @vitest-environment happy-dom
import { asWritten } from '#shared/words/said.ts'
import { afterEach, describe, expect, it } from 'vitest'
import InsightsView from '#renderer/features/insights/InsightsView.vue'
import { zoneOffset } from '#renderer/composables/time/zone-offset.ts'
import AspectsBox from '#renderer/features/settings/AspectsBox.vue'
import { mountInApp, settle } from '#tests/renderer/support/mount.ts'
import type { Handlers } from '#tests/renderer/support/fake-station.ts'

// There is no canvas here to paint on.
interface Asked {
  from: number
  to: number
  bucketMinutes: number
}
const numbers = {
  heard: 30,
  timesUsual: null,
  netSentiment: -20,
  netSentimentBefore: null,
  waiting: 4,
  overdue: 1,
  medianMinutesToReply: 16,
}
/** A cell of the default period, whatever the time is, by the clock of the station. */
const hourAgo = (): { weekday: number; hour: number } => {
  const at = Date.now() - 3_600_000
  const wall = new Date(at + zoneOffset('Europe/Berlin')(at) * 60_000)
  return { weekday: ((wall.getUTCDay() + 6) % 7) + 1, hour: wall.getUTCHours() }
}
const handlers = (more: Handlers = {}): Handlers => ({
  charts: {
    sentiment: ({ from, bucketMinutes }: Asked) => [
      { at: from, negative: 12, neutral: 10, positive: 5 },
      { at: from + bucketMinutes * 60_000, negative: 0, neutral: 2, positive: 1 },
    ],
    networks: () => [{ network: 'mastodon', count: 20, negative: 10, positive: 1 }],
    numbers: () => numbers,
    voice: () => [{ name: 'Kaffora', ours: true, listenIds: ['lis_1'], count: 30 }],
    heat: () => [{ ...hourAgo(), count: 30 }],
    terms: () => ({
      terms: [
        { term: 'weather', mentions: 12, negative: 0, before: 14, rise: -0.4 },
        { term: 'payment declined', mentions: 9, negative: 8, before: 1, rise: 2.1 },
      ],
      mentions: 30,
      complete: true,
    }),
    authors: () => ({
      authors: [{ network: 'mastodon', handle: '@lena@ruhr.social', name: 'Lena', mentions: 3, negative: 2, followers: 40, influence: null }], // prettier-ignore
      complete: true,
    }),
    ...more['charts'],
  },
  learning: {
    aspectMoods: () => ({
      aspects: [{ aspect: 'payment', negative: 9, neutral: 1, positive: 2 }],
      parts: [{ aspect: 'card-payment', negative: 4, neutral: 0, positive: 1 }],
      complete: true,
    }),
    concepts: ({ locale }: { locale: string }) => [
      {
        id: 'card-payment',
        kind: 'part',
        matter: 'payment',
        label: locale === 'de' ? 'Kartenzahlung' : 'card payment',
      },
    ],
    ...more['learning'],
  },
  problems: { list: () => [], ...more['problems'] },
})
const asked = () => new URLSearchParams(location.hash.split('?')[1])
const button = (text: string) =>
  [...document.querySelectorAll('button')].find((one) => one.textContent!.includes(text))!

const moodOf = (aspect: string, mood: string) =>
  [...document.querySelectorAll<HTMLElement>('.moods button')].find(
    (one) => one.textContent!.startsWith(`${aspect}:`) && one.textContent!.includes(mood),
  )!

afterEach(() => {
  document.body.replaceChildren()
  location.hash = ''
})

describe('insights', () => {
  it('say their filter and what they count', async () => {
    const { wrapper } = await mountInApp(InsightsView, { handlers: handlers() })
    const said = wrapper.find('.said').text()
    expect(said).toMatch(/^Everything heard · .+ · 30 mentions · before: .+, 30 mentions$/)
    expect(wrapper.text()).toContain('▼ 50% negative')
    expect(wrapper.text()).toContain('No problem stands out')
    wrapper.unmount()
  })
  it('lead from a network, an aspect and a mood to the mentions behind them', async () => {
    const { wrapper, fake } = await mountInApp(InsightsView, { handlers: handlers() })
    const { from, to } = fake.called('charts.networks')[0] as Asked
    button('Mastodon').click()
    expect(Object.fromEntries(asked())).toEqual({ q: 'network:mastodon', from: String(from), to: String(to) })
    button('payment').click()
    expect(asked().get('q')).toBe('aspect:"payment"')
    moodOf('payment', 'negative').click()
    expect(asked().get('q')).toBe('aspect:"payment" sentiment:negative')
    wrapper.unmount()
  })
  it('lead from a term, a person, an hour and a number to the mentions behind them', async () => {
    const { wrapper } = await mountInApp(InsightsView, { handlers: handlers() })
    button('payment declined').click()
    expect(asked().get('q')).toBe('"payment declined"')
    expect(wrapper.text()).not.toContain('weather')
    button('said most').click()
    await settle()
    button('weather').click()
    expect(asked().get('q')).toBe('"weather"')
    button('Lena').click()
    expect(asked().get('q')).toBe('author:"lena@ruhr.social" network:mastodon')
    const hour = new Date(Date.now() - 3_600_000).toISOString().slice(0, 14)
    document.querySelector<HTMLElement>('td button')!.click()
    expect(asked().get('q')).toBe(`(since:${hour}00 until:${hour}59)`)
    document.querySelector<HTMLElement>('[aria-label="Negative: 40%"]')!.click()
    expect(asked().get('q')).toBe('sentiment:negative')
    wrapper.unmount()
  })
  it('name the starter aspects in German, and ask for what was stored', async () => {
    const { wrapper } = await mountInApp(InsightsView, { handlers: handlers(), locale: 'de' })
    button('Zahlung').click()
    expect(asked().get('q')).toBe('aspect:"payment"')
    wrapper.unmount()
  })
  it.each([
    ['en' as const, 'Parts', 'card payment'],
    ['de' as const, 'Teile', 'Kartenzahlung'],
  ])('name in %s each part that a matter holds, and ask for what was stored', async (locale, kind, part) => {
    const { wrapper } = await mountInApp(InsightsView, { handlers: handlers(), locale })
    await settle()
    expect(wrapper.text()).not.toContain(part)
    button(kind).click()
    await settle()
    button(part).click()
    expect(asked().get('q')).toBe('aspect:"card-payment"')
    wrapper.unmount()
  })
  it('ask again about another period', async () => {
    const { wrapper, fake } = await mountInApp(InsightsView, { handlers: handlers() })
    button('7 days').click()
    await settle()
    const { from, to } = fake.called('learning.aspectMoods').at(-1) as Asked
    expect(to - from).toBe(7 * 86_400_000)
    expect(asked().get('period')).toBe('days7')
    wrapper.unmount()
  })
  it('offer a longer period when nothing was heard, and say nothing that is not known', async () => {
    const { wrapper } = await mountInApp(InsightsView, { handlers: handlers({ charts: { sentiment: () => [] } }) })
    expect(wrapper.text()).toContain('Nothing heard in this period')
    expect(button('28 days')).toBeDefined()
    wrapper.unmount()
  })
  it('say in one panel that it failed and keep the others', async () => {
    const failing = () => {
      throw new Error('broken')
    }
    const { wrapper } = await mountInApp(InsightsView, { handlers: handlers({ charts: { heat: failing } }) })
    expect(wrapper.findAll('[role="alert"]')).toHaveLength(1)
    expect(wrapper.text()).toContain('payment')
    wrapper.unmount()
  })
})

describe('the dictionary of aspects', () => {
  const kept = [{ name: 'Falcon X', words: ['falcon x', 'falcon*'] }]
  it('names the lines that cannot be read and keeps what was written', async () => {
    const { wrapper } = await mountInApp(AspectsBox, {
      handlers: {
        learning: {
          aspects: () => kept,
          saveAspects: () => ({ aspects: kept, problems: [{ line: 2, message: asWritten('No.') }] }),
        },
      },
    })
    const field = wrapper.find('textarea')
    expect(field.element.value).toBe('Falcon X: falcon x, falcon*')
    await field.setValue('Falcon X: falcon x\n: a')
    await wrapper.find('form').trigger('submit')
    await settle()
    expect(wrapper.find('[role="alert"]').text()).toContain('Line 2: No.')
    expect(field.element.value).toBe('Falcon X: falcon x\n: a')
    expect(wrapper.find('.state').text()).toBe('Not saved')
    expect(wrapper.find('button[type=submit]').attributes('disabled')).toBeUndefined()
    wrapper.unmount()
  })
  it('shows what the station made of it once it is saved', async () => {
    const { wrapper, fake } = await mountInApp(AspectsBox, {
      handlers: {
        learning: { aspects: () => [], saveAspects: () => ({ aspects: kept, problems: [] }) },
      },
    })
    await wrapper.find('textarea').setValue('falcon x, falcon*')
    await wrapper.find('form').trigger('submit')
    await settle()
    expect(fake.called('learning.saveAspects')).toEqual([{ text: 'falcon x, falcon*' }])
    expect(wrapper.find('textarea').element.value).toBe('Falcon X: falcon x, falcon*')
    wrapper.unmount()
  })
})
