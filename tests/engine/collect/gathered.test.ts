import { expect, it } from 'vitest'
import type { Letter } from '#shared/model/letter.ts'
import { Gathered } from '#engine/collect/gathered.ts'
import type { Batch } from '#engine/connectors/connector.ts'
import { batch, draft } from './station.ts'

const letter = (id: string): Letter => ({
  messageId: id, from: null, answers: [], tags: [], text: '', automatic: true, report: null, draft: null, dropped: 'automatic reply',
}) // prettier-ignore
const hundred = Array.from({ length: 100 }, (_, i) => String(i))

it.each([
  ['drafts', batch({ drafts: hundred.map((id) => draft(id, 1)) })],
  ['letters', batch({ letters: hundred.map(letter) })],
])('lets a stream of %s run ahead of the store by a bounded stretch, in bounded pieces', async (_, each) => {
  const gate = Promise.withResolvers<void>()
  const sizes: number[] = []
  const gathered = new Gathered(async ({ drafts, letters = [] }: Batch) => {
    await gate.promise
    sizes.push(drafts.length + letters.length)
  })
  let added = 0
  const feeding = (async () => {
    for (; added < 200; added++) await gathered.add(each)
  })()
  for (let turns = 0; turns < 500; turns++) await Promise.resolve()
  expect(added).toBeGreaterThan(40)
  expect(added).toBeLessThan(60)
  gate.resolve()
  await feeding
  await gathered.drain()
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(20_000)
  expect(Math.max(...sizes)).toBeLessThanOrEqual(1_000)
})
