// @vitest-environment happy-dom
import { afterEach, expect, it } from 'vitest'
import { ref } from 'vue'
import type { MentionCard } from '#shared/model/mention-card.ts'
import { useSearch } from '#renderer/features/search/useSearch.ts'
import { mentionCard, seqOf } from '#tests/renderer/support/cards.ts'
import { runInApp, settle } from '#tests/renderer/support/mount.ts'

type Page = { items: MentionCard[]; next: string | null }
/** Answers when the test says so, by words and place. */
function slowPages() {
  const asked = new Map<string, PromiseWithResolvers<Page>>()
  const at = (key: string) => {
    if (!asked.has(key)) asked.set(key, Promise.withResolvers<Page>())
    return asked.get(key)!
  }
  return {
    answer: (key: string, from: number, count: number, next: string | null) =>
      at(key).resolve({ items: Array.from({ length: count }, (_, n) => mentionCard(from - n)), next }),
    page: ({ filter, before }: { filter: { query: string }; before?: string }) =>
      at(`${filter.query} ${before ?? ''}`.trim()).promise,
  }
}
let unmount = () => {}
afterEach(() => unmount())

async function search(words: string) {
  const query = ref(words)
  const pages = slowPages()
  const app = await runInApp(() => useSearch(() => ({ query: query.value })), {
    handlers: { mentions: { page: pages.page } },
  })
  unmount = () => app.wrapper.unmount()
  const seqs = () => app.result.items.value.map((card) => seqOf(card))
  return { ...app, query, pages, seqs }
}

it('says that the answer to new words is still to come, whatever is on screen', async () => {
  const { result, query, pages, seqs } = await search('old')
  expect(result.pending.value).toBe(true)
  pages.answer('old', 9, 2, null)
  await settle()
  expect([result.pending.value, seqs()]).toEqual([false, [9, 8]])
  query.value = 'new'
  await settle()
  expect(result.pending.value).toBe(true)
  pages.answer('new', 5, 1, null)
  await settle()
  expect([result.pending.value, seqs()]).toEqual([false, [5]])
})

it('leaves no hole when the first page comes anew while an older one is read', async () => {
  const { result, pages, seqs, fake } = await search('x')
  pages.answer('x', 90, 2, 'p2')
  await settle()
  const older = result.more()
  fake.drop()
  fake.connect()
  await settle()
  pages.answer('x p2', 88, 2, null)
  await older.catch(() => {})
  await settle()
  expect(seqs()).toEqual([90, 89])
  await result.more()
  expect(seqs()).toEqual([90, 89, 88, 87])
})

it('adds older ones of the words before to no other answer, and goes on with the new ones', async () => {
  const { result, query, pages, seqs } = await search('old')
  pages.answer('old', 90, 1, 'p2')
  await settle()
  const older = result.more()
  query.value = 'new'
  pages.answer('new', 50, 1, 'n2')
  await settle()
  pages.answer('old p2', 80, 1, null)
  await older
  expect(seqs()).toEqual([50])
  pages.answer('new n2', 40, 1, null)
  await result.more()
  expect(seqs()).toEqual([50, 40])
})
