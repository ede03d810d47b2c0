import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Client } from '#engine/api/router.ts'
import type { Engine } from '#engine/engine.ts'
import { connectionOf } from '#engine/store/connections.ts'
import { createEngine } from '#engine/engine.ts'
import { openTestEngine, temporaryFolder, testDeps } from '#tests/support/engine.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'

const NOW = '2026-11-20T12:00:00Z'
const at = (minutesAgo: number): string => new Date(Date.parse(NOW) - minutesAgo * 60_000).toISOString()

let clock: ManualClock
let engine: Engine
let client: Client
let close: () => Promise<void>

beforeEach(async () => {
  clock = new ManualClock(NOW)
  ;({ engine, close } = await openTestEngine({ clock }))
  client = engine.client()
  await client.listens.save({ name: 'Kaffora', colour: 1, query: 'kaffora', enabled: true, routed: true })
})
afterEach(() => close())

interface Row {
  id: number
  who: number
  minutesAgo: number
  text?: string
}

const wordsOf = ({ id, text }: Row): string =>
  text ?? `Kaffora number ${id} broke again, I want a refund ${'x'.repeat(id % 7)}`
const csv = (rows: readonly Row[]): string =>
  `id,created_at,author,text\n${rows.map((row) => `${row.id},${at(row.minutesAgo)},u${row.who},"${wordsOf(row)}"`).join('\n')}\n`

async function importing(rows: readonly Row[], more: { live?: boolean; sourceName?: string } = {}) {
  const file = new File([csv(rows)], 'rows.csv')
  const report = await client.sources.importFile({ file, name: 'rows.csv', sourceName: 'Rows', mapping: {}, ...more })
  await engine.idle()
  return report
}

const texts = (): string[] => [...engine.mentionsAfter(0, Infinity)].map(({ text }) => text)
const problems = async (): Promise<string[]> => (await engine.store.verify()).problems
const found = async (query: string): Promise<number> => {
  await engine.store.indexed()
  return (await client.mentions.page({ filter: { query }, limit: 100 } as never)).items.length
}
const rows = (n: number, from = 0, minutesAgo = 60): Row[] =>
  Array.from({ length: n }, (_, i) => ({ id: from + i, who: i % 3, minutesAgo: minutesAgo + i }))

describe('an import that is taken back', () => {
  it('leaves nothing behind in lists, search, charts and look-ups, and can be made again', async () => {
    await importing(rows(5, 1000), { sourceName: 'Before' })
    clock.advance(1000)
    await client.review.start({ name: 'Shift' })
    clock.advance(1000)
    const report = await importing(rows(30))
    await importing(rows(5, 2000), { sourceName: 'After' })
    expect(await found('refund')).toBe(40)
    const record = await client.sources.undoImport({ id: report.importId })
    expect(record).toMatchObject({ state: 'undone', stored: 30, removed: 30, kept: 0 })
    expect(texts()).toHaveLength(10)
    expect(await found('refund')).toBe(10)
    expect(await problems()).toEqual([])
    expect((await client.station.storage()).mentions).toBe(10)
    expect(engine.status().heardInShift).toBe(5)
    expect(await importing(rows(30))).toMatchObject({ stored: 30, duplicates: 0 })
    expect(await problems()).toEqual([])
  })

  it('never gives the numbers of its rows to others, also when it was the newest and after a restart', async () => {
    await importing(rows(3))
    const report = await importing(rows(4, 100), { sourceName: 'Wrong' })
    const [gone] = [...engine.mentionsAfter(3, Infinity)]
    await client.sources.undoImport({ id: report.importId })
    expect(await client.mentions.get({ id: gone!.id }).catch((error: Error) => error)).toBeInstanceOf(Error)
    await importing(rows(1, 200), { sourceName: 'Next' })
    expect([...engine.mentionsAfter(3, Infinity)].map(({ seq }) => seq)).toEqual([8])
    expect(await problems()).toEqual([])
  })

  it('takes the cases away that nobody has touched, and keeps what a person decided on', async () => {
    const report = await importing(rows(6), { live: true })
    const before = await client.cases.page({ filter: {}, limit: 50 })
    expect(before.items).toHaveLength(6)
    const [decided, relabelled] = before.items
    await client.cases.close({
      id: decided!.case!.id,
      version: decided!.case!.version,
      reason: 'noAction',
      note: '',
    } as never)
    await client.mentions.relabel({ id: relabelled!.mention.id, label: 'positive' })
    const record = await client.sources.undoImport({ id: report.importId })
    expect(record).toMatchObject({ removed: 4, kept: 2 })
    expect(texts()).toHaveLength(2)
    const after = await client.cases.page({ filter: {}, limit: 50 })
    expect(after.items.map(({ mention }) => mention.id).sort()).toEqual(
      [decided!.mention.id, relabelled!.mention.id].sort(),
    )
    expect(await problems()).toEqual([])
    const { items } = await client.review.journal({ from: null, to: null, mentionId: null, limit: 50 })
    expect(items.filter(({ kind }) => kind === 'case.withdrawn')).toHaveLength(4)
    expect(items.filter(({ kind }) => kind === 'import.undone')).toHaveLength(1)
  })

  it('lets an author’s later words count fewer before them, and copies have another first', async () => {
    const same = 'Kaffora cups leak at the lid after one wash and the shop does not answer my mails'
    const report = await importing([{ id: 1, who: 1, minutesAgo: 90, text: same }, ...rows(4, 10)])
    await importing(
      [
        { id: 50, who: 1, minutesAgo: 30, text: same },
        { id: 51, who: 1, minutesAgo: 20, text: same },
      ],
      { sourceName: 'Later' },
    )
    const copies = () =>
      [...engine.mentionsAfter(0, Infinity)].map(({ duplicateOf, id }) => ({ id, duplicateOf })).slice(-2)
    expect(copies().every(({ duplicateOf }) => duplicateOf !== null)).toBe(true)
    await client.sources.undoImport({ id: report.importId })
    const [first, second] = copies()
    expect(first!.duplicateOf).toBeNull()
    expect(second!.duplicateOf).toBe(first!.id)
    await importing([{ id: 60, who: 2, minutesAgo: 10, text: same }], { sourceName: 'Last' })
    expect(copies()[1]!.duplicateOf).toBe(first!.id)
    expect(await problems()).toEqual([])
  })

  it('is refused twice, while it is being read, and where there is none', async () => {
    const report = await importing(rows(2))
    await client.sources.undoImport({ id: report.importId })
    await expect(client.sources.undoImport({ id: report.importId })).rejects.toThrow('taken back already')
    await expect(client.sources.undoImport({ id: 'imp_none' })).rejects.toThrow('no such import')
    let end = (): void => {}
    const ended = new Promise<void>((resolve) => (end = resolve))
    async function* slowly() {
      yield Buffer.from(csv(rows(2, 100)))
      await ended
    }
    const reading = engine.collect.importFile(slowly(), { fileName: 'slow.csv' })
    const [running] = await client.sources.runningImports()
    await expect(client.sources.undoImport({ id: running!.id })).rejects.toThrow('still being read')
    end()
    expect(await client.sources.undoImport({ id: (await reading).importId })).toMatchObject({ removed: 2 })
  })

  it('goes on after the station was ended in the middle, and brings nothing back', async () => {
    const folder = temporaryFolder('take-back')
    const open = () => createEngine(testDeps(folder.path, { clock }))
    let first = await open()
    const file = new File([csv(rows(3000))], 'rows.csv')
    const call = { file, name: 'rows.csv', sourceName: 'Rows', mapping: {} }
    const report = await first.client().sources.importFile(call)
    const undoing = first.client().sources.undoImport({ id: report.importId })
    while ((await first.client().station.storage()).mentions === 3000) await new Promise((done) => setImmediate(done))
    await first.stop()
    expect(await undoing).toMatchObject({ state: 'going' })
    first = await open()
    const left = (await first.client().station.storage()).mentions
    expect(left).toBeGreaterThan(0)
    expect(left).toBeLessThan(3000)
    // A check in between has nothing to find fault with.
    expect((await first.store.verify()).problems).toEqual([])
    first.start()
    const state = async () => (await first.client().sources.pastImports())[0]!.state
    await expect.poll(state).toBe('undone')
    expect((await first.client().station.storage()).mentions).toBe(0)
    expect((await first.store.verify()).problems).toEqual([])
    await first.stop()
    folder.remove()
  })

  it('can be taken back as well when the station ended before it was read to its end', async () => {
    const { importId } = await importing(rows(7))
    // As a station leaves it that is killed while it reads.
    connectionOf(engine.store).exec('UPDATE import SET ended_at = NULL, stored = 0')
    const [record] = await client.sources.pastImports()
    expect(record).toMatchObject({ id: importId, state: 'kept', endedAt: null, stored: 7 })
    expect(await client.sources.undoImport({ id: importId })).toMatchObject({ state: 'undone', stored: 7, removed: 7 })
    expect(texts()).toEqual([])
    expect(await problems()).toEqual([])
  })

  it('holds for any order of imports and takings back', { timeout: 120_000 }, async () => {
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.record({ add: fc.integer({ min: 1, max: 12 }), who: fc.nat(2), late: fc.nat(200) }) },
      { weight: 2, arbitrary: fc.record({ undo: fc.nat(20) }) },
    )
    let made = 10_000
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 8 }), async (steps) => {
        const here = new Map<string, Set<number>>()
        for (const one of steps) {
          if ('add' in one) {
            const ids = Array.from({ length: one.add }, () => made++)
            const some = ids.map((id, i) => ({ id, who: (one.who + i) % 4, minutesAgo: 30 + one.late }))
            const { importId } = await importing(some, { sourceName: `S${made % 3}` })
            here.set(importId, new Set(ids))
          } else if (here.size > 0) {
            const id = [...here.keys()][one.undo % here.size]!
            await client.sources.undoImport({ id })
            here.delete(id)
          }
        }
        const left = new Set([...engine.mentionsAfter(0, Infinity)].map(({ externalId }) => Number(externalId)))
        for (const ids of here.values()) for (const id of ids) expect(left.has(id)).toBe(true)
        expect(await problems()).toEqual([])
        for (const id of here.keys()) await client.sources.undoImport({ id })
        expect([...engine.mentionsAfter(0, Infinity)]).toEqual([])
        expect(connectionOf(engine.store).prepare('SELECT count(*) FROM heard').pluck().get()).toBe(0)
        expect(connectionOf(engine.store).prepare('SELECT count(*) FROM author').pluck().get()).toBe(0)
        expect(connectionOf(engine.store).prepare('SELECT count(*) FROM mention_key').pluck().get()).toBe(0)
        expect(await problems()).toEqual([])
      }),
      { numRuns: 12, endOnFailure: true },
    )
  })
})
