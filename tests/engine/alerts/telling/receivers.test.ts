import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createMemorySecrets } from '#engine/platform/keychain.ts'
import type { Log } from '#engine/platform/log.ts'
import { createEngine } from '#engine/engine.ts'
import { alertById } from '#engine/store/queries/alerts.ts'
import { webhookReceiver, type Answer } from '#tests/engine/handoffs/receivers.ts'
import { alertCard } from '#tests/support/alert.ts'
import { temporaryFolder, testDeps } from '#tests/support/engine.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'
import { recipientDraft } from '#tests/support/recipient.ts'

const SECRET = 'between-us-alone'
/** Receivers of messages about alerts that answer as real ones do, over restarts of the whole station. */
describe('whoever is told of alerts', () => {
  let clock: ManualClock
  let folder: ReturnType<typeof temporaryFolder>
  let receiver: Awaited<ReturnType<typeof webhookReceiver>>
  let engine: Awaited<ReturnType<typeof createEngine>>
  let secrets: ReturnType<typeof createMemorySecrets>
  const logged: unknown[] = []
  const log: Log = { log: (...all) => void logged.push(all.map(String), all[2]), child: () => log }
  const open = async (): Promise<void> => {
    engine = await createEngine(testDeps(folder.path, { clock, log, secrets, allowPrivate: ['127.0.0.1'] }))
    engine.board.start()
  }
  beforeEach(async () => {
    clock = new ManualClock('2026-11-20T10:00:00Z')
    folder = temporaryFolder()
    receiver = await webhookReceiver()
    logged.length = 0
    secrets = createMemorySecrets()
    await open()
  })
  afterEach(async () => {
    await engine.stop()
    await receiver.close()
    folder.remove()
  })
  const officer = () => engine.client('officer', { kind: 'officer', id: 'officer:Mara', name: 'Mara' })
  const add = async (changes: Parameters<typeof recipientDraft>[0] = {}) =>
    (
      await officer().alerts.saveRecipient(
        recipientDraft({ config: { url: `${receiver.url}/token-in-path` }, ...changes }),
      )
    ).recipient
  const raise = () => engine.alerts.open(alertCard({ since: clock.now(), raisedAt: clock.now(), lastAt: clock.now() }))
  const stored = () => alertById(engine.store, 'alt_1')!
  const work = () => engine.board.outbox.work()
  const keys = () => new Set(receiver.received.map(({ headers }) => headers['idempotency-key']))

  it.each<[string, Answer, string]>([
    ['sends it elsewhere', { status: 302, headers: { location: 'https://elsewhere.example/' } }, 'failed'],
    ['knows no such sender', 401, 'failed'],
    ['is gone', 410, 'failed'],
    ['asks for patience', { status: 429, headers: { 'retry-after': '120' } }, 'queued'],
    ['is out of order', 503, 'queued'],
    ['hangs up', 'drop', 'queued'],
  ])('is known to be one that %s, with no secret in what is said of it', async (_what, answer, state) => {
    receiver.answers.push(answer)
    await add({ secrets: { secret: SECRET } })
    raise()
    await work()
    expect(receiver.received).toHaveLength(1)
    expect(stored().told[0]!.state).toBe(state)
    if (state === 'queued') {
      clock.advance(60_000)
      await work()
      if (typeof answer === 'object') expect(receiver.received).toHaveLength(1)
      clock.advance(10 * 60_000)
      await work()
    } else await officer().alerts.tellAgain({ id: 'alt_1', message: stored().told[0]!.id })
    await work()
    expect(stored().told[0]!.state).toBe('sent')
    expect(keys().size).toBe(1)
    const { told } = stored()
    const history = await officer().alerts.history({ id: 'alt_1' })
    expect(JSON.stringify([told, history, logged])).not.toMatch(/between-us-alone|token-in-path/)
  })

  it('hears nothing more once taken off the list, and what waited is named as failed', async () => {
    receiver.answers.push(503)
    const { id } = await add()
    raise()
    await work()
    await officer().alerts.removeRecipient({ id })
    clock.advance(20 * 60_000)
    await work()
    expect(receiver.received).toHaveLength(1)
    expect(stored().told[0]).toMatchObject({ state: 'failed', advice: { code: 'recipient.removed' } })
  })

  it('is asked step by step also where the station is started anew in the middle of a climb', async () => {
    const hours = { timeZone: 'UTC', spans: [], holidays: [] }
    const ids: string[] = []
    for (const name of ['First', 'Second', 'Third'])
      ids.push((await add({ name, rotaOnly: true, config: { url: receiver.url } })).id)
    await officer().alerts.saveRota({
      enabled: true,
      fromStrength: 1,
      steps: ids.map((id) => ({ afterMinutes: 10, recipientIds: [id], hours })),
    })
    raise()
    const names = () => stored().told.map(({ who }) => who)
    clock.advance(11 * 60_000)
    await work()
    expect(names()).toEqual(['First'])
    await engine.stop()
    clock.advance(5 * 60_000)
    await open()
    expect(names()).toEqual(['First'])
    clock.advance(5 * 60_000 + 30_000)
    await work()
    expect(names()).toEqual(['First', 'Second'])
    await engine.stop()
    // A night in which the machine slept: each step is asked, one after the other, none of them twice.
    clock.advance(8 * 3_600_000)
    await open()
    await work()
    expect(names()).toEqual(['First', 'Second', 'Third'])
    clock.advance(3 * 3_600_000)
    await work()
    expect(names()).toHaveLength(3)
    expect(keys().size).toBe(3)
    expect((await engine.store.verify()).problems).toEqual([])
  })
})
