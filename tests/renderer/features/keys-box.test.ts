// @vitest-environment happy-dom
import { afterEach, expect, it } from 'vitest'
import { usePreferences } from '#renderer/stores/preferences.ts'
import KeysBox from '#renderer/features/settings/KeysBox.vue'
import { mountInApp, settle } from '../support/mount.ts'

afterEach(() => localStorage.clear())

async function box() {
  const { wrapper } = await mountInApp(KeysBox)
  const rowOf = (what: string) => wrapper.findAll('li').find((row) => row.text().startsWith(what))!
  return {
    wrapper,
    preferences: usePreferences(),
    rowOf,
    async press(what: string, key: string, more: KeyboardEventInit = {}) {
      const button = rowOf(what).get('button')
      await button.trigger('click')
      expect(button.attributes('aria-pressed')).toBe('true')
      const event = new KeyboardEvent('keydown', { key, cancelable: true, bubbles: true, ...more })
      button.element.dispatchEvent(event)
      await settle()
      return event
    },
  }
}

it('switches single keys off and on', async () => {
  const { wrapper, preferences } = await box()
  const check = wrapper.get<HTMLInputElement>('input[type=checkbox]')
  expect(check.element.checked).toBe(true)
  await check.setValue(false)
  expect(preferences.singleKeys).toBe(false)
  await check.setValue(true)
  expect(preferences.singleKeys).toBe(true)
  wrapper.unmount()
})

it('takes another key for what a key does, shows it, and puts all back', async () => {
  const { wrapper, preferences, press, rowOf } = await box()
  const event = await press('Next', 'ö')
  expect(event.defaultPrevented).toBe(true)
  expect(preferences.movedKeys).toEqual({ j: 'ö' })
  expect(rowOf('Next').text().toLowerCase()).toContain('ö')
  expect(rowOf('Next').get('button').attributes('aria-pressed')).toBe('false')
  await wrapper.findAll('button').at(-1)!.trigger('click')
  expect(preferences.movedKeys).toEqual({})
  wrapper.unmount()
})

it('refuses another one’s key and says whose it is, and lets Escape leave it as it was', async () => {
  const { wrapper, preferences, press, rowOf } = await box()
  await press('Next', 'k')
  expect(wrapper.get('[role=status]').text()).toContain('Previous')
  expect(preferences.movedKeys).toEqual({})
  await rowOf('Next').get('button').trigger('click')
  await press('Next', 'Escape')
  expect(preferences.movedKeys).toEqual({})
  expect(rowOf('Next').get('button').attributes('aria-pressed')).toBe('false')
  wrapper.unmount()
})
