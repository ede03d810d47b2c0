// @vitest-environment happy-dom
import { h, ref } from 'vue'
import { afterEach, expect, it } from 'vitest'
import AppCombobox from '#renderer/components/AppCombobox.vue'
import { mountInApp, settle } from '../support/mount.ts'

let unmount = () => {}
afterEach(() => unmount())

async function comboboxOf(count: number) {
  const chosen = ref<string | null>(null)
  const options = [
    { value: null, label: 'Nowhere' },
    ...Array.from({ length: count }, (_, at) => ({ value: `dsk_${at}`, label: `Desk ${at}` })),
  ]
  const Host = () =>
    h(AppCombobox<string | null>, {
      label: 'Desk',
      options,
      modelValue: chosen.value,
      'onUpdate:modelValue': (value) => (chosen.value = value ?? null),
    })
  const { wrapper } = await mountInApp(Host)
  unmount = () => wrapper.unmount()
  return { chosen, button: document.querySelector<HTMLButtonElement>('button[role=combobox]')! }
}
const dialog = () => document.querySelector('dialog')

it('chooses one of many by a few letters of it, and shows which it is', async () => {
  const { chosen, button } = await comboboxOf(40)
  expect(document.querySelector(`label[for=${button.id}]`)?.textContent).toBe('Desk')
  expect([button.textContent?.trim(), button.getAttribute('aria-expanded')]).toEqual(['Nowhere', 'false'])
  button.click()
  await settle()
  expect(button.getAttribute('aria-expanded')).toBe('true')
  const input = dialog()!.querySelector('input')!
  input.value = '37'
  input.dispatchEvent(new Event('input'))
  await settle()
  expect([...dialog()!.querySelectorAll('[role=option]')].map((one) => one.textContent.trim())).toEqual(['Desk 37'])
  input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))
  await settle()
  expect([chosen.value, button.textContent?.trim(), dialog()]).toEqual(['dsk_37', 'Desk 37', null])
})

it('chooses none of them, and leaves all as it was when it is closed', async () => {
  const { chosen, button } = await comboboxOf(3)
  chosen.value = 'dsk_2'
  await settle()
  button.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true }))
  await settle()
  dialog()!.dispatchEvent(new Event('cancel', { cancelable: true }))
  await settle()
  expect([chosen.value, dialog()]).toEqual(['dsk_2', null])
  button.click()
  await settle()
  dialog()!.querySelector<HTMLElement>('[role=option]')!.click()
  await settle()
  expect([chosen.value, button.textContent?.trim()]).toEqual([null, 'Nowhere'])
})
