import { asWritten } from '#shared/words/said.ts'
import Database from 'better-sqlite3'
import { z } from 'zod'
import type { Draft } from '#shared/model/mention.ts'
import { createCollect } from '#engine/collect/collect.ts'
import type { Collect, CollectDeps } from '#engine/collect/collect.ts'
import type { IntakeBatch, IntakePort } from '#engine/collect/intake-port.ts'
import type { Batch, Connector, FetchContext } from '#engine/connectors/connector.ts'
import { emptyBatch } from '#engine/connectors/connector.ts'
import { createMemorySecrets } from '#engine/platform/keychain.ts'
import { silentLog } from '#engine/platform/log.ts'
import { lend } from '#engine/store/connections.ts'
import type { WritingStore } from '#engine/store/store.ts'
import { migrations } from '#engine/store/migrations/all.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'

export const draft = (id: string, at: number, changes: Partial<Draft> = {}): Draft => ({
  externalId: id, kind: 'post', text: `Post ${id}`, title: null, url: null, author: null, publishedAt: at, lang: null, country: null,
  threadId: null, inReplyTo: null, engagement: null, links: [], media: [], private: false, raw: null, ...changes,
}) // prettier-ignore

export const batch = (changes: Partial<Batch> = {}): Batch => ({ ...emptyBatch(null), ...changes })

/** Keeps what it is given in memory, and runs the commit in a real transaction. */
export class MemoryIntake implements IntakePort {
  readonly kept = new Map<string, Draft>()
  readonly batches: IntakeBatch[] = []
  /** Set: the next push fails with it, and keeps nothing. */
  failure: Error | null = null
  private readonly store: WritingStore

  constructor(store: WritingStore) {
    this.store = store
  }

  async push(given: IntakeBatch): ReturnType<IntakePort['push']> {
    if (this.failure) throw this.failure
    // Understanding takes a while, in another thread.
    await new Promise((resolve) => setImmediate(resolve))
    this.batches.push(given)
    const fresh = given.drafts.filter(({ externalId }) => !this.kept.has(`${given.sourceId} ${externalId}`))
    this.store.transaction(() => given.commit?.(this.store))
    for (const one of fresh) this.kept.set(`${given.sourceId} ${one.externalId}`, one)
    const newestPublishedAt = fresh.length === 0 ? null : Math.max(...fresh.map(({ publishedAt }) => publishedAt))
    return Promise.resolve({
      stored: fresh.length,
      history: 0,
      duplicates: given.drafts.length - fresh.length,
      dropped: {},
      newestPublishedAt,
    })
  }
}

type Poll = (context: FetchContext<unknown>) => Promise<Batch> | Batch

export interface TestStation {
  clock: ManualClock
  store: WritingStore
  intake: MemoryIntake
  collect: Collect
  secrets: ReturnType<typeof createMemorySecrets>
  /** Times of the connector's polls. */
  polls: number[]
  /** Another collect on the same store, as after a restart. */
  again(): Collect
  close(): Promise<void>
}

const noSockets: CollectDeps['sockets'] = { resolve: () => Promise.reject(new Error('No network in this test')), open: () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('No network in this test')) }) }) } // prettier-ignore

/** A station with one scripted connector, `script`, that polls every minute; time is the test's. */
export async function openStation(
  poll: Poll | undefined,
  changes: Partial<Connector> = {},
  deps: Partial<CollectDeps> = {},
): Promise<TestStation> {
  const clock = new ManualClock()
  const db = new Database(':memory:')
  const store = lend({ transaction: <T>(work: () => T) => db.transaction(work)() }, db)
  for (const step of migrations) step.up(db)
  const intake = new MemoryIntake(store)
  const secrets = createMemorySecrets()
  const polls: number[] = []
  const script: Connector = {
    id: 'script', network: 'script', name: asWritten('Script'), summary: asWritten(''), config: z.object({ place: z.string().min(1, 'Name a place.') }) as never,
    fields: [{ key: 'place', label: asWritten('Place'), hint: asWritten(''), kind: 'text', choices: [], required: true }],
    secrets: [{ key: 'token', label: asWritten('Token'), hint: asWritten(''), url: '', required: false }], intervalMs: 60_000, minIntervalMs: 1_000,
    ...(poll && { poll: async (context) => (polls.push(clock.now()), poll(context)) }), ...changes,
  } // prettier-ignore
  const make = (): Collect =>
    createCollect({ store, intake, connectors: [script], http: { fetch: () => Promise.reject(new Error('No network in this test')) }, sockets: noSockets, secrets, clock, log: silentLog, random: () => 1, ...deps }) // prettier-ignore
  const made = [make()]
  return {
    clock,
    store,
    intake,
    collect: made[0]!,
    secrets,
    polls,
    again() {
      made.push(make())
      return made.at(-1)!
    },
    async close() {
      for (const collect of made) await collect.stop()
      db.close()
    },
  }
}

/** Saves a source for the scripted connector and lets its first fetch happen. */
export async function listenTo(collect: Collect, place = 'here'): ReturnType<Collect['save']> {
  const source = await collect.save({
    connector: 'script',
    name: `At ${place}`,
    enabled: true,
    config: { place },
    secrets: {},
  })
  for (let turns = 0; turns < 5; turns++) await new Promise((resolve) => setImmediate(resolve))
  return source
}
