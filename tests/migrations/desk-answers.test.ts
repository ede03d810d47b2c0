import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { project } from '#engine/store/case-projection.ts'
import { migrations } from '#engine/store/migrations/all.ts'
import { migrate } from '#engine/store/migrations/migrate.ts'
import { lend } from '#engine/store/connections.ts'
import { outboxById } from '#engine/store/queries/outbox.ts'

it('a hand-off of before has no links yet, and a case of before has nothing that a desk said', () => {
  const db = new Database(':memory:')
  migrate(db, migrations.filter(({ version }) => version < 660), 'test.db') // prettier-ignore
  db.prepare(
    `INSERT INTO outbox (id, case_id, channel_id, channel_name, payload, state, attempts, created_at)
     VALUES ('out_1', 'case_1', 'chan_1', 'Care', '{}', 'sent', 1, 5)`,
  ).run()
  migrate(db, migrations, 'test.db')
  expect(outboxById(lend(db, db), 'out_1')).toMatchObject({
    state: 'sent',
    attempts: 1,
    linksUntil: null,
    maybeThere: 0,
  })
  db.close()
  const told = project(undefined, { caseId: 'case_1', at: 1, data: { before: {}, after: { state: 'new' } } })
  expect(told).toMatchObject({ state: 'new', deskSays: null })
})
