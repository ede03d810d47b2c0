// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it } from 'vitest'
import CannedPanel from '#renderer/features/desks/CannedPanel.vue'
import PeoplePanel from '#renderer/features/desks/PeoplePanel.vue'
import { handleKey } from '#renderer/composables/control/useKeys.ts'
import { go, useRoute } from '#renderer/stores/address.ts'
import { useToasts } from '#renderer/stores/toasts.ts'
import type { CannedReply } from '#shared/model/canned.ts'
import { mountInApp, settle } from '../support/mount.ts'

let mounted: { unmount(): void } | null = null
beforeEach(() => go('desks', ['replies'], {}, true))
afterEach(() => {
  mounted?.unmount()
  mounted = null
})
const press = (key: string) => handleKey(new KeyboardEvent('keydown', { key, cancelable: true }))
const reply = (id: string): CannedReply => ({ id, name: id.toUpperCase(), lang: 'en', text: `Text ${id}` })

async function panel(ids: string[]) {
  let replies = ids.map(reply)
  const { wrapper } = await mountInApp(CannedPanel, {
    handlers: {
      cases: {
        canned: () => replies,
        removeCanned: ({ id }: { id: string }) => void (replies = replies.filter((one) => one.id !== id)),
        saveCanned: (draft: CannedReply) => {
          const saved = { ...draft, id: draft.id ?? 'new' }
          replies = [...replies.filter((one) => one.id !== saved.id), saved]
          return saved
        },
      },
    },
  })
  mounted = wrapper
  const name = () => wrapper.get<HTMLInputElement>('form .form-name input')
  const click = async (label: string) => {
    await wrapper
      .findAll('button')
      .find((one) => one.text().includes(label))!
      .trigger('click')
    await settle()
  }
  return { wrapper, name, click }
}

it('goes through its list by keys, the address naming what is open', async () => {
  const { name } = await panel(['a', 'b'])
  expect(name().element.value).toBe('A')
  press('j')
  await settle()
  expect([name().element.value, useRoute().value.parts]).toEqual(['B', ['replies', 'b']])
  press('k')
  await settle()
  expect(name().element.value).toBe('A')
})

it('opens what stands beside an entry that is removed, and says so once nothing is left', async () => {
  const { wrapper, name, click } = await panel(['a', 'b'])
  await click('Remove')
  expect(name().element.value).toBe('B')
  expect(
    useToasts()
      .toasts.map(({ text }) => text)
      .join(),
  ).toContain('A')
  await click('Remove')
  expect(wrapper.text()).toContain('No canned reply yet')
  expect(wrapper.find('form').exists()).toBe(false)
})

it('asks before a form with changes is left for a new one', async () => {
  const { name } = await panel(['a'])
  await name().setValue('Changed')
  press('n')
  await settle()
  expect(name().element.value).toBe('Changed')
  expect(document.querySelector('dialog')?.textContent).toContain('Discard')
})

it('keeps the form of a new entry open as that of the saved one', async () => {
  const { wrapper, name } = await panel(['a'])
  press('n')
  await settle()
  await name().setValue('Thanks')
  await wrapper.get('textarea').setValue('Thank you')
  await wrapper.get('form').trigger('submit')
  await settle()
  expect([name().element.value, useRoute().value.parts]).toEqual(['Thanks', ['replies', 'new']])
})

it('shows a file of people also where nobody is yet', async () => {
  go('desks', ['people'], {}, true)
  const { wrapper } = await mountInApp(PeoplePanel, {
    handlers: { desks: { people: () => ({ items: [], next: null, total: 0 }) } },
  })
  mounted = wrapper
  expect(wrapper.text()).toContain('Nobody yet')
  press('i')
  await settle()
  expect(wrapper.find('input[type=file]').exists()).toBe(true)
})
