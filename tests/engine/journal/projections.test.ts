import fc from 'fast-check'
import { Readable } from 'node:stream'
import { afterEach, describe, expect, it } from 'vitest'
import type { Engine } from '#engine/engine.ts'
import { connectionOf } from '#engine/store/connections.ts'
import { differingRows } from '#engine/store/projections/differing.ts'
import { projectedTables } from '#engine/store/projections/tables.ts'
import { differingCases } from '#engine/store/queries/case-rebuild.ts'
import { verifyJournal } from '#engine/store/journal-chain.ts'
import { openTestEngine } from '#tests/support/engine.ts'
import { anyDecision, decide, type Decision } from './decisions.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const said = [
  'the parcel was damaged and nobody answers', 'my parcel came damaged, refund please', 'parcel damaged again, awful',
  'damaged parcel, second time', 'the bag was lost in Cologne', 'lost my bag and nobody helps', 'bag lost, terrible',
  'another lost bag', 'lovely service today', 'how do I clean the bag?', 'thanks for the parcel', 'the app crashes',
] // prettier-ignore

/** What the machine found or did, and cases, which have a check of their own. A new table belongs here or among the projected. */
const notDecided = [
  'alert_watch', 'author', 'author_alias', 'author_case', 'author_influence', 'backfill', 'block', 'cases', 'counted_feed', 'counted_value',
  'cursors', 'desk_letters', 'earlier_reading', 'heard', 'import', 'import_again', 'import_rows', 'journal', 'known_account', 'listen_no', 'look_up_state', 'mention', 'mention_key',
  'mention_raw', 'migration', 'model_no', 'parcels', 'reply_accounts', 'rereading', 'rollup', 'routing_cursor', 'source_health', 'source_no', 'station',
  'thread_member',
] // prettier-ignore

/** A station that heard a dozen mentions. */
async function open(): Promise<{ engine: Engine; close(): Promise<void> }> {
  const station = await openTestEngine()
  closing.push(station.close)
  const { engine } = station
  await engine
    .client()
    .listens.save({ name: 'Bags', colour: 1, query: 'bag OR parcel OR app', enabled: true, routed: true })
  const rows = said.map((text, i) => `${i},"${text}",2026-11-20T09:00:00Z,a${i % 5},Ana ${i % 5}`)
  const file = Readable.from([Buffer.from(`id,text,date,author,author name\n${rows.join('\n')}\n`)])
  await engine.collect.importFile(file, { fileName: 'a.csv', sourceName: 'Desk', live: true })
  engine.start()
  await engine.idle()
  return station
}

describe('everything that a person can change', () => {
  it('is what the journal tells, whatever was decided', async () => {
    const done = new Set<Decision['name']>()
    await fc.assert(
      fc.asyncProperty(fc.array(anyDecision, { minLength: 60, maxLength: 120 }), async (decisions) => {
        const { engine } = await open()
        const station = { engine, client: engine.client(), entries: [] }
        for (const decision of decisions) if (await decide(station, decision)) done.add(decision.name)
        expect(differingRows(engine.store)).toEqual([])
        expect(differingCases(engine.store)).toEqual([])
        expect(verifyJournal(engine.store).brokenAt).toBeNull()
        for (const close of closing.splice(0)) await close()
      }),
      { numRuns: 6 },
    )
    expect(done.size).toBeGreaterThan(35)
  })

  it('is named when somebody wrote past the journal', async () => {
    const { engine } = await open()
    const { store } = engine
    const client = engine.client()
    const [first] = await client.desks.list()
    await client.desks.savePerson({
      name: 'Petra',
      email: '',
      deskIds: [first!.desk.id],
      skills: [],
      languages: [],
      countries: [],
      capacity: 3,
      presence: 'available',
      archived: false,
      hours: { timeZone: 'Europe/Berlin', spans: [], holidays: [] },
    })
    await client.mentions.relabel({ id: `${store.stationId}-1`, label: 'positive' })
    expect(differingRows(store)).toEqual([])
    const db = connectionOf(store)
    db.exec(`
      UPDATE desks SET body = replace(body, '"purpose"', '"cause"') WHERE id = '${first!.desk.id}';
      UPDATE listens SET query = 'nothing';
      DELETE FROM people_desks;
      INSERT INTO settings (name, value) VALUES ('brand', '"Other"');
      UPDATE mention SET sentiment = 0, score = -1 WHERE seq = 1;
    `)
    const differing = differingRows(store)
    for (const table of ['desks', 'listens', 'people_desks', 'settings brand', 'mention'])
      expect(
        differing.some((row) => row.startsWith(table)),
        `${table} in ${differing.join()}`,
      ).toBe(true)
    const { problems } = await store.verify()
    expect(problems.join()).toMatch(/tables and journal: \d+ rows are not what the journal tells: desks desk_/)
  })

  it('has a table of its own that says so, or is known not to be decided by anybody', async () => {
    const { engine } = await open()
    const tables = connectionOf(engine.store)
      .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`)
      .pluck()
      .all() as string[]
    const projected = new Set(projectedTables.map(({ table }) => table))
    expect(tables.filter((table) => !projected.has(table))).toEqual(notDecided)
  })
})
