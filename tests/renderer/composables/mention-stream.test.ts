// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import { ref } from 'vue'
import type { MentionPatch } from '#shared/contract/mentions.ts'
import type { MentionCard } from '#shared/model/mention-card.ts'
import { useMentionStream } from '#renderer/composables/mentions/useMentionStream.ts'
import { mentionCard } from '#tests/renderer/support/cards.ts'
import { runInApp, settle } from '#tests/renderer/support/mount.ts'

const patch = (seq: number, more: Partial<MentionPatch>): MentionPatch => ({
  seq,
  liveFrom: 9,
  added: [],
  addedCount: 0,
  changed: [],
  reset: false,
  ...more,
})

it('shows a card as it became while older ones were being read, and counts what is given again once', async () => {
  const reading = Promise.withResolvers<MentionCard[]>()
  const patches = [Promise.withResolvers<MentionPatch>(), Promise.withResolvers<MentionPatch>()]
  const { result, wrapper } = await runInApp(() => useMentionStream(() => ({}), ref(true), { fold: false }), {
    handlers: {
      mentions: {
        page: async ({ before }: { before?: string }) =>
          before === undefined
            ? { items: [mentionCard(9)], next: 'older', total: 2, estimated: false, liveFrom: 9 }
            : { items: await reading.promise, next: null, total: 2, estimated: false, liveFrom: 9 },
        async *live(_input: never, { signal }: { signal?: AbortSignal }) {
          for (const one of patches) yield await one.promise
          await new Promise((resolve) => signal?.addEventListener('abort', resolve))
        },
      },
    },
  })
  const texts = () => result.rows.value.map(({ card }) => card.mention.text)
  const older = result.older()
  patches[0]!.resolve(patch(1, { changed: [mentionCard(8, { text: 'accepted meanwhile' })] }))
  await settle()
  reading.resolve([mentionCard(8, { text: 'as it was' })])
  await older
  expect(texts()).toEqual(['Mention 9', 'accepted meanwhile'])
  patches[1]!.resolve(patch(2, { added: [mentionCard(9, { text: 'given again' })], addedCount: 1 }))
  await settle()
  expect([result.total.value, result.arrived.value]).toEqual([2, 0])
  wrapper.unmount()
})
