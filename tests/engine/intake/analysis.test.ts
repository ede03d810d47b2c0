import { expect, it } from 'vitest'
import { analyse } from '#engine/intake/analysis.ts'
import { createListenMatcher } from '#engine/intake/listen-matcher.ts'
import {
  createUnderstanding,
  modelFiles,
  type ModelFiles,
  type Understanding,
} from '#engine/understanding/understand.ts'
import { draft } from '#tests/engine/store/station.ts'

const none = Object.fromEntries(Object.keys(modelFiles).map((name) => [name, null])) as ModelFiles
const job = (...texts: string[]) => ({
  items: texts.map((text) => draft({ text })),
  sourceIds: texts.map(() => 'src_a'),
  sourceNames: texts.map(() => null),
  networks: texts.map(() => 'mastodon'),
})

it('understands and matches each text of a batch at its place', () => {
  const matcher = createListenMatcher([{ no: 7, query: 'train' }, { no: 9, query: 'late OR awful' }]) // prettier-ignore
  const result = analyse(
    job('late train', 'hello', 'awful, awful food'),
    createUnderstanding({ models: none }),
    matcher,
  )
  expect(result.listens).toEqual([[7, 9], null, [9]])
  expect([...result.labels]).toEqual([expect.any(Number), 1, 0])
  expect(result.streams[0]).toMatch(/^late train /)
  expect(result.failures).toEqual([])
})

it('keeps a text that a model trips over, as neutral and sure of nothing', () => {
  const good = createUnderstanding({ models: none })
  const fragile: Understanding = {
    ...good,
    edition: null,
    understand(input) {
      if (input.text === 'poison') throw new Error('tripped')
      return good.understand(input)
    },
  }
  const result = analyse(job('awful food', 'poison'), fragile, createListenMatcher([{ no: 1, query: 'poison' }]))
  expect(result.failures).toEqual(['Error: tripped'])
  expect([...result.labels]).toEqual([0, 1])
  expect(result.confidences[1]).toBe(0)
  expect(result.listens[1]).toEqual([1])
  expect(result.streams[1]).toMatch(/^poison /)
})

it('leaves out a listen that cannot be read', () => {
  const matcher = createListenMatcher([{ no: 1, query: '(((' }, { no: 2, query: 'train' }]) // prettier-ignore
  expect(analyse(job('train'), createUnderstanding({ models: none }), matcher).listens).toEqual([[2]])
})
