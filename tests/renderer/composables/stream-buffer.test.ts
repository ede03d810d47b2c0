import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MentionCard } from '#shared/model/mention-card.ts'
import { createStreamBuffer, foldBursts, newerFirst } from '#renderer/composables/mentions/stream-buffer.ts'
import { mentionCard, seqOf } from '#tests/renderer/support/cards.ts'

const ids = (cards: readonly MentionCard[]) => cards.map(seqOf)
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => mentionCard(from + index))

describe('a stream', () => {
  it('lets new mentions in at its top, newest first, and stays bounded', () => {
    const buffer = createStreamBuffer(50)
    buffer.replace(range(0, 40))
    buffer.add(range(40, 100), 60, true)
    expect(ids(buffer.items)).toEqual(ids(range(50, 100)).toReversed())
    expect(buffer.waitingCount).toBe(0)
  })

  it('does not move under a reader while 10,000 mentions arrive', () => {
    const buffer = createStreamBuffer(200, 200)
    buffer.replace(range(0, 100))
    const before = buffer.items
    for (let from = 100; from < 10_100; from += 20) buffer.add(range(from, from + 20), 20, false)
    expect(buffer.items).toBe(before)
    expect(buffer.waitingCount).toBe(10_000)
    expect(buffer.waitingTooMany).toBe(true)
    expect(buffer.waitingSince).toBe(mentionCard(100).mention.seenAt)
  })

  it('keeps holding back at the top until what waits is shown', () => {
    const buffer = createStreamBuffer()
    buffer.replace(range(0, 10))
    buffer.add(range(10, 12), 2, false)
    buffer.add(range(12, 13), 1, true)
    expect(buffer.waitingCount).toBe(3)
    expect(ids(buffer.items)[0]).toBe(9)
    buffer.show()
    expect(ids(buffer.items).slice(0, 4)).toEqual([12, 11, 10, 9])
    expect(buffer.waitingSince).toBeNull()
  })

  it('counts what a patch left out, and knows that a snapshot is needed', () => {
    const buffer = createStreamBuffer()
    buffer.replace([])
    buffer.add(range(0, 100), 450, false)
    expect(buffer.waitingCount).toBe(450)
    expect(buffer.waitingTooMany).toBe(true)
  })

  it('shows a change in place, also of one that waits', () => {
    const buffer = createStreamBuffer()
    buffer.replace(range(0, 3))
    buffer.add(range(3, 4), 1, false)
    buffer.change([mentionCard(1, { text: 'changed' }), mentionCard(3, { text: 'changed too' })])
    expect(buffer.items.map((card) => card.mention.text)).toEqual(['Mention 2', 'changed', 'Mention 0'])
    buffer.show()
    expect(buffer.items[0]!.mention.text).toBe('changed too')
  })

  it('takes the newer card of one that is given again, and counts it once', () => {
    const buffer = createStreamBuffer()
    buffer.replace(range(0, 3))
    expect(buffer.add([mentionCard(3), mentionCard(1, { text: 'accepted' })], 2, true)).toBe(1)
    expect(buffer.items.map((card) => card.mention.text)).toEqual(['Mention 3', 'Mention 2', 'accepted', 'Mention 0'])
    expect(buffer.add([mentionCard(3)], 1, false)).toBe(0)
    expect(buffer.waitingCount).toBe(0)
    expect(buffer.add(range(4, 6), 5, false)).toBe(5)
  })

  it('is in order and without doubles whatever arrives in whatever order', () => {
    const batch = fc.record({
      seqs: fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 12 }),
      atTop: fc.boolean(),
      show: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(batch, { maxLength: 30 }), (batches) => {
        const buffer = createStreamBuffer(20, 500)
        buffer.replace([])
        const given = new Set<number>()
        for (const { seqs, atTop, show } of batches) {
          const fresh = [...new Set(seqs)]
          for (const seq of fresh) given.add(seq)
          buffer.add(
            fresh.map((seq) => mentionCard(seq)),
            fresh.length,
            atTop,
          )
          if (show) buffer.show()
          const shown = ids(buffer.items)
          expect(shown).toEqual([...buffer.items].sort(newerFirst).map(seqOf))
          expect(new Set(shown).size).toBe(shown.length)
          expect(shown.length).toBeLessThanOrEqual(20)
        }
        buffer.show()
        expect(ids(buffer.items)[0] ?? -1).toBe(Math.max(-1, ...given))
      }),
      { numRuns: 60 },
    )
  })
})

describe('a burst of one author', () => {
  const by = (author: string, ...seqs: number[]) =>
    seqs.map((seq) =>
      mentionCard(seq, { author: { id: author, handle: author, name: null, url: null, followers: null } }),
    )

  it('is folded from three on, and nothing is lost', () => {
    const cards = [...by('a', 9, 8, 7, 6), ...by('b', 5, 4), ...by('a', 3)]
    const rows = foldBursts(cards, new Set())
    expect(rows.map((row) => [seqOf(row.card), row.folded])).toEqual([
      [9, 3],
      [5, 0],
      [4, 0],
      [3, 0],
    ])
    expect(rows.reduce((sum, row) => sum + 1 + row.folded, 0)).toBe(cards.length)
  })
  it('stays open once it was unfolded, and the unknown author is nobody', () => {
    expect(foldBursts(by('a', 3, 2, 1), new Set(['mastodon:a']))).toHaveLength(3)
    expect(
      foldBursts(
        [3, 2, 1].map((seq) => mentionCard(seq, { author: null })),
        new Set(),
      ),
    ).toHaveLength(3)
  })
})
