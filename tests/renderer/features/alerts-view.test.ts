// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { publicAlert } from '#engine/alerts/book.ts'
import type { Alert } from '#shared/model/alert.ts'
import AlertsView from '#renderer/features/alerts/AlertsView.vue'
import { alertCard } from '#tests/support/alert.ts'
import { installKeys } from '#renderer/composables/control/useKeys.ts'
import { mountInApp, settle } from '#tests/renderer/support/mount.ts'

const strong = publicAlert(
  alertCard({
    id: 'alt_pay',
    strength: 9,
    observed: 430,
    expected: 0.1,
    causes: [
      {
        kind: 'problem',
        id: 'prb_1',
        label: 'Payment is declined',
        author: null,
        share: 0.8,
        count: 344,
        mentionIds: ['m1'],
      },
    ],
  }),
)
const weak = publicAlert(alertCard({ id: 'alt_quiet', strength: 2, state: 'taken', takenBy: 'Ada', takenAt: 2_000 }))
const over = publicAlert(alertCard({ id: 'alt_old', state: 'resolved', resolvedAt: 5_000, closedReason: 'dealtWith' }))

const press = async (key: string) => {
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  await settle()
}
const open = async (alerts: Alert[], more: Record<string, (input: never) => unknown> = {}) => {
  const one = ({ id }: { id: string }) => ({
    alert: alerts.find((alert) => alert.id === id)!,
    mentions: [],
    chart: { width: 5, points: [] },
  })
  return mountInApp(AlertsView, {
    handlers: {
      alerts: {
        list: () => ({ alerts }),
        one: one as never,
        live: async function* () {
          yield { alerts: alerts.filter(({ state }) => state !== 'resolved') }
          await new Promise(() => {})
        } as never,
        ...more,
      },
      cases: { undo: () => ({ card: null, cannot: null }) },
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

describe('the view of alerts', () => {
  it('shows the first of the list whole: how far from the usual in words, what drives it, who was told, why', async () => {
    const { wrapper } = await open([strong, weak, over])
    const text = wrapper.text().replace(/\s+/g, ' ')
    expect(wrapper.findAll('.alert')).toHaveLength(3)
    expect(text).toContain('1 waits for somebody')
    // Not "4,300 × usual".
    expect(text).toContain('far above usual')
    expect(text).not.toMatch(/4[,.]?300/)
    expect(text).toContain('Payment is declined')
    expect(text).toContain('80%')
    expect(text).toContain('Nobody outside this page was told.')
    expect(text).toContain('Ada has it')
    // Why it is over stands in the list.
    expect(wrapper.findAll('.alert')[2]!.text()).toContain('Dealt with')
    wrapper.unmount()
  })

  it('is taken by a key, once, and taken back by another', async () => {
    const taken = { ...strong, state: 'taken' as const, takenBy: 'Test' }
    const { wrapper, fake } = await open([strong, weak], { take: () => ({ alert: taken, undo: 41 }) })
    await press('e')
    expect(fake.called('alerts.take')).toEqual([{ id: 'alt_pay' }])
    await press('u')
    expect(fake.called('cases.undo')).toEqual([{ entry: 41 }])
    wrapper.unmount()
  })

  it('offers nothing to take of what is over', async () => {
    const { wrapper, fake } = await open([over], { take: () => ({ alert: over, undo: 1 }) })
    expect(wrapper.text()).toContain('Nothing is unusual')
    await press('e')
    expect(fake.called('alerts.take')).toEqual([])
    expect(wrapper.text()).toContain('Dealt with')
    wrapper.unmount()
  })

  it('says that nothing is unusual when nothing is', async () => {
    const { wrapper } = await open([])
    expect(wrapper.text()).toContain('Nothing is unusual')
    wrapper.unmount()
  })
})
