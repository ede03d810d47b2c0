// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import type { PlannedSilence } from '#shared/model/alert.ts'
import type { Settings } from '#shared/model/settings.ts'
import AlertsBox from '#renderer/features/settings/AlertsBox.vue'
import SilencesBox from '#renderer/features/settings/SilencesBox.vue'
import { hello } from '../support/fake-station.ts'
import { mountInApp, settle } from '../support/mount.ts'

const HOUR = 3_600_000
const silence = (id: string, from: number, to: number): PlannedSilence => ({
  id,
  from,
  to,
  listenIds: [],
  reason: `Release ${id}`,
  by: 'Mara',
})

async function boxWith(component: typeof AlertsBox | typeof SilencesBox, more: Partial<Settings> = {}) {
  const sent: Partial<Settings>[] = []
  const settings = { ...hello().settings, ...more }
  const { wrapper } = await mountInApp(component, {
    props: { settings },
    handlers: {
      station: {
        saveSettings(input: unknown) {
          sent.push(input as Partial<Settings>)
          return { ...settings, ...(input as Partial<Settings>) }
        },
      },
    },
  })
  return { wrapper, sent }
}

it('saves how readily alerts speak', async () => {
  const { wrapper, sent } = await boxWith(AlertsBox)
  await wrapper.get('select').setValue('high')
  const cool = wrapper.findAll('select')[1]!
  await cool.setValue((cool.findAll('option')[4]!.element as HTMLOptionElement).value)
  await wrapper.get('form').trigger('submit')
  await settle()
  expect(sent).toMatchObject([{ alertSensitivity: 'high', alertCoolHours: 24 }])
  wrapper.unmount()
})

it('plans a silence beside those that stand, and ends one that runs without losing it', async () => {
  const now = Date.now()
  const running = silence('one', now - HOUR, now + HOUR)
  const coming = silence('two', now + 5 * HOUR, now + 6 * HOUR)
  const { wrapper, sent } = await boxWith(SilencesBox, { plannedSilences: [running, coming] })
  expect(wrapper.text()).toContain('Release one')
  await wrapper.get('input[maxlength="200"]').setValue(' Campaign ')
  await wrapper.get('form').trigger('submit')
  await settle()
  const planned = sent[0]!.plannedSilences!
  expect(planned.map(({ reason }) => reason)).toEqual(['Release one', 'Release two', 'Campaign'])
  expect(planned[2]!.to).toBeGreaterThan(planned[2]!.from)
  const buttons = wrapper.findAll('.planned button')
  expect(buttons).toHaveLength(2)
  await buttons[1]!.trigger('click')
  await settle()
  const ended = sent[1]!.plannedSilences!
  expect(ended.map(({ id }) => id)).toEqual(['one', 'two'])
  expect(ended[0]!.to).toBeLessThanOrEqual(Date.now() + 1000)
  await buttons[0]!.trigger('click')
  await settle()
  expect(sent[2]!.plannedSilences!.map(({ id }) => id)).toEqual(['one'])
  wrapper.unmount()
})
