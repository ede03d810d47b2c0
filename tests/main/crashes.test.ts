import { expect, it } from 'vitest'
import { reviveAfterCrash } from '#main/crashes.ts'

function crashing() {
  let gone: (reason: string) => void = () => {}
  let hangs: () => void = () => {}
  const said: string[] = []
  const gaveUp: string[] = []
  const waits: number[] = []
  let loads = 0
  let now = 0
  reviveAfterCrash(
    {
      onGone: (listener) => (gone = listener),
      onUnresponsive: (listener) => (hangs = listener),
      reload: () => loads++,
    },
    {
      name: 'wall',
      tell: (line) => said.push(line),
      giveUp: (line) => gaveUp.push(line),
      after: (ms, call) => {
        waits.push(ms)
        call()
      },
      now: () => now,
    },
  )
  return {
    gone: (reason: string) => gone(reason),
    hangs: () => hangs(),
    later: (ms: number) => (now += ms),
    said,
    gaveUp,
    waits,
    get loads() {
      return loads
    },
  }
}

it('loads a page that crashed again, says so, and leaves one alone that was closed', () => {
  const page = crashing()
  page.gone('crashed')
  page.later(61_000)
  page.gone('oom')
  page.gone('clean-exit')
  page.hangs()
  expect(page.loads).toBe(2)
  expect(page.waits).toEqual([500, 500])
  expect(page.said).toEqual([
    'The page of the wall ended (crashed) and is loaded again.',
    'The page of the wall ended (oom) and is loaded again.',
    'The page of the wall does not answer.',
  ])
})

it('gives up on a page that crashes again and again, and says what goes on', () => {
  const page = crashing()
  for (let n = 0; n < 6; n++) page.gone('crashed')
  expect(page.loads).toBe(5)
  expect(page.waits).toEqual([500, 1000, 2000, 4000, 8000])
  expect(page.gaveUp).toEqual([expect.stringContaining('The engine goes on')])
})
