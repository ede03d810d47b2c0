import { asWritten } from '#shared/words/said.ts'
import Database from 'better-sqlite3'
import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import * as commands from '#engine/cases/commands.ts'
import { createBoard } from '#engine/board.ts'
import { appendEntry, entriesAfter } from '#engine/store/queries/journal.ts'
import { HttpProblem } from '#engine/platform/http.ts'
import { createMemorySecrets } from '#engine/platform/keychain.ts'
import { silentLog } from '#engine/platform/log.ts'
import { connectionOf, openWritable } from '#engine/store/connections.ts'
import { migrations } from '#engine/store/migrations/all.ts'
import { migrate, versionOf } from '#engine/store/migrations/migrate.ts'
import { openStore } from '#engine/store/open.ts'
import { allCases, publicCase } from '#engine/store/queries/cases.ts'
import { parcelsOfCase } from '#engine/store/queries/parcels.ts'
import { mentionSeq } from '#shared/util/ids.ts'
import { Case } from '#shared/model/case.ts'
import { act, anyAction } from '#tests/engine/cases/actions.ts'
import { lena, openHouse, type Heard } from '#tests/engine/cases/house.ts'
import { temporaryFolder } from '#tests/support/engine.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'
import fc from 'fast-check'
import { testPaths } from '#tests/support/paths.ts'

/** The schema that was shipped first. */
const SHIPPED = 630
/** Fields of a case that came later: a journal of then does not know them. */
const LATER = new Set(['answer', 'deskSays'])
/** Tables of then that are put together otherwise now; each has a row of its own below. */
const RESHAPED = new Set(['correction', 'mute', 'outbox'])

const folders: { remove(): void }[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove()
})

const tablesOf = (db: Database.Database): string[] =>
  db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
    .pluck()
    .all() as string[]
const columnsOf = (db: Database.Database, table: string): string[] =>
  db.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table) as string[]
const rowsOf = (db: Database.Database, table: string, columns: readonly string[]): unknown[] =>
  db.prepare(`SELECT ${columns.join(', ')} FROM ${table} ORDER BY ${columns.join(', ')}`).all()

/** What the journal of then said: without the fields that nobody had thought of. */
function asThen(data: Record<string, unknown>): Record<string, unknown> {
  const then = { ...data }
  for (const side of ['before', 'after']) {
    const fields = then[side]
    if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) continue
    then[side] = Object.fromEntries(Object.entries(fields).filter(([name]) => !LATER.has(name)))
  }
  return then
}

/** A store as the first shipped version left it: its schema, and rows of every kind that has a table in it. */
async function shippedStore(dir: string): Promise<void> {
  const house = openHouse()
  const complaint: Heard = { text: 'I want a refund for the damaged parcel', label: 'negative', confidence: 0.9 }
  house.board.start()
  await house.take(...Array.from({ length: 40 }, (_, i) => ({ ...complaint, by: `customer${i % 25}` })))
  await house.board.importPeople('name,email,desks\nPetra,petra@example.org,Care Germany\nOmar,,Baggage\n', true, lena)
  const entries: number[] = []
  for (const action of fc.sample(fc.array(anyAction, { minLength: 60, maxLength: 60 }), { numRuns: 1, seed: 5 })[0]!) {
    house.clock.advance(60_000)
    await act(house, action, entries)
  }
  await house.board.stop()
  connectionOf(house.store).pragma('wal_checkpoint(TRUNCATE)')
  const now = join(dir, 'now.db')
  copyFileSync(house.store.file, now)
  const file = join(dir, 'earshot.db')
  const db = openWritable(file)
  migrate(db, migrations.filter(({ version }) => version <= SHIPPED), file) // prettier-ignore
  db.prepare('ATTACH ? AS now').run(now)
  db.pragma('foreign_keys = OFF')
  for (const table of tablesOf(db)) {
    if (table === 'migration' || table === 'journal' || RESHAPED.has(table)) continue
    const columns = columnsOf(db, table).join(', ')
    db.exec(`DELETE FROM main.${table}; INSERT INTO main.${table} (${columns}) SELECT ${columns} FROM now.${table}`)
  }
  const told = entriesAfter(house.store, 0, 100_000)
  db.transaction(() => {
    for (const entry of told) {
      const data = asThen(entry.data)
      // Cases were told with the mention's row.
      if (entry.kind === 'case.opened')
        Object.assign(data.after as object, { mentionSeq: mentionSeq(house.store.stationId, entry.mentionId!) })
      appendEntry(db, { ...entry, data })
    }
  })()
  // What the journal of then did not tell, and what was kept under rows.
  db.exec(`
    INSERT INTO mute (kind, key, mention_seq, entry, at) VALUES ('author', 7, 3, 1, 5);
    INSERT INTO correction (entry, mention_seq, at, by_name, was, is_now, counts) VALUES (2, 35, 6, 'Lena', 0, 2, 1);
    INSERT INTO wall_layouts (id, name, position, panes) VALUES ('wall_1', 'Lobby', 1, '[]');
    INSERT INTO person_account (author_key, person_id, confidence, reason, linked_at, linked_by)
      VALUES (7, 'per_1', 1, '', 5, 'Lena');
    INSERT INTO outbox (id, case_id, channel_id, channel_name, payload, state, attempts, created_at, next_attempt_at)
      VALUES ('out_1', 'case_1', 'chan_1', 'Care', '{"id":"out_1"}', 'failed', 2, 5, NULL);
  `)
  db.exec('DETACH now')
  db.close()
  await house.close()
}

describe('a store of the first shipped version', () => {
  it('is taken over by this one with everything in it, after a backup', async () => {
    const folder = temporaryFolder('upgrade')
    folders.push(folder)
    mkdirSync(folder.path, { recursive: true })
    await shippedStore(folder.path)
    const file = join(folder.path, 'earshot.db')
    const before = new Database(file, { readonly: true })
    expect(versionOf(before)).toBe(SHIPPED)
    const kept = tablesOf(before).filter((table) => table !== 'migration' && table !== 'outbox')
    const same = (table: string) =>
      columnsOf(before, table).filter((name) => name !== 'mention_seq' || !RESHAPED.has(table))
    const columns = new Map(kept.map((table) => [table, same(table)]))
    const rows = new Map(kept.map((table) => [table, rowsOf(before, table, columns.get(table)!)]))
    before.close()
    expect(rows.get('cases')!.length).toBeGreaterThan(10)
    expect(rows.get('journal')!.length).toBeGreaterThan(60)
    expect(rows.get('people')).toHaveLength(2)

    const clock = new ManualClock('2026-11-20T12:00:00Z')
    const store = openStore({ paths: testPaths(folder.path), clock, log: silentLog })
    try {
      expect(versionOf(connectionOf(store))).toBe(migrations.at(-1)!.version)
      expect(existsSync(join(folder.path, 'backups'))).toBe(true)
      expect(readdirSync(join(folder.path, 'backups'))).toHaveLength(1)
      const rowsNow = (table: string, names: readonly string[]) => rowsOf(connectionOf(store), table, names)
      for (const table of kept) {
        const now = rowsNow(table, columns.get(table)!)
        // Of the journal, what was there; behind it stands what it had not told.
        expect(table === 'journal' ? now.slice(0, rows.get(table)!.length) : now, table).toEqual(rows.get(table))
      }
      const { stationId } = store
      expect(rowsNow('mute', ['mention_id'])).toEqual([{ mention_id: `${stationId}-3` }])
      expect(rowsNow('correction', ['mention_id', 'mention_seq'])).toEqual([
        { mention_id: `${stationId}-z`, mention_seq: 35 },
      ])
      expect(parcelsOfCase(store, 'handoff', 'case_1')).toMatchObject([
        { id: 'out_1', lane: 'chan_1', state: 'failed', content: { payload: { id: 'out_1' }, linksUntil: null } },
      ])
      const baseline = entriesAfter(store, rows.get('journal')!.length, 100_000)
      expect(new Set(baseline.map(({ kind }) => kind))).toEqual(new Set(['station.baselined']))
      expect(baseline.map(({ data }) => data.first)).toEqual(baseline.map((_, i) => i === 0))
      expect(JSON.stringify(baseline.map(({ data }) => data))).not.toContain('mention_seq')
      await store.indexed()
      expect((await store.verify()).problems).toEqual([])

      const known = [...allCases(store)]
      for (const one of known) expect(Case.safeParse(publicCase(one)).error).toBeUndefined()
      // And work goes on with what was there.
      const noHttp = {
        fetch: ({ url }: { url: string }) => Promise.reject(new HttpProblem('refused', url, asWritten('Nothing.'))),
      }
      const cases = createBoard({ store, clock, log: silentLog, http: noHttp, secrets: createMemorySecrets(), timeZone: 'Europe/Berlin', isRouted: () => true }) // prettier-ignore
      const open = known.find(({ state }) => state === 'routed')!
      const { case: accepted } = cases.run(commands.accept, { id: open.id, version: open.version }, {}, lena)
      expect(accepted.state).toBe('accepted')
      expect(cases.people.page({ search: 'petra', deskId: null, after: null, limit: 5 }).total).toBe(1)
      await cases.stop()
      expect((await store.verify()).problems).toEqual([])
    } finally {
      await store.close()
    }
  })
})
