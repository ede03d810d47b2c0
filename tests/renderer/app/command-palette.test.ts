// @vitest-environment happy-dom
import { nextTick } from 'vue'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { MentionCard } from '#shared/model/mention-card.ts'
import CommandPalette from '#renderer/app/CommandPalette.vue'
import { useMentionPanel } from '#renderer/stores/panels.ts'
import { mentionCard } from '#tests/renderer/support/cards.ts'
import { mountInApp, settle } from '#tests/renderer/support/mount.ts'

const listen = (id: string, name: string) => ({ id, name, query: '', colour: 1 })
let unmount = () => {}
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  unmount()
  vi.useRealTimers()
})

async function palette() {
  const listens = Promise.withResolvers<unknown[]>()
  const found = new Map<string, PromiseWithResolvers<{ items: MentionCard[] }>>()
  const app = await mountInApp(CommandPalette, {
    handlers: {
      listens: { list: () => listens.promise },
      mentions: {
        page: ({ filter }: { filter: { query: string } }) => {
          found.set(filter.query, Promise.withResolvers())
          return found.get(filter.query)!.promise
        },
      },
    },
  })
  unmount = () => app.wrapper.unmount()
  const field = document.querySelector<HTMLInputElement>('dialog input')!
  return {
    listens,
    found,
    async write(text: string) {
      field.value = text
      field.dispatchEvent(new Event('input'))
      await nextTick()
      vi.advanceTimersByTime(200)
      await settle()
    },
    async press(key: string) {
      field.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }))
      await settle()
    },
    options: () => [...document.querySelectorAll('[role=option] .clip')].map((one) => one.textContent),
    chosen: () => document.querySelector('[aria-selected=true] .clip')?.textContent,
  }
}

it('keeps what the arrows chose while further things arrive above it', async () => {
  const { listens, found, write, press, options, chosen } = await palette()
  await write('late')
  found.get('late')!.resolve({ items: [mentionCard(1, { text: 'Late again' }), mentionCard(2, { text: 'So late' })] })
  await settle()
  await press('ArrowDown')
  expect(chosen()).toBe('@author1: Late again')
  listens.resolve([listen('lis_1', 'Late trains'), listen('lis_2', 'Late planes')])
  await settle()
  expect(options()[0]).toContain('Late')
  expect(chosen()).toBe('@author1: Late again')
  await press('Enter')
  expect(useMentionPanel().open?.id).toBe('st-1')
})

it('takes the first as long as nobody chose another', async () => {
  const { listens, write, chosen } = await palette()
  await write('late')
  expect(chosen()).toContain('late')
  listens.resolve([listen('lis_1', 'Late trains')])
  await settle()
  expect(chosen()).toBe('Late trains')
})

it('offers no mentions of the words before', async () => {
  const { found, write, options } = await palette()
  await write('late')
  found.get('late')!.resolve({ items: [mentionCard(1, { text: 'Late again' })] })
  await settle()
  expect(options()).toHaveLength(2)
  await write('later')
  expect(options()).toHaveLength(1)
  found.get('later')!.resolve({ items: [mentionCard(2, { text: 'Sooner or later' })] })
  await settle()
  expect(options()[1]).toBe('@author2: Sooner or later')
})
