import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectionOf } from '#engine/store/connections.ts'
import { draft, openTestStation, type TestStation } from './station.ts'

let station: TestStation
beforeAll(async () => {
  station = openTestStation()
  await station.push(Array.from({ length: 300 }, () => draft()))
  await station.store.indexed()
})
afterAll(() => station.close())

/** What SQLite would do, one line a step. */
const plan = (sql: string): string =>
  (connectionOf(station.store.readable).prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[])
    .map((row) => row.detail)
    .join('\n')

/** The texts are those of the store's own files; a changed one there has to be looked at here. */
const hot: [what: string, sql: string, uses: RegExp][] = [
  [
    'newest page of a pane',
    `SELECT published_at, seq, source, sentiment FROM heard WHERE listen = 1 AND (published_at, seq) < (9, 9)
     AND published_at >= 0 ORDER BY published_at DESC, seq DESC LIMIT 256`,
    /^SEARCH heard USING PRIMARY KEY \(listen=\? AND published_at>\? AND \(published_at,seq\)<\(\?,\?\)\)$/,
  ],
  ['one mention', 'SELECT text FROM mention m WHERE m.seq = 5', /^SEARCH m USING INTEGER PRIMARY KEY \(rowid=\?\)$/],
  [
    'mentions in order of arrival',
    'SELECT text FROM mention m WHERE m.seq > 5 ORDER BY m.seq LIMIT 10',
    /^SEARCH m USING INTEGER PRIMARY KEY \(rowid>\?\)$/,
  ],
  ['the newest row', 'SELECT max(seq) AS seq FROM mention', /^SEARCH mention$/],
  [
    'a known mention',
    'SELECT seq FROM mention_key WHERE key = 5',
    /^SEARCH mention_key USING INTEGER PRIMARY KEY \(rowid=\?\)$/,
  ],
  [
    'the newest card of what is judged',
    "SELECT content FROM alert WHERE key = 'rise listen:1' ORDER BY since DESC, id DESC LIMIT 1",
    /^SEARCH alert USING INDEX alert_key \(key=\?\)$/,
  ],
  ['an author', 'SELECT mentions FROM author WHERE key = 5', /^SEARCH author USING INTEGER PRIMARY KEY \(rowid=\?\)$/],
  [
    'a conversation',
    'SELECT seq FROM thread_member WHERE thread_key = 5 ORDER BY seq DESC LIMIT 200',
    /^SEARCH thread_member USING PRIMARY KEY \(thread_key=\?\)$/,
  ],
  [
    'earlier cases of an author',
    'SELECT count(*) AS n FROM author_case WHERE author_key = 5 AND mention_seq < 9',
    /^SEARCH author_case USING PRIMARY KEY \(author_key=\? AND mention_seq<\?\)$/,
  ],
  [
    'the case of a mention',
    'SELECT id FROM cases WHERE mention_seq = 5',
    /^SEARCH cases USING INDEX \S+ \(mention_seq=\?\)$/,
  ],
  [
    'a line of a chart',
    'SELECT bucket FROM rollup WHERE step = 60 AND listen = 1 AND source = 0 AND bucket >= 1 AND bucket < 9',
    /^SEARCH rollup USING PRIMARY KEY \(step=\? AND listen=\? AND source=\? AND bucket>\? AND bucket<\?\)$/,
  ],
  [
    'the last busy hour',
    `SELECT bucket FROM rollup WHERE step = 60 AND listen = 1 AND source = 2 AND bucket <= 9 AND bucket >= 1
     ORDER BY bucket DESC`,
    /^SEARCH rollup USING PRIMARY KEY \(step=\? AND listen=\? AND source=\? AND bucket>\? AND bucket<\?\)$/,
  ],
  [
    'the journal of a mention',
    "SELECT seq FROM journal WHERE mention_id = 'x' ORDER BY seq",
    /^SEARCH journal USING (COVERING )?INDEX journal_mention \(mention_id=\?\)$/,
  ],
  [
    'the journal of a case',
    "SELECT seq FROM journal WHERE case_id = 'x' ORDER BY seq",
    /^SEARCH journal USING (COVERING )?INDEX journal_case \(case_id=\?\)$/,
  ],
  [
    'the journal of a time',
    'SELECT kind FROM journal WHERE at >= 1 AND at < 9 AND seq < 5 ORDER BY at DESC, seq DESC LIMIT 5',
    /^SEARCH journal USING INDEX journal_at \(at>\? AND at<\?\)$/,
  ],
  ['the newest journal entry', 'SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1', /^SCAN journal$/],
  [
    'a search, newest first',
    `SELECT m.seq, m.published_at FROM search.mention_fts f CROSS JOIN mention m ON m.seq = f.rowid
     WHERE f.mention_fts MATCH 'train' AND f.rowid BETWEEN 1 AND 9 ORDER BY f.rowid DESC`,
    /^SCAN f VIRTUAL TABLE INDEX \d+:\S*M\S*\nSEARCH m USING INTEGER PRIMARY KEY \(rowid=\?\)$/,
  ],
  [
    'a muted author',
    "SELECT 1 FROM mute WHERE kind = 'author' AND key = 5",
    /^SEARCH mute USING PRIMARY KEY \(kind=\? AND key=\?\)$/,
  ],
]

describe('the plan of a hot question', () => {
  it.each(hot)('%s', (_what, sql, uses) => {
    const steps = plan(sql)
    expect(steps).toMatch(uses)
    // No sorting: every one of these comes in the order in which it is kept.
    expect(steps).not.toMatch(/TEMP B-TREE/)
  })
})
