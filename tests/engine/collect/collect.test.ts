import { saying } from '#tests/support/saying.ts'
import { asWritten } from '#shared/words/said.ts'
import { Failure } from '#engine/platform/failure.ts'
import { afterEach, describe, expect, it } from 'vitest'
import type { Batch } from '#engine/connectors/connector.ts'
import { SocketProblem } from '#engine/platform/socket.ts'
import { readCursor } from '#engine/store/queries/cursors.ts'
import { batch, draft, listenTo, openStation } from './station.ts'
import type { TestStation } from './station.ts'

const stations: TestStation[] = []
afterEach(async () => {
  for (const station of stations.splice(0)) await station.close()
})
const open = async (...given: Parameters<typeof openStation>): Promise<TestStation> => {
  const station = await openStation(...given)
  stations.push(station)
  return station
}
const minute = 60_000
const turn = async (): Promise<void> => {
  for (let turns = 0; turns < 5; turns++) await new Promise((resolve) => setImmediate(resolve))
}
const healthOf = (station: TestStation) => station.collect.list()[0]!.health

describe('a source that is polled', () => {
  it('is asked at its interval, with the cursor it gave, and keeps rows and cursor together', async () => {
    const seen: (string | null)[] = []
    const station = await open(({ cursor, now }) => {
      seen.push(cursor)
      return batch({ drafts: [draft(`d${seen.length}`, now())], cursor: String(seen.length) })
    })
    station.collect.start()
    const source = await listenTo(station.collect)
    await station.clock.run(3 * minute + 5_000, 100)
    expect(seen).toEqual([null, '1', '2', '3'])
    // A step of the test's clock may pass while a batch is being kept.
    const distances = station.polls.slice(1).map((at, i) => at - station.polls[i]!)
    for (const distance of distances) expect([minute, minute + 100]).toContain(distance)
    expect(station.intake.kept.size).toBe(4)
    expect(readCursor(station.store, source.id)).toBe('4')
    expect(healthOf(station)).toMatchObject({
      state: 'live',
      consecutiveFailures: 0,
      error: null,
      detail: 'polling every 60 s',
    })
  })

  it('asks again at once while there is more', async () => {
    let left = 5
    const station = await open(() => batch({ cursor: String(left), more: --left > 0 }))
    station.collect.start()
    await listenTo(station.collect)
    await station.clock.run(5_000, 250)
    expect(station.polls).toHaveLength(5)
  })

  it('does not move its cursor when the rows could not be kept, and asks for them again', async () => {
    const station = await open(({ now }) => batch({ drafts: [draft('a', now())], cursor: 'after a' }))
    station.intake.failure = new Failure('operational', asWritten('The disk is full.'))
    station.collect.start()
    const source = await listenTo(station.collect)
    await station.clock.run(1_000)
    expect(readCursor(station.store, source.id)).toBeNull()
    expect(healthOf(station)).toMatchObject({ consecutiveFailures: 1, error: 'The disk is full.' })
    station.intake.failure = null
    await station.clock.run(5_000)
    expect(readCursor(station.store, source.id)).toBe('after a')
    expect(healthOf(station)).toMatchObject({ consecutiveFailures: 0, error: null })
  })

  it('backs off twice as long each time, up to a quarter of an hour, and recovers at once', async () => {
    let broken = true
    const station = await open(() => {
      if (broken) throw new Failure('operational', asWritten('It is down.'))
      return batch({ cursor: 'x' })
    })
    station.collect.start()
    await listenTo(station.collect)
    await station.clock.run(2 * 3_600_000, 1_000)
    const gaps = station.polls.slice(1).map((at, i) => (at - station.polls[i]!) / 1_000)
    expect(gaps.slice(0, 12)).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900])
    expect(healthOf(station)).toMatchObject({ state: 'broken', error: 'It is down.' })
    broken = false
    station.collect.fetchNow(station.collect.list()[0]!.source.id)
    await turn()
    expect(healthOf(station)).toMatchObject({ consecutiveFailures: 0, error: null, state: 'quiet' })
  })

  it('waits as long as it is told to', async () => {
    const station = await open(() => {
      throw new Failure('operational', asWritten('Too many requests.'), { retryAfterMs: 20 * minute })
    })
    station.collect.start()
    await listenTo(station.collect)
    await station.clock.run(19 * minute, minute)
    expect(station.polls).toHaveLength(1)
    await station.clock.run(2 * minute, minute)
    expect(station.polls).toHaveLength(2)
  })

  it('leaves a mistake to a person, tries hourly, and at once when it is asked to', async () => {
    const station = await open(() => {
      throw new Failure('user', asWritten('The token is wrong. Make a new one.'))
    })
    station.collect.start()
    const source = await listenTo(station.collect)
    await station.clock.run(59 * minute, minute)
    expect(station.polls).toHaveLength(1)
    expect(healthOf(station)).toMatchObject({ state: 'broken', error: 'The token is wrong. Make a new one.' })
    station.collect.fetchNow(source.id)
    await station.clock.run(1_000)
    expect(station.polls).toHaveLength(2)
  })

  it('stays within a quota that is used up until it is renewed', async () => {
    const station = await open(({ now }) => batch({ quota: { used: 300, limit: 300, resetsAt: now() + 10 * minute } }))
    station.collect.start()
    await listenTo(station.collect)
    await station.clock.run(9 * minute, minute)
    expect(station.polls).toHaveLength(1)
    expect(healthOf(station)).toMatchObject({ state: 'late', quota: { used: 300, limit: 300 } })
    expect(healthOf(station).detail).toEqual(saying('limit is used up'))
    await station.clock.run(2 * minute, minute)
    expect(station.polls).toHaveLength(2)
  })

  it('counts what was dropped and remembers gaps', async () => {
    const gap = { from: 1, to: 2, reason: asWritten('page limit') }
    const station = await open(() => batch({ dropped: [{ reason: 'no date', where: null, detail: null }], gap }))
    station.collect.start()
    await listenTo(station.collect)
    await station.clock.run(minute + 5_000)
    expect(healthOf(station)).toMatchObject({ dropped: { 'no date': 2 }, gaps: [gap, gap] })
  })

  it('tells an error of the program from one of the network, without its detail', async () => {
    const station = await open(() => {
      throw new TypeError("Cannot read properties of undefined (reading 'secret')")
    })
    station.collect.start()
    await listenTo(station.collect)
    await station.clock.run(1_000)
    expect(healthOf(station).error).toEqual(saying(/made a mistake/))
    expect(healthOf(station).error).not.toEqual(saying('secret'))
  })
})

describe('a source that streams', () => {
  it('is polled while streaming is refused, and tried again later', async () => {
    let refused = 0
    const station = await open(() => batch({ cursor: 'p' }), {
      stream() {
        refused++
        throw new SocketProblem('closed', asWritten('It broke.'))
      },
    })
    station.collect.start()
    await listenTo(station.collect)
    await station.clock.run(4 * minute)
    expect(refused).toBe(1)
    expect(station.polls.length).toBeGreaterThanOrEqual(4)
    expect(healthOf(station).detail).toEqual('polling every 60 s (streaming refused)')
    await station.clock.run(2 * minute)
    expect(refused).toBe(2)
  })

  it('is not asked for hours when the server says no', async () => {
    let refused = 0
    const station = await open(() => batch({ cursor: 'p' }), {
      stream() {
        refused++
        throw new SocketProblem('rejected', asWritten('No.'), { status: 401 })
      },
    })
    station.collect.start()
    await listenTo(station.collect)
    await station.clock.run(5 * 3_600_000, minute)
    expect(refused).toBe(1)
  })

  it('puts together what arrives while the store is busy, with the last cursor', async () => {
    let release = (): void => {}
    const station = await open(undefined, {
      async *stream({ signal }) {
        for (let n = 1; n <= 50; n++)
          yield batch({ drafts: [draft(`s${n}`, n)], cursor: String(n), detail: asWritten('streaming') })
        await new Promise<void>((resolve) => {
          release = resolve
          signal.addEventListener('abort', () => resolve())
        })
      },
    })
    station.collect.start()
    const source = await listenTo(station.collect)
    await station.clock.run(1_000)
    expect(station.intake.kept.size).toBe(50)
    expect(station.intake.batches.length).toBeLessThan(10)
    expect(readCursor(station.store, source.id)).toBe('50')
    expect(healthOf(station)).toMatchObject({ state: 'live', detail: 'streaming' })
    release()
  })

  it('counts a server that hangs up at once as failing', async () => {
    let opened = 0
    const station = await open(undefined, {
      async *stream() {
        opened++
        yield batch({ detail: asWritten('streaming') })
      },
    })
    station.collect.start()
    await listenTo(station.collect)
    await station.clock.run(10 * minute)
    expect(opened).toBeLessThan(12)
    expect(healthOf(station)).toMatchObject({
      state: 'broken',
      error: saying('closed the stream'),
    })
  })

  it('is finished when it says so, and stays finished after a restart', async () => {
    let opened = 0
    const station = await open(undefined, {
      async *stream() {
        opened++
        yield batch({ finished: true, cursor: 'end', detail: asWritten('read 3 rows') })
      },
    })
    station.collect.start()
    await listenTo(station.collect)
    await station.clock.run(2 * minute)
    expect(healthOf(station)).toMatchObject({ state: 'finished', detail: 'read 3 rows' })
    await station.collect.stop()
    station.again().start()
    await station.clock.run(minute)
    expect(opened).toBe(1)
  })
})

describe('switching off, sleep and restart', () => {
  const hanging = (): { aborted: number; poll: (context: { signal: AbortSignal }) => Promise<Batch> } => {
    const state = {
      aborted: 0,
      poll: ({ signal }: { signal: AbortSignal }) =>
        new Promise<Batch>((_, reject) => {
          signal.addEventListener('abort', () => {
            state.aborted++
            reject(signal.reason as Error)
          })
        }),
    }
    return state
  }

  it('ends a fetch that hangs without waiting for it', async () => {
    const state = hanging()
    const station = await open(state.poll as never)
    station.collect.start()
    const source = await listenTo(station.collect)
    await station.clock.run(1_000)
    // No time passes: the promise settles by the abort alone.
    await station.collect.setEnabled(source.id, false)
    expect(state.aborted).toBe(1)
    expect(healthOf(station)).toMatchObject({ state: 'off', consecutiveFailures: 0, error: null })
    await station.clock.run(10 * minute, minute)
    expect(station.polls).toHaveLength(1)
    await station.collect.setEnabled(source.id, true)
    await station.clock.run(1_000)
    expect(station.polls).toHaveLength(2)
  })

  it('counts no failure for sleeping, and looks at once on waking', async () => {
    const station = await open(({ cursor, now }) =>
      batch({
        cursor: String(now()),
        gap:
          cursor !== null && now() - Number(cursor) > 3_600_000
            ? { from: Number(cursor), to: now(), reason: asWritten('not kept') }
            : null,
      }),
    )
    station.collect.start()
    await listenTo(station.collect)
    await station.clock.run(1_000)
    await station.collect.suspend()
    const asleepAt = station.clock.now()
    station.clock.advance(8 * 3_600_000)
    expect(station.polls).toHaveLength(1)
    station.collect.resume()
    await turn()
    await turn()
    expect(station.polls).toHaveLength(2)
    expect(healthOf(station)).toMatchObject({
      consecutiveFailures: 0,
      gaps: [{ reason: 'not kept', to: asleepAt + 8 * 3_600_000 }],
    })
  })

  it('remembers its health over a restart', async () => {
    const station = await open(() => {
      throw new Failure('operational', asWritten('It is down.'))
    })
    station.collect.start()
    await listenTo(station.collect)
    await station.clock.run(10_000)
    const before = healthOf(station)
    await station.collect.stop()
    expect(station.again().list()[0]!.health).toMatchObject({
      consecutiveFailures: before.consecutiveFailures,
      error: 'It is down.',
      state: 'broken',
    })
  })

  it('announces changes in bundles, at most twice a second', async () => {
    let n = 0
    const station = await open(undefined, {
      async *stream({ sleep }) {
        for (;;) {
          yield batch({ drafts: [draft(`q${n++}`, n)], cursor: String(n), detail: asWritten(`at ${n}`) })
          await sleep(10)
        }
      },
    })
    let told = 0
    station.collect.onHealth((changed) => {
      told++
      expect(changed).toHaveLength(1)
    })
    station.collect.start()
    await listenTo(station.collect)
    await station.clock.run(10_000, 10)
    expect(n).toBeGreaterThan(300)
    expect(told).toBeGreaterThan(10)
    expect(told).toBeLessThanOrEqual(21)
  })
})
