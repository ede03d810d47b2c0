import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { project } from '#engine/store/case-projection.ts'
import { migrations } from '#engine/store/migrations/all.ts'
import { migrate } from '#engine/store/migrations/migrate.ts'
import { lend } from '#engine/store/connections.ts'
import { parcelById, parcelsInterrupted, parcelsOfCase, replyThatIs } from '#engine/store/queries/parcels.ts'
import { replyAccounts } from '#engine/store/queries/reply-accounts.ts'

let db: Database.Database
beforeEach(() => {
  db = new Database(':memory:')
})
afterEach(() => void db.close())

function upTo(version: number): void {
  const before = migrations.filter((step) => step.version < version)
  migrate(db, before, 'test.db')
}
const newest = () => {
  migrate(db, migrations, 'test.db')
  return lend(db, db)
}

it('a hand-off of before has no links yet, and a case of before has nothing that a desk said', () => {
  upTo(660)
  db.prepare(
    `INSERT INTO outbox (id, case_id, channel_id, channel_name, payload, state, attempts, created_at)
     VALUES ('out_1', 'case_1', 'chan_1', 'Care', '{}', 'sent', 1, 5)`,
  ).run()
  expect(parcelById(newest(), 'out_1')).toMatchObject({
    state: 'sent',
    attempts: 1,
    content: { payload: {}, linksUntil: null },
    maybeThere: false,
  })
  const told = project(undefined, { caseId: 'case_1', at: 1, data: { before: {}, after: { state: 'new' } } })
  expect(told).toMatchObject({ state: 'new', deskSays: null })
})

it('replies and hand-offs of before are parcels in their order, with everything that was kept of them', () => {
  upTo(750)
  const payload = { id: 'out_2', mention: { text: 'ä "quoted"\n\u2028 🌊' } }
  const actor = { kind: 'officer', id: 'lena', name: 'Lena "L" Ö' }
  const handoff = db.prepare(
    `INSERT INTO outbox (id, case_id, channel_id, channel_name, payload, state, attempts, created_at, next_attempt_at,
       sent_at, advice, links_until, maybe_there) VALUES (?, 'case_1', 'chan_1', 'Care', ?, ?, 2, ?, ?, NULL, 'Busy.', 99, 1)`,
  )
  const answer = db.prepare(
    `INSERT INTO answers (id, case_id, way, source_id, source_name, network, account, text, actor, entry, state, attempts,
       maybe_there, take_back, created_at, tried_at, next_attempt_at, sent_at, external_id, url, advice)
     VALUES (?, 'case_1', 'thread', 'src_1', 'Net', 'mastodon', '@care', 'Sorry "you"', ?, 7, ?, 3, 1, 1, ?, 12, ?, ?, ?, ?, NULL)`,
  )
  // Later ones have earlier times: a clock was set back.
  handoff.run('out_2', JSON.stringify(payload), 'queued', 20, 30)
  handoff.run('out_1', '{}', 'sending', 10, null)
  answer.run('ans_2', JSON.stringify(actor), 'sent', 20, null, 25, 'p1', 'https://net.example/p1')
  answer.run('ans_1', JSON.stringify(actor), 'queued', 10, 40, null, null, null)
  db.prepare(`INSERT INTO answer_accounts VALUES ('src_1', 'mastodon', '@care', 'care', 500, 3)`).run()

  const now = newest()
  expect(parcelsOfCase(now, 'handoff', 'case_1').map(({ id }) => id)).toEqual(['out_2', 'out_1'])
  expect(parcelsOfCase(now, 'reply', 'case_1').map(({ id }) => id)).toEqual(['ans_2', 'ans_1'])
  expect(parcelById(now, 'out_2')).toEqual({
    id: 'out_2', kind: 'handoff', caseId: 'case_1', lane: 'chan_1', laneName: 'Care', state: 'queued', attempts: 2,
    maybeThere: true, takeBack: false, createdAt: 20, triedAt: null, nextAttemptAt: 30, sentAt: null, advice: 'Busy.',
    network: null, externalId: null, url: null, content: { payload, linksUntil: 99 },
  }) // prettier-ignore
  expect(parcelById(now, 'ans_2')).toEqual({
    id: 'ans_2', kind: 'reply', caseId: 'case_1', lane: 'src_1', laneName: 'Net', state: 'sent', attempts: 3,
    maybeThere: true, takeBack: true, createdAt: 20, triedAt: 12, nextAttemptAt: null, sentAt: 25, advice: null,
    network: 'mastodon', externalId: 'p1', url: 'https://net.example/p1',
    content: { way: 'thread', account: '@care', text: 'Sorry "you"', actor, entry: 7 },
  }) // prettier-ignore
  expect(replyThatIs(now, 'mastodon', 'p1', null)?.id).toBe('ans_2')
  expect(parcelsInterrupted(now).map(({ id }) => id)).toEqual(['out_1'])
  expect(replyAccounts(now)).toEqual([
    { sourceId: 'src_1', network: 'mastodon', name: '@care', authorId: 'care', limit: 500, checkedAt: 3 },
  ])
  const tables = db
    .prepare(`SELECT name FROM sqlite_schema WHERE name IN ('outbox', 'answers', 'answer_accounts')`)
    .all()
  expect(tables).toEqual([])
})
