import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Client } from '#engine/api/router.ts'
import type { Engine } from '#engine/engine.ts'
import { openTestEngine } from '#tests/support/engine.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'

const NOW = '2026-11-20T12:00:00Z'
const DAY = 1440
let clock: ManualClock
let engine: Engine
let client: Client
let close: () => Promise<void>

beforeEach(async () => {
  clock = new ManualClock(NOW)
  ;({ engine, close } = await openTestEngine({ clock }))
  client = engine.client()
})
afterEach(() => close())

/** Rows by network, so many minutes old. */
function csv(rows: readonly { id: string; network?: string; minutesAgo?: number; who?: string }[]): string {
  const lines = rows.map(({ id, network = 'forums', minutesAgo = 60, who = 'ada' }) => {
    const at = new Date(Date.parse(NOW) - minutesAgo * 60_000).toISOString()
    return `${id},${at},${who},${network},Kaffora number ${id} broke again`
  })
  return `id,created_at,author,network,text\n${lines.join('\n')}\n`
}
async function importing(text: string, sourceName = 'Rows', more: { live?: boolean } = {}) {
  const file = new File([text], 'rows.csv')
  const mapping = { network: 'network' }
  const report = await client.sources.importFile({ file, name: 'rows.csv', sourceName, mapping, ...more })
  await engine.idle()
  return report
}
const cards = async () => (await client.sources.list()).map(({ source }) => source.name).toSorted()
const many = (n: number, more: object = {}) => Array.from({ length: n }, (_, i) => ({ id: `${i}`, ...more }))

describe('the cards of an import that was taken back', () => {
  it('go with it, its own and those of each network', async () => {
    const { importId } = await importing(
      csv([
        { id: '1', network: 'reddit' },
        { id: '2', network: 'forums' },
        { id: '3', network: 'x' },
      ]),
    )
    expect((await cards()).length).toBeGreaterThan(1)
    await client.sources.undoImport({ id: importId })
    expect(await cards()).toEqual([])
    expect((await engine.store.verify()).problems).toEqual([])
  })

  it('come again when the file does', async () => {
    const text = csv(many(3))
    const { importId } = await importing(text)
    await client.sources.undoImport({ id: importId })
    expect(await importing(text)).toMatchObject({ stored: 3, duplicates: 0 })
    expect(await cards()).toContain('Rows')
  })

  it('stay where another import of the same name goes on', async () => {
    const first = await importing(csv(many(3)))
    await importing(csv([{ id: 'other' }]))
    await client.sources.undoImport({ id: first.importId })
    expect(await cards()).toContain('Rows')
  })

  it('stay where something of it stays, and those of other names always', async () => {
    await importing(csv([{ id: 'x', network: 'reddit' }]), 'Rows too')
    const before = await cards()
    const { importId } = await importing(csv(many(3)))
    const [mention] = [...engine.mentionsAfter(1, Infinity)]
    await client.mentions.relabel({ id: mention!.id, label: 'positive' })
    expect(await client.sources.undoImport({ id: importId })).toMatchObject({ removed: 2, kept: 1 })
    expect(await cards()).not.toEqual(before)
    const other = await importing(csv(many(2)), 'Other')
    await client.sources.undoImport({ id: other.importId })
    expect(await cards()).not.toContain('Other')
    expect(await cards()).toEqual(expect.arrayContaining(before))
  })
})

describe('what was heard in a shift', () => {
  beforeEach(async () => {
    await importing(csv([{ id: 'before' }]), 'Before')
    clock.advance(1000)
    await client.review.start({ name: 'Shift' })
    clock.advance(1000)
  })
  const heard = () => engine.status().heardInShift

  it('is no history of a file', async () => {
    expect(await importing(csv(many(20, { minutesAgo: 40 * DAY })))).toMatchObject({ stored: 20, history: 20 })
    expect(heard()).toBe(0)
    await importing(csv([{ id: 'a' }, { id: 'b' }, { id: 'c', minutesAgo: 3 * DAY }]), 'Mixed')
    expect(heard()).toBe(2)
    expect(heard()).toBe(2)
  })

  it('is what a person said is live, however old', async () => {
    await importing(csv(many(4, { minutesAgo: 40 * DAY })), 'Rows', { live: true })
    expect(heard()).toBe(4)
  })

  it('is right again after history was taken back', async () => {
    const { importId } = await importing(csv([...many(9, { minutesAgo: 40 * DAY }), { id: 'now' }]))
    await importing(csv([{ id: 'else' }]), 'Else')
    expect(heard()).toBe(2)
    await client.sources.undoImport({ id: importId })
    expect(heard()).toBe(1)
    await importing(csv([{ id: 'again', minutesAgo: 9 * DAY }, { id: 'more' }]), 'More')
    expect(heard()).toBe(2)
  })
})

it('an author who said much more later is linked anew a few times, and rightly', async () => {
  const { importId } = await importing(csv(many(900, { who: 'loud', minutesAgo: 90 })), 'First')
  await importing(
    csv(Array.from({ length: 4000 }, (_, i) => ({ id: `later-${i}`, who: 'loud', minutesAgo: 30 }))),
    'Later',
  )
  expect(await client.sources.undoImport({ id: importId })).toMatchObject({ removed: 900, kept: 0 })
  expect((await engine.store.verify()).problems).toEqual([])
})
