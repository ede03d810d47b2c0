import { partAddress, wholeAddress } from '#engine/connectors/secret-address.ts'
import { saying } from '#tests/support/saying.ts'
import { asWritten } from '#shared/words/said.ts'
import { Failure } from '#engine/platform/failure.ts'
import { afterEach, describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { connectionOf } from '#engine/store/connections.ts'
import type { Connector } from '#engine/connectors/connector.ts'
import type { Log } from '#engine/platform/log.ts'
import { SecretsUnavailable } from '#engine/platform/secrets.ts'
import { readCursor, writeCursor } from '#engine/store/queries/cursors.ts'
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

describe('setting up a source', () => {
  it('keeps secrets in the keychain alone', async () => {
    const station = await open(async ({ secret }) => batch({ drafts: [draft((await secret('token')) ?? 'none', 1)] }))
    station.collect.start()
    const source = await station.collect.save({
      connector: 'script',
      name: 'A',
      enabled: true,
      config: { place: 'x' },
      secrets: { token: 'HUSH' },
    })
    await station.clock.run(5_000)
    expect(station.collect.list()[0]).toMatchObject({ secretsSet: ['token'] })
    expect(await station.secrets.get(`${source.id}/token`)).toBe('HUSH')
    expect(station.intake.kept.has(`${source.id} HUSH`)).toBe(true)
    const everything = connectionOf(station.store).prepare('SELECT id, name, config, secret_keys FROM sources').all()
    expect(JSON.stringify([everything, station.collect.list()])).not.toContain('HUSH')
    await station.collect.save({
      id: source.id,
      connector: 'script',
      name: 'A',
      enabled: true,
      config: { place: 'x' },
      secrets: { token: '' },
    })
    expect(station.collect.list()[0]!.secretsSet).toEqual([])
    expect(await station.secrets.get(`${source.id}/token`)).toBeNull()
  })

  it('keeps a secret that stands in the configuration in the keychain alone, and asks with it', async () => {
    const asked: string[] = []
    const station = await open(
      async ({ secret, config, now }) => {
        asked.push(wholeAddress((config as { place: string }).place, await secret('token')))
        return batch({ drafts: [draft('1', now())] })
      },
      {
        keepApart(config) {
          const { address, query } = partAddress((config as { place: string }).place, 'feed.noPasswordInAddress')
          return query === null ? null : { config: { place: address }, secrets: { token: query } }
        },
      },
    )
    station.collect.start()
    const given = { connector: 'script', name: 'A', enabled: true, secrets: {} }
    const config = { place: 'https://x.example/feed?cat=1&token=HUSH' }
    expect(await station.collect.check({ ...given, config })).toMatchObject({ ok: true })
    const source = await station.collect.save({ ...given, config })
    await station.clock.run(5_000)
    expect(source.config).toEqual({ place: 'https://x.example/feed?cat=1' })
    expect(asked).toEqual([config.place, config.place])
    const kept = ['journal', 'sources'].map((table) =>
      connectionOf(station.store).prepare(`SELECT * FROM ${table}`).all(),
    )
    expect(JSON.stringify([kept, station.collect.list()])).not.toContain('HUSH')
    const wrong = { ...given, config: { place: 'https://anna:HUSH@x.example/feed' } }
    await expect(station.collect.save(wrong)).rejects.toThrow(/fields of their own/)
    await expect(station.collect.check(wrong)).rejects.toThrow(/fields of their own/)
  })

  it('asks the keychain only for secrets that were set: without a keychain, sources that need none still work', async () => {
    const locked = () => Promise.reject(new SecretsUnavailable(asWritten('The keychain is locked.')))
    const secrets = { get: locked, set: locked, delete: locked }
    const station = await open(
      async ({ secret, now }) => batch({ drafts: [draft(String(await secret('token')), now())] }),
      {},
      { secrets },
    )
    station.collect.start()
    const source = await listenTo(station.collect)
    await station.clock.run(5_000)
    expect(station.intake.kept.has(`${source.id} null`)).toBe(true)
    expect(station.collect.list()[0]!.health.error).toBeNull()
    expect(await station.collect.check({ ...source, secrets: {} })).toMatchObject({ ok: true })
    await expect(station.collect.save({ ...source, secrets: { token: 'x' } })).rejects.toThrow(
      'The keychain is locked.',
    )
  })

  it('says which field is wrong', async () => {
    const station = await open(() => batch())
    const wrong = (changes: object) =>
      station.collect.save({
        connector: 'script',
        name: 'A',
        enabled: true,
        config: { place: 'x' },
        secrets: {},
        ...changes,
      })
    await expect(wrong({ config: { place: '' } })).rejects.toThrow('Script: Place: Name a place.')
    await expect(wrong({ connector: 'gopher' })).rejects.toThrow(
      'There is no connector "gopher". Choose one of: script.',
    )
    await expect(wrong({ secrets: { password: 'x' } })).rejects.toThrow('no secret named "password"')
    await expect(wrong({ id: 'src_gone' })).rejects.toThrow('no longer exists')
    expect(station.collect.list()).toEqual([])
  })

  it('begins anew when it listens to something else, and goes on when only its name changes', async () => {
    const station = await open(() => batch({ cursor: 'kept' }))
    const source = await listenTo(station.collect)
    writeCursor(station.store, source.id, 'kept', 1)
    await station.collect.save({ ...source, secrets: {}, name: 'Another name' })
    expect(readCursor(station.store, source.id)).toBe('kept')
    await station.collect.save({ ...source, secrets: {}, config: { place: 'there' } })
    expect(readCursor(station.store, source.id)).toBeNull()
  })

  it('forgets cursor and secrets of a removed source, and never its mentions', async () => {
    const station = await open(({ now }) => batch({ drafts: [draft('a', now())], cursor: 'x' }))
    station.collect.start()
    const source = await station.collect.save({
      connector: 'script',
      name: 'A',
      enabled: true,
      config: { place: 'x' },
      secrets: { token: 't' },
    })
    await station.clock.run(1_000)
    await station.collect.remove(source.id)
    expect(station.collect.list()).toEqual([])
    expect(readCursor(station.store, source.id)).toBeNull()
    expect(await station.secrets.get(`${source.id}/token`)).toBeNull()
    expect(station.intake.kept.size).toBe(1)
    const polls = station.polls.length
    await station.clock.run(300_000, 10_000)
    expect(station.polls).toHaveLength(polls)
    await expect(station.collect.remove(source.id)).rejects.toThrow('no longer exists')
  })

  it('tries a configuration without keeping anything', async () => {
    let fails = false
    const station = await open(({ now }) => {
      if (fails) throw new Failure('user', asWritten('The token is wrong.'))
      return batch({ drafts: [draft('a', now(), { text: 'One\nexample' })] })
    })
    const check = () =>
      station.collect.check({ connector: 'script', name: 'A', enabled: true, config: { place: 'x' }, secrets: {} })
    expect(await check()).toEqual({ ok: true, message: 'It answers: 1 found.', examples: ['One example'] })
    fails = true
    expect(await check()).toEqual({ ok: false, message: 'The token is wrong.', examples: [] })
    expect(station.intake.batches).toEqual([])
    expect(station.collect.list()).toEqual([])
  })

  it('tries out who answers would leave as: an error of the program is in the log, and nobody waits for ever', async () => {
    let account = (): Promise<never> => Promise.reject(new TypeError('no such thing'))
    const replying = { ways: () => [{ why: null }], account: () => account() } as unknown as Connector['replying']
    const logged: unknown[] = []
    const log: Log = { log: (...line) => void logged.push(line), child: () => log }
    const station = await open(() => batch(), { replying }, { log })
    const check = () =>
      station.collect.check({ connector: 'script', name: 'A', enabled: true, config: { place: 'x' }, secrets: {} })
    expect(await check()).toMatchObject({
      ok: false,
      message: saying(/the log has the detail/),
    })
    expect(logged).toEqual([['warn', expect.any(String), { connector: 'script' }, new TypeError('no such thing')]])
    const hangs = Promise.withResolvers<never>()
    account = () => hangs.promise
    const tried = check()
    await station.clock.run(30_000)
    hangs.reject(new Error('given up'))
    expect(await tried).toMatchObject({ ok: false, message: saying(/^No answer within 30 s/) })
  })
})

type Step = { kind: 'ok'; drafts: number } | { kind: 'fail' } | { kind: 'wait'; ms: number } | { kind: 'lost' }
const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('ok' as const), drafts: fc.nat(5) }),
    fc.record({ kind: fc.constant('fail' as const) }),
    fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(300_000) }),
    fc.record({ kind: fc.constant('lost' as const) }),
  ),
  { minLength: 1, maxLength: 25 },
)

describe('whatever a network and the disk do', () => {
  it('nothing is lost, nothing is asked for too soon, and the cursor never passes what is kept', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (given: Step[]) => {
        const script = [...given]
        const asked: { at: number; from: number }[] = []
        let allowedAt = 0
        let failures = 0
        const station = await openStation(({ cursor, now }) => {
          station.intake.failure = null
          const from = Number(cursor ?? 0)
          expect(now()).toBeGreaterThanOrEqual(allowedAt)
          asked.push({ at: now(), from })
          // The cursor counts drafts: what lies before it must have been kept.
          expect(station.intake.kept.size).toBe(from)
          const step = script.shift() ?? { kind: 'ok', drafts: 0 }
          if (step.kind === 'fail' || step.kind === 'wait') {
            failures++
            const retryAfterMs = step.kind === 'wait' ? step.ms : null
            allowedAt = now() + Math.max(retryAfterMs ?? 0, Math.min(900_000, 2_000 * 2 ** (failures - 1)) / 2)
            throw new Failure('operational', asWritten('No.'), { retryAfterMs })
          }
          if (step.kind === 'lost') station.intake.failure = new Failure('operational', asWritten('The disk is full.'))
          failures = step.kind === 'lost' ? failures + 1 : 0
          allowedAt = step.kind === 'lost' ? now() + 1_000 : now() + 60_000
          const count = step.kind === 'ok' ? step.drafts : 2
          return batch({
            drafts: Array.from({ length: count }, (_, i) => draft(`n${from + i}`, now())),
            cursor: String(from + count),
          })
        })
        try {
          station.collect.start()
          await listenTo(station.collect)
          await station.clock.run(given.length * 900_000, 15_000)
          expect(script).toEqual([])
          const wanted = given.reduce((sum, step) => sum + (step.kind === 'ok' ? step.drafts : 0), 0)
          expect(station.intake.kept.size).toBe(wanted)
          expect(station.collect.list()[0]!.health).toMatchObject({ consecutiveFailures: 0, error: null })
        } finally {
          await station.close()
        }
      }),
      { numRuns: 25 },
    )
  })
})
