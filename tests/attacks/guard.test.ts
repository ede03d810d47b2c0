import { expect, it } from 'vitest'
import { startProcess } from '#tests/support/earshot.ts'

it.each([
  ['throw', 'undefined is not a function'],
  ['reject', 'Nobody waited for this.'],
  ['damage', 'database disk image is malformed'],
  ['stuck', 'undefined is not a function'],
])('what nobody caught (%s) is said in one line, ends in order, and ends', async (how, what) => {
  const child = startProcess('tests/attacks/guard-child.ts', [how])
  expect(await child.ended).toBe(1)
  const lines = child.output().trim().split('\n').toSorted()
  expect(lines).toEqual([expect.stringMatching(/^Earshot had to stop: /), 'stopped in order'])
  expect(lines[0]).toContain(what)
  expect(lines[0]).not.toMatch(/\bat .*:\d+:\d+/)
})
