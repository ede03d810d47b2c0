// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import RelevanceBox from '#renderer/features/listens/RelevanceBox.vue'
import { mountInApp } from '#tests/renderer/support/mount.ts'

const status = {
  relevant: 0,
  irrelevant: 0,
  checks: 0,
  right: 0,
  least: 6,
  goodEnough: 0.7,
  inUse: false,
  described: false,
}

it.each([
  [{ relevant: 40 }, 'Not used yet: none was marked as not about it. It takes 6 of each kind.'],
  [{ irrelevant: 3 }, 'Not used yet: none was marked as about it. It takes 6 of each kind.'],
  [{ relevant: 40, irrelevant: 5 }, 'Not used yet: the marks are too few. It takes 6 of each kind.'],
  [{ relevant: 20, irrelevant: 12, checks: 8, right: 4 }, 'Not used: fewer than 70% came out right.'],
  [{ relevant: 20, irrelevant: 12, checks: 8, right: 7, inUse: true }, 'New mentions are judged by it.'],
  [
    { relevant: 20, irrelevant: 12, checks: 8, right: 7, inUse: true, described: true },
    'New mentions are judged by it.',
  ],
  [{ described: true }, 'New mentions are judged by the description until enough are marked: 6 of each kind.'],
  [
    { relevant: 2, described: true },
    'Officers marked 2 mentions as about it and 0 as not about it. New mentions are judged by the description',
  ],
])('gives the one reason why marks like %j are used or not', async (more, said) => {
  const { wrapper } = await mountInApp(RelevanceBox, {
    props: { listenId: 'lst_apple', name: 'Apple' },
    handlers: { relevance: { status: () => ({ ...status, ...more }) } },
  })
  const text = wrapper.text().replace(/\s+/g, ' ')
  expect(text).toContain(said)
  expect(text.match(/Not used/g) ?? []).toHaveLength(said.startsWith('Not') ? 1 : 0)
  expect(text.includes('Of 8 that were kept back')).toBe('checks' in more)
  wrapper.unmount()
})

it('says nothing before anything was marked', async () => {
  const { wrapper } = await mountInApp(RelevanceBox, {
    props: { listenId: 'lst_apple', name: 'Apple' },
    handlers: { relevance: { status: () => status } },
  })
  expect(wrapper.text()).toBe('')
  wrapper.unmount()
})
