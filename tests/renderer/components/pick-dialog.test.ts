// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import { defineComponent, h, shallowRef } from 'vue'
import PickDialog from '#renderer/components/PickDialog.vue'
import type { PickOption } from '#renderer/components/PickDialog.vue'
import { mountInApp, settle } from '../support/mount.ts'

let mounted: { unmount(): void } | null = null
afterEach(() => {
  mounted?.unmount()
  mounted = null
})
const care = { id: 'care', label: 'Care', key: '1' }
const press = { id: 'press', label: 'Press', key: '2' }
const sales = { id: 'sales', label: 'Sales', key: '3' }

async function open(first: PickOption[]) {
  const options = shallowRef(first)
  const picked: string[] = []
  const Host = defineComponent({
    setup: () => () => h(PickDialog, { title: 'Route to', options: options.value, onPick: (id) => picked.push(id) }),
  })
  const { wrapper } = await mountInApp(Host)
  mounted = wrapper
  const input = document.querySelector<HTMLInputElement>('dialog input')!
  return {
    picked,
    async come(next: PickOption[]) {
      options.value = next
      await settle()
    },
    async type(words: string) {
      input.value = words
      input.dispatchEvent(new Event('input'))
      await settle()
    },
    async key(key: string) {
      input.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
      await settle()
    },
    chosen: () => document.querySelector('[aria-selected=true] b')?.textContent,
  }
}

describe('options that come late', () => {
  it('keep what was gone to, in whatever order they come', async () => {
    const dialog = await open([care, press])
    await dialog.key('ArrowDown')
    expect(dialog.chosen()).toBe('Press')
    await dialog.come([sales, care, press])
    expect(dialog.chosen()).toBe('Press')
    await dialog.key('Enter')
    expect(dialog.picked).toEqual(['press'])
  })
  it('are taken by the key that was pressed before they were there', async () => {
    const dialog = await open([])
    await dialog.key('2')
    await dialog.type('2')
    await dialog.come([care, press])
    expect(dialog.picked).toEqual(['press'])
  })
  it('are taken by the words and the Enter that came first, when these mean one of them', async () => {
    const dialog = await open([care])
    await dialog.type('sal')
    await dialog.key('Enter')
    expect(dialog.picked).toEqual([])
    await dialog.come([care, press, sales])
    expect(dialog.picked).toEqual(['sales'])
  })
  it('wait to be chosen when the words mean several, none was typed, or others were typed since', async () => {
    const dialog = await open([])
    await dialog.key('Enter')
    await dialog.come([care])
    await dialog.come([])
    await dialog.type('s')
    await dialog.key('Enter')
    await dialog.come([press, sales])
    await dialog.come([])
    await dialog.type('sale')
    await dialog.come([sales])
    expect(dialog.picked).toEqual([])
    await dialog.key('Enter')
    expect(dialog.picked).toEqual(['sales'])
  })
})
