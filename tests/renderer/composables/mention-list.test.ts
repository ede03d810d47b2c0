import { shallowRef } from 'vue'
import { expect, it } from 'vitest'
import { useMentionList } from '#renderer/composables/mentions/useMentionList.ts'
import { mentionCard } from '#tests/renderer/support/cards.ts'

const listOf = (count: number) => {
  const cards = shallowRef(Array.from({ length: count }, (_, seq) => mentionCard(seq + 1)))
  return {
    cards,
    list: useMentionList(
      () => cards.value,
      () => {},
    ),
  }
}
const ids = (cards: readonly { mention: { id: string } }[]) => cards.map((card) => card.mention.id)

it('stays on its mention while others come before it', () => {
  const { cards, list } = listOf(3)
  list.select(1)
  cards.value = [mentionCard(9), ...cards.value]
  expect(list.current()?.mention.id).toBe('st-2')
  expect(list.index.value).toBe(2)
})

it('goes on at once, and back when it was refused', () => {
  const { list } = listOf(3)
  list.select(0)
  const back = list.moveOn()
  expect(ids(list.targets())).toEqual(['st-2'])
  back()
  expect(ids(list.targets())).toEqual(['st-1'])
})

it('leaves whoever has moved meanwhile where they are', () => {
  const { list } = listOf(4)
  list.select(0)
  const back = list.moveOn()
  list.select(3)
  back()
  expect(ids(list.targets())).toEqual(['st-4'])
})

it('unmarks what was decided together, and marks it again when it was refused', () => {
  const { list } = listOf(3)
  for (const at of [0, 2]) {
    list.select(at)
    list.toggle()
  }
  const back = list.moveOn()
  expect(ids(list.targets())).toEqual(['st-3'])
  back()
  expect(ids(list.targets())).toEqual(['st-1', 'st-3'])
})
