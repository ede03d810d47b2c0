import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Batch, Connector } from '#engine/connectors/connector.ts'
import { file } from '#engine/connectors/file/file.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'
import { contextOf } from './fixtures/fixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'earshot-replay-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const start = Date.parse('2015-02-24T10:00:00Z')
const path = join(folder, 'shift.csv')
// Newest first, as exports are; one row a minute for an hour, and one that cannot be read.
const rows = Array.from(
  { length: 61 },
  (_, i) => `${60 - i},${new Date(start + (60 - i) * 60_000).toISOString()},post ${60 - i}`,
)
writeFileSync(path, `id,date,text\n${rows.join('\n')}\nx,never,undated\n`)

/** Plays until `until` of the clock, which moves in steps while the connector waits for it. */
async function play(
  speed: number,
  cursor: string | null,
  until: number,
): Promise<{ batches: Batch[]; clock: ManualClock }> {
  const clock = new ManualClock('2026-11-20T10:00:00Z')
  const abort = new AbortController()
  const batches: Batch[] = []
  const network = {
    config: { path, speed },
    allowPrivate: [],
    put: () => {},
    putWithout: () => {},
    close: async () => {},
  }
  const context = contextOf(network, file as unknown as Connector, {
    cursor,
    now: () => clock.now(),
    sleep: (ms) => clock.sleep(ms, abort.signal),
    signal: abort.signal,
  })
  const reading = (async () => {
    for await (const batch of file.stream(context as never)) batches.push(batch)
  })().catch(() => {})
  // Reading the file takes real time, in which the test's clock stands still.
  while (batches.length === 0) await new Promise((resolve) => setImmediate(resolve))
  const begin = clock.now()
  while (clock.now() - begin < until && !batches.at(-1)?.finished) {
    clock.advance(100)
    await new Promise((resolve) => setImmediate(resolve))
  }
  abort.abort()
  await reading
  return { batches, clock }
}

const drafts = (batches: Batch[]) => batches.flatMap((batch) => batch.drafts)

describe('replaying a file', () => {
  it('plays it in order of time, as if it happened now, so many times as fast', async () => {
    const { batches, clock } = await play(60, null, 120_000)
    const played = drafts(batches)
    expect(played.map(({ externalId }) => Number(externalId))).toEqual(Array.from({ length: 61 }, (_, i) => i))
    const first = played[0]!.publishedAt
    expect(played.map(({ publishedAt }) => Math.round((publishedAt - first) / 1000))).toEqual(
      Array.from({ length: 61 }, (_, i) => i),
    )
    for (const { publishedAt } of played) expect(publishedAt).toBeLessThanOrEqual(clock.now())
    expect(JSON.parse(played[0]!.raw!)).toMatchObject({ date: '2015-02-24T10:00:00.000Z' })
    expect(batches.flatMap(({ dropped }) => dropped.map(({ reason }) => reason))).toEqual(['no date'])
    expect(batches[0]!.detail).toEqual('replaying at 60×')
    expect(batches.at(-1)).toMatchObject({ finished: true, detail: 'replayed 61 mentions' })
  })

  it('takes an hour for an hour at 1×, with signs of life in between', async () => {
    const { batches } = await play(1, null, 5 * 60_000)
    expect(drafts(batches)).toHaveLength(6)
    expect(batches.filter((batch) => batch.drafts.length === 0 && batch.cursor === null).length).toBeGreaterThan(15)
  })

  it('goes on behind the last row that was kept', async () => {
    const { batches } = await play(60, null, 20_000)
    const kept = drafts(batches).length
    expect(kept).toBeGreaterThan(10)
    const { batches: rest } = await play(60, batches.filter(({ cursor }) => cursor !== null).at(-1)!.cursor, 120_000)
    expect(drafts(rest).map(({ externalId }) => Number(externalId))).toEqual(
      Array.from({ length: 61 - kept }, (_, i) => kept + i),
    )
  })
})
