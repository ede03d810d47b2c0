// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { BackTest } from '#shared/model/back-test.ts'
import { publicAlert } from '#engine/alerts/book.ts'
import AlertsView from '#renderer/features/alerts/AlertsView.vue'
import { installKeys } from '#renderer/composables/control/useKeys.ts'
import { useAddress } from '#renderer/stores/address.ts'
import { alertCard } from '#tests/support/alert.ts'
import { backTest, firedMark } from '#tests/support/back-test.ts'
import { mountInApp, settle } from '#tests/renderer/support/mount.ts'

const press = async (key: string) => {
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  await settle()
}
const open = async (result: BackTest | (() => AsyncGenerator<unknown>)) => {
  const run =
    typeof result === 'function'
      ? result
      : async function* () {
          yield { done: 0, total: 40_320, result: null }
          yield { done: 40_320, total: 40_320, result }
        }
  return mountInApp(AlertsView, {
    handlers: {
      listens: {
        list: () => [{ id: 'lst_1', name: 'Ours', colour: 1, query: 'kaffora', enabled: true, routed: true }],
      } as never,
      alerts: {
        list: () => ({ alerts: [publicAlert(alertCard({ id: 'alt_1' }))] }),
        one: () => ({ alert: publicAlert(alertCard({ id: 'alt_1' })), mentions: [], chart: { width: 5, points: [] } }),
        live: async function* () {
          yield { alerts: [] }
          await new Promise(() => {})
        } as never,
        tryOut: run as never,
      },
    },
  })
}
let quiet = () => {}
beforeEach(() => {
  history.replaceState(null, '', '#/alerts')
  quiet = installKeys()
})
afterEach(() => {
  quiet()
  document.body.innerHTML = ''
})

describe('trying an alert in the view of alerts', () => {
  it('opens by its key, tries at once, and shows three sensitivities side by side with numbers a week', async () => {
    const { wrapper, fake } = await open(backTest())
    await press('t')
    expect(fake.called('alerts.tryOut')).toMatchObject([
      { about: { kind: 'station', id: null }, detector: 'rise', days: 28 },
    ])
    const cards = wrapper.findAll('.sensitivity').map((one) => one.text().replace(/\s+/g, ' '))
    expect(cards).toEqual([
      expect.stringMatching(/Seldom.*once.*0\.3 a week/),
      expect.stringMatching(/Normal.*2 times.*0\.5 a week/),
      expect.stringMatching(/Readily.*0 times.*0 a week/),
    ])
    expect(wrapper.find('[aria-checked=true]').text()).toContain('Normal')
    expect(wrapper.findAll('.marks > li')).toHaveLength(2)
    expect(wrapper.text()).toContain('What is usual was still being learned until')
    await press('3')
    expect(wrapper.findAll('.marks > li')).toHaveLength(0)
    expect(wrapper.text()).toContain('It would have stayed silent all the time.')
    await press('1')
    expect(wrapper.findAll('.marks > li')).toHaveLength(1)
    await press('Escape')
    expect(wrapper.find('.try').exists()).toBe(false)
    wrapper.unmount()
  })

  it('tries anew what else is chosen, and keeps that in the address', async () => {
    const { wrapper, fake } = await open(backTest())
    await press('t')
    await wrapper.findAll('.try select')[0]!.setValue('listen:lst_1')
    await settle()
    await wrapper.findAll('.try select')[1]!.setValue('negative')
    await settle()
    expect(fake.called('alerts.tryOut').at(-1)).toMatchObject({
      about: { kind: 'listen', id: 'lst_1' },
      detector: 'negative',
    })
    expect(location.hash).toContain('about=listen%3Alst_1')
    wrapper.unmount()
  })

  it('says what people did then, names who had it, and leads to the mentions of its minutes', async () => {
    const then = {
      id: 'alt_9',
      kind: 'rise' as const,
      about: { kind: 'listen' as const, id: 'lst_1', name: 'Ours' },
      what: { code: 'alert.rise', values: { n: 60, minutes: 5, usual: 2, times: 30 } },
      strength: 8,
      since: 1_000,
      state: 'resolved' as const,
      takenBy: 'Ada',
      closedReason: 'falseAlarm' as const,
      same: true,
    }
    const mark = firedMark({ done: { alerts: [then], casesOpened: 7, casesReplied: 3 } })
    const tried = backTest()
    tried.bySensitivity.normal = { count: 250, perWeek: 62.5, marks: [mark] }
    const { wrapper } = await open(tried)
    await press('t')
    const text = wrapper.find('.marks').text().replace(/\s+/g, ' ')
    expect(text).toContain('7 cases opened, 3 answered')
    expect(text).toContain('Ada took it · False alarm')
    expect(wrapper.text()).toContain('The last 1 of 250')
    expect(wrapper.find('.cards a').attributes('href')).toBe('#/alerts/alt_9')
    await wrapper.find('.lead').trigger('click')
    expect(useAddress().route).toMatchObject({
      view: 'search',
      query: { from: String(mark.from), to: String(mark.lastAt), listens: 'lst_1' },
    })
    wrapper.unmount()
  })

  it('makes a sensitivity the one that is used, of a listen alone, and takes that back', async () => {
    const { wrapper, fake } = await open(backTest())
    await press('t')
    await wrapper.findAll('.try select')[0]!.setValue('listen:lst_1')
    await settle()
    const used = () => wrapper.findAll('.try button').find((one) => one.text().startsWith('Use this'))
    expect(wrapper.text()).toContain('This is how readily its alerts speak now.')
    expect(used()).toBe(undefined)
    await press('1')
    await used()!.trigger('click')
    await settle()
    expect(fake.called('station.saveSettings')).toMatchObject([{ listenSensitivities: { lst_1: 'low' } }])
    await press('u')
    expect(fake.called('station.saveSettings').at(-1)).toMatchObject({ listenSensitivities: {} })
    await wrapper.findAll('.try select')[0]!.setValue('station')
    await settle()
    expect(used()!.text()).toContain('Seldom')
    wrapper.unmount()
  })

  it('shows how far it is, can be stopped, and says why it was refused', async () => {
    let stopped = false
    const { wrapper } = await open(async function* () {
      try {
        yield { done: 10_080, total: 40_320, result: null }
        await new Promise(() => {})
      } finally {
        stopped = true
      }
    })
    await press('t')
    expect(wrapper.find('progress').exists()).toBe(true)
    expect(wrapper.text()).toContain('25%')
    await wrapper
      .findAll('.choice button')
      .find((one) => one.text().includes('Cancel'))!
      .trigger('click')
    await settle()
    expect(wrapper.find('progress').exists()).toBe(false)
    expect(stopped).toBe(false)
    wrapper.unmount()
  })

  it('says that there is no past yet, and that all of it was still being learned', async () => {
    const empty = await open(backTest({ period: null }))
    await press('t')
    expect(empty.wrapper.text()).toContain('Nothing was heard yet')
    expect(empty.wrapper.find('.three').exists()).toBe(false)
    empty.wrapper.unmount()
    const short = await open(backTest({ knownAt: null, judgedMinutes: 2 * 1440 }))
    await press('t')
    expect(short.wrapper.text()).toContain('Its history is short (2 days)')
    short.wrapper.unmount()
  })
})
