// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import ListensView from '#renderer/features/listens/ListensView.vue'
import { handleKey } from '#renderer/composables/control/useKeys.ts'
import { go, useRoute } from '#renderer/stores/address.ts'
import { mountInApp, settle } from '../support/mount.ts'

let mounted: { unmount(): void } | null = null
beforeEach(() => go('listens', [], {}, true))
afterEach(() => {
  mounted?.unmount()
  mounted = null
})

const listen = (id: string, name: string) => ({
  id, name, colour: 1, query: name.toLowerCase(), enabled: true, routed: true, order: 1, createdAt: 0,
  heardLastHour: 0, heardInAll: 0,
}) // prettier-ignore

/** The station answers saves and lists when the test says so. */
async function mountView() {
  let listens = [listen('l1', 'Kaffora'), listen('l2', 'Payments')]
  const saves: (() => void)[] = []
  const lists: (() => void)[] = []
  let slow = false
  const { wrapper, fake } = await mountInApp(ListensView, {
    handlers: {
      listens: {
        list: () => (slow ? new Promise((resolve) => lists.push(() => resolve(listens))) : listens),
        save: (draft: { id?: string; name: string }) =>
          new Promise((resolve) =>
            saves.push(() => {
              const saved = { ...listen(draft.id ?? 'l3', draft.name), ...draft, id: draft.id ?? 'l3' }
              listens = [...listens.filter(({ id }) => id !== saved.id), saved]
              resolve(saved)
            }),
          ),
        explain: () => ({ valid: true, words: 'Mentions', tokens: [], problems: [] }),
        preview: () => ({ cards: [], matched: 0, bars: [] }),
      },
      relevance: {
        status: () => ({
          relevant: 0,
          irrelevant: 0,
          checks: 0,
          right: 0,
          least: 6,
          goodEnough: 0.7,
          inUse: false,
          described: false,
        }),
      },
    },
  })
  mounted = wrapper
  return {
    wrapper,
    fake,
    name: () => wrapper.get<HTMLInputElement>('.form-name input'),
    async save() {
      await wrapper.get('form').trigger('submit')
      await settle()
    },
    async answer(of: 'saves' | 'lists') {
      for (const one of (of === 'saves' ? saves : lists).splice(0)) one()
      await settle()
    },
    slowLists: () => (slow = true),
  }
}
const press = (key: string) => handleKey(new KeyboardEvent('keydown', { key, cancelable: true }))

describe('the listens, at a slow station', () => {
  it('leave open what was opened while the list was asked for anew', async () => {
    const { name, save, answer, slowLists } = await mountView()
    await name().setValue('Kaffora coffee')
    await save()
    slowLists()
    await answer('saves')
    press('j')
    await settle()
    expect(name().element.value).toBe('Payments')
    await answer('lists')
    expect([name().element.value, useRoute().value.parts]).toEqual(['Payments', ['l2']])
  })
  it('go on with what was written while a new one was saved, as that one', async () => {
    const { wrapper, fake, name, save, answer } = await mountView()
    press('n')
    await settle()
    await name().setValue('Hotline')
    await wrapper.get('textarea').setValue('phone')
    await save()
    await name().setValue('Hotline and mail')
    await answer('saves')
    expect([name().element.value, useRoute().value.parts]).toEqual(['Hotline and mail', ['l3']])
    await save()
    expect(fake.called('listens.save').at(-1)).toMatchObject({ id: 'l3', name: 'Hotline and mail' })
  })
})

describe('a new listen that is not saved yet', () => {
  it('begins in its name, stays in sight as a row and is found again from there and by key', async () => {
    const { wrapper, name, save, answer } = await mountView()
    document.body.append(wrapper.element)
    press('n')
    await settle()
    expect(document.activeElement).toBe(name().element)
    expect(wrapper.find('.unsaved').exists()).toBe(false)
    await name().setValue('Hotline')
    await wrapper.get('textarea').setValue('phone')
    expect(wrapper.get('.unsaved').text()).toContain('Hotline')
    expect(wrapper.get('.unsaved').text()).toContain('not saved')
    name().element.blur()
    press('j')
    await settle()
    expect(name().element.value).toBe('Kaffora')
    await wrapper.get('.unsaved').trigger('click')
    await settle()
    expect([name().element.value, wrapper.get('textarea').element.value]).toEqual(['Hotline', 'phone'])
    press('j')
    press('k')
    await settle()
    expect(name().element.value).toBe('Hotline')
    await save()
    await answer('saves')
    expect(wrapper.find('.unsaved').exists()).toBe(false)
  })
  it('is named as what it is while only its query was written', async () => {
    const { wrapper } = await mountView()
    press('n')
    await settle()
    await wrapper.get('textarea').setValue('phone')
    expect(wrapper.get('.unsaved b').text()).toBe('New listen')
  })
})
