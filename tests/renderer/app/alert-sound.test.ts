// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { publicAlert } from '#engine/alerts/book.ts'
import { useAlertSound } from '#renderer/app/useAlertSound.ts'
import { usePreferences } from '#renderer/stores/preferences.ts'
import type { Alert } from '#shared/model/alert.ts'
import { alertCard } from '#tests/support/alert.ts'
import { feed } from '#tests/renderer/support/fake-station.ts'
import { runInApp, settle } from '#tests/renderer/support/mount.ts'

const card = (id: string, changes: Partial<Alert> = {}): Alert => ({
  ...publicAlert(alertCard({ id, raised: 1 })),
  ...changes,
})
const open = async (on: boolean) => {
  const stream = feed<{ alerts: Alert[] }>()
  const play = vi.fn<() => void>()
  const { fake, wrapper } = await runInApp(
    () => {
      usePreferences().alertSound = on
      useAlertSound(play)
    },
    { handlers: { alerts: { live: (_input, { signal }) => stream.stream(signal) } } },
  )
  const say = async (...alerts: Alert[]) => {
    stream.push({ alerts })
    await settle()
    return play.mock.calls.length
  }
  return { say, fake, wrapper }
}
beforeEach(() => localStorage.clear())

it('is heard when an alert is raised or got worse, and not for what stood when the page opened', async () => {
  const { say, wrapper } = await open(true)
  expect(await say(card('old'))).toBe(0)
  expect(await say(card('old'), card('new'))).toBe(1)
  expect(await say(card('old'), card('new', { state: 'taken', takenBy: 'Ada' }))).toBe(1)
  expect(await say(card('old', { raised: 2 }), card('new'))).toBe(2)
  // Two at once are one tone.
  expect(await say(card('one'), card('two'))).toBe(3)
  // What was closed and taken back is nothing new.
  expect(await say(card('old', { raised: 2 }))).toBe(3)
  wrapper.unmount()
})

it.each<[string, Partial<Alert>]>([
  ['not raised yet', { raised: 0, state: 'pending' }],
  ['in a planned silence', { silenced: 'Release' }],
  ['found afterwards', { late: true }],
  ['muted', { mutedUntil: 8_640_000_000_000 }],
])('is not heard for one that is %s', async (_what, changes) => {
  const { say, wrapper } = await open(true)
  await say()
  expect(await say(card('new', changes))).toBe(0)
  wrapper.unmount()
})

it('is off until somebody wants it, asks for nothing meanwhile, and begins with what stands then', async () => {
  const { say, fake, wrapper } = await open(false)
  expect(fake.called('alerts.live')).toHaveLength(0)
  usePreferences().alertSound = true
  await nextTick()
  await settle()
  expect(fake.called('alerts.live')).toHaveLength(1)
  expect(await say(card('old'))).toBe(0)
  expect(await say(card('old'), card('new'))).toBe(1)
  usePreferences().alertSound = false
  await nextTick()
  expect(await say(card('third'))).toBe(1)
  wrapper.unmount()
})
