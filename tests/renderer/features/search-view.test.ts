// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ORPCError } from '@orpc/client'
import SearchView from '#renderer/features/search/SearchView.vue'
import { go } from '#renderer/stores/address.ts'
import { mentionCard } from '#tests/renderer/support/cards.ts'
import { freshStores, mountInApp, settle } from '#tests/renderer/support/mount.ts'

let unmount = () => {}
beforeEach(() => {
  freshStores()
  go('search', [], { q: 'old' })
})
afterEach(() => unmount())

/** A search whose later answers come when the test says so. */
async function searchView() {
  const later = Promise.withResolvers<unknown>()
  const { wrapper } = await mountInApp(SearchView, {
    handlers: {
      mentions: {
        page: ({ filter }: { filter: { query: string } }) =>
          filter.query === 'old'
            ? { items: [mentionCard(9), mentionCard(8)], next: null, total: 2, estimated: false }
            : later.promise,
      },
      listens: { explain: () => ({ valid: true, words: '', problems: [] }) },
    },
  })
  unmount = () => wrapper.unmount()
  await settle()
  const ask = async () => {
    go('search', [], { q: 'new' })
    await settle()
  }
  const looks = () => ({
    stale: wrapper.get('.results').classes('stale'),
    count: wrapper.find('.count').exists() ? wrapper.get('.count').text() : null,
  })
  return { later, ask, looks, wrapper }
}

it('steps back what answers the words before, until the answer to the new ones is there', async () => {
  const { later, ask, looks, wrapper } = await searchView()
  expect(looks()).toEqual({ stale: false, count: '2 mentions' })
  await ask()
  expect(looks()).toEqual({ stale: true, count: '2 mentions' })
  expect(wrapper.get('.count').classes('stale')).toBe(true)
  later.resolve({ items: [mentionCard(7)], next: null, total: 1, estimated: false })
  await settle()
  expect(looks()).toEqual({ stale: false, count: '1 mention' })
})

it('counts nothing for words that could not be asked', async () => {
  const { later, ask, looks } = await searchView()
  await ask()
  later.reject(new ORPCError('BAD_REQUEST', { message: 'intent: does not know this.' }))
  await settle()
  expect(looks()).toEqual({ stale: false, count: null })
})
