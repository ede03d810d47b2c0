import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Client } from '#engine/api/router.ts'
import type { Engine } from '#engine/engine.ts'
import { createNotices } from '#engine/alerts/notices.ts'
import { createEngine, restore } from '#engine/engine.ts'
import { temporaryFolder, testDeps } from '#tests/support/engine.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'

const NOW = '2026-11-20T12:00:00Z'
const at = (minutesAgo: number): string => new Date(Date.parse(NOW) - minutesAgo * 60_000).toISOString()

let clock: ManualClock
let folder: ReturnType<typeof temporaryFolder>
let engine: Engine
let client: Client
const open = async (): Promise<void> => {
  engine = await createEngine(testDeps(folder.path, { clock }))
  client = engine.client()
}

beforeEach(async () => {
  clock = new ManualClock(NOW)
  folder = temporaryFolder('take-back-hard')
  await open()
  await client.listens.save({ name: 'Kaffora', colour: 1, query: 'kaffora', enabled: true, routed: true })
})
afterEach(async () => {
  await engine.stop()
  folder.remove()
})

interface Row {
  id: string
  who: string
  minutesAgo: number
  text: string
  answers?: string
}
const rows = (n: number, name: string, more: Partial<Row> = {}): Row[] =>
  Array.from({ length: n }, (_, i) => ({
    id: `${name}${i}`,
    who: `${name}_u${i % 3}`,
    minutesAgo: 20 + i / 60,
    text: `Kaffora ${name} number ${i} broke again, I want a refund`,
    ...more,
  }))
const csv = (all: readonly Row[]): string =>
  `id,created_at,author,text,in_reply_to\n${all.map((row) => `${row.id},${at(row.minutesAgo)},${row.who},"${row.text}",${row.answers ?? ''}`).join('\n')}\n`

const importing = async (all: readonly Row[], more: { live?: boolean; sourceName?: string } = {}) => {
  const file = new File([csv(all)], 'rows.csv')
  return client.sources.importFile({ file, name: 'rows.csv', sourceName: 'Rows', mapping: {}, ...more })
}
const undo = (id: string) => client.sources.undoImport({ id })
const problems = async (): Promise<string[]> => (await engine.store.verify()).problems
const found = async (query: string): Promise<number> => {
  await engine.store.indexed()
  return (await client.mentions.page({ filter: { query }, limit: 100 } as never)).items.length
}
const all = () => [...engine.mentionsAfter(0, Infinity)]
const ids = (): string[] => all().map(({ externalId }) => externalId)

describe('an import that is taken back among others', () => {
  it('loses nothing of another that brings the same rows at that moment', async () => {
    const first = await importing(rows(600, 'a'))
    const undoing = undo(first.importId)
    const [again] = await Promise.all([importing(rows(600, 'a')), importing(rows(100, 'b'))])
    const record = await undoing
    expect(record.removed + record.kept).toBe(600)
    expect(again.stored).toBe(record.removed)
    expect(ids()).toHaveLength(700)
    expect(await problems()).toEqual([])
    await undo(again.importId)
    expect(ids()).toHaveLength(100)
    expect(await problems()).toEqual([])
  })

  it('leaves what another brought as well, until that is taken back too', async () => {
    const first = await importing(rows(20, 'a'))
    const second = await importing([...rows(20, 'a').slice(10), ...rows(5, 'b')])
    const third = await importing(rows(12, 'a'))
    expect([second.duplicates, third.duplicates]).toEqual([10, 12])
    expect(await undo(first.importId)).toMatchObject({ removed: 0, kept: 20 })
    expect(await undo(third.importId)).toMatchObject({ removed: 10, kept: 2 })
    expect(ids()).toHaveLength(15)
    expect(await problems()).toEqual([])
    expect(await undo(second.importId)).toMatchObject({ removed: 15, kept: 0 })
    expect(ids()).toEqual([])
    expect(await found('refund')).toBe(0)
    expect(await problems()).toEqual([])
  })

  it('stays where a later one that brought the same is taken back', async () => {
    const first = await importing(rows(20, 'a'))
    const second = await importing(rows(25, 'a'))
    expect(await undo(second.importId)).toMatchObject({ removed: 5, kept: 0 })
    expect(ids()).toHaveLength(20)
    expect(await undo(first.importId)).toMatchObject({ removed: 20, kept: 0 })
    expect(await problems()).toEqual([])
  })

  it('is found again by a search after a backup from before took its place', async () => {
    const first = await importing(rows(20, 'a'))
    await importing(rows(5, 'b'))
    await engine.store.indexed()
    await client.station.backup()
    await undo(first.importId)
    expect(await found('refund')).toBe(5)
    await engine.stop()
    restore(testDeps(folder.path, { clock }), null)
    await open()
    expect(await found('refund')).toBe(25)
    expect(await problems()).toEqual([])
    await undo(first.importId)
    expect(await found('refund')).toBe(5)
    expect(await problems()).toEqual([])
  })

  it('leaves the author known by what stayed', async () => {
    await importing(rows(1, 'old', { who: 'petra', minutesAgo: 100 }), { live: true })
    await engine.idle()
    const second = await importing(rows(1, 'new', { who: 'petra', minutesAgo: 10 }), { live: true })
    await engine.idle()
    await undo(second.importId)
    const [left] = all()
    const person = await client.persons.ofMention({ mentionId: left!.id })
    expect(person).toMatchObject({ mentions: 1, accounts: [{ handle: 'petra', mentions: 1 }] })
    expect(await problems()).toEqual([])
  })

  it('goes beside another, a new listen and more rows', async () => {
    const one = await importing(rows(300, 'a'), { live: true })
    const other = await importing(rows(300, 'b'), { live: true })
    await client.listens.save({ name: 'Refunds', colour: 2, query: 'refund', enabled: true, routed: true })
    const records = await Promise.all([undo(one.importId), undo(other.importId), undo(one.importId)])
    await importing(rows(150, 'c'), { live: true })
    await engine.idle()
    await engine.intake.backfilled()
    for (const record of records) expect(record).toMatchObject({ state: 'undone', removed: 300, kept: 0 })
    expect(ids()).toHaveLength(150)
    expect(await problems()).toEqual([])
  })

  it('is no notice any more where a rule only alerted', async () => {
    const [rule] = engine.board.book.rules()
    const then = { ...rule!.then, deskId: null, hold: false, mute: false, alert: true }
    const only = { ...rule!, id: undefined, name: 'Listen up', order: -1, when: { query: 'hello' }, then }
    engine.board.book.saveRule(only as never, { kind: 'officer', id: 'o', name: 'O' } as never)
    const notices = createNotices({ store: engine.store, clock })
    const first = await importing(rows(1, 'a', { text: 'hello Kaffora' }), { live: true })
    await engine.idle()
    engine.watch.look()
    expect(notices.list()).toHaveLength(1)
    const undoing = undo(first.importId)
    notices.list()
    await undoing
    expect(notices.list()).toEqual([])
  })

  it('that copies follow, ended in the middle: what comes later is the copy of what stayed', async () => {
    const same = 'Kaffora cups leak at the lid after one wash and the shop does not answer my mails'
    const words =
      'alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike oscar papa quebec'.split(' ')
    const mixed = (i: number) =>
      [...Array(8).keys()].map((k) => words[(i * 7 + k * (i % 11) + (i >> k)) % words.length])
    const many = rows(3000, 'a').map((row, i) => ({ ...row, text: `${mixed(i).join(' ')}${i}` }))
    const first = await importing([...many, ...rows(1, 'first', { text: same })])
    await importing(rows(1, 'copy', { text: same }), { sourceName: 'Later' })
    await engine.idle()
    const undoing = undo(first.importId)
    while ((await client.station.storage()).mentions >= 3001) await new Promise((done) => setImmediate(done))
    await engine.stop()
    await undoing
    await open()
    engine.start()
    // The first push after a start looks at the newest rows.
    await importing(
      rows(1, 'more', { text: 'something else entirely about the weather in the north of the country' }),
      { sourceName: 'Later' },
    )
    await expect.poll(async () => (await client.sources.pastImports()).at(-1)!.state).toBe('undone')
    await importing(rows(1, 'copytwo', { text: same }), { sourceName: 'Later' })
    const copy = all().find(({ externalId }) => externalId === 'copy0')!
    const two = all().find(({ externalId }) => externalId === 'copytwo0')!
    expect(copy.duplicateOf).toBeNull()
    expect(two.duplicateOf).toBe(copy.id)
    expect(await problems()).toEqual([])
  })
})
