import { documentOfMention } from '#shared/query/document.ts'
import { searchText } from '#shared/query/search-text.ts'
import { allValues, connectionOf } from '../connections.ts'
import { brokenRows } from '../broken-rows.ts'
import type { Reads } from '../reads.ts'
import { keyHash } from '../hash.ts'
import { verifyJournal } from '../journal-chain.ts'
import { BLOCK_SIZE } from '../blocks.ts'
import type { VerifyReport } from '../store.ts'
import { differingRows } from '../projections/differing.ts'
import { differingCases } from './case-rebuild.ts'
import { paneGaps, rollupGaps } from './derived.ts'
import { lastSeq, mentionsAfter } from './mentions.ts'

type Check = (db: Reads) => string

const count = (db: Reads, sql: string, ...params: (string | number)[]): number =>
  connectionOf(db)
    .prepare(sql)
    .pluck()
    .get(...params) as number

/** Nothing to say when the SQL counts nothing. */
const no =
  (what: string, sql: string): Check =>
  (db) => {
    const found = count(db, sql)
    return found === 0 ? '' : `${found} ${what}`
  }

const equal = (what: string, left: number, right: number): string =>
  left === right ? '' : `${what}: ${left} instead of ${right}`

/** Each says what is wrong, or nothing. Whatever can be recounted is recounted from the mentions. */
const checks: [name: string, check: Check][] = [
  ['file', (db) => findings(db, 'main')],
  ['full-text file', searchFile],
  ['rows', rows],
  ['references', no('rows point to nothing', 'SELECT count(*) FROM pragma_foreign_key_check')],
  ['cases', no('cases without their mention', missing('cases', 'mention_seq'))],
  ['payloads', no('payloads without their mention', missing('mention_raw', 'seq'))],
  ['conversations', no('members without their mention', missing('thread_member', 'seq'))],
  [
    'duplicates',
    no(
      'mentions are called copies of nothing',
      `${missing('mention', 'duplicate_of')} AND NOT ${goingAway('t.duplicate_of')}`,
    ),
  ],
  ['accounts', no('accounts without their newest mention', missing('known_account', 'last_seq'))],
  ['keys', keys],
  ['authors', authors],
  ['panes', panes],
  ['roll-ups', rollups],
  ['blocks', blocks],
  ['full text', fullText],
  ['journal', journal],
  ['cases and journal', casesAndJournal],
  ['tables and journal', tablesAndJournal],
]

function missing(table: string, column: string): string {
  return `SELECT count(*) FROM ${table} t WHERE t.${column} IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM mention m WHERE m.seq = t.${column})`
}

/** Whether a row is one of an import that is being taken back: what stands beside it follows. */
function goingAway(seq: string): string {
  const going = 'i.undo_at IS NOT NULL AND i.undone_at IS NULL'
  return `(EXISTS (SELECT 1 FROM import i JOIN import_rows r ON r.import = i.no
      WHERE ${going} AND ${seq} BETWEEN r.first_seq AND r.last_seq)
    OR EXISTS (SELECT 1 FROM import i JOIN import_again a ON a.import = i.no WHERE ${going} AND a.seq = ${seq}))`
}

/** Named, so that a person can say which; the first few of each table. */
function rows(db: Reads): string {
  const broken = brokenRows(db, { limit: 1000 })
  return broken.length === 0 ? '' : `${broken.length} cannot be read: ${broken.slice(0, 10).join(', ')}`
}

/**
 * A search comes first: the check would use what this connection remembers of the index's structure from before the indexer
 * merged parts of it, and miss pages that are rightly gone. Only a search looks whether that still holds.
 */
function searchFile(db: Reads): string {
  connectionOf(db).prepare('SELECT rowid FROM search.mention_fts WHERE mention_fts MATCH ? LIMIT 1').all('"a"')
  return findings(db, 'search')
}

function findings(db: Reads, schema: string): string {
  const found = connectionOf(db).pragma(`${schema}.integrity_check(20)`) as { integrity_check: string }[]
  return found
    .map((row) => row.integrity_check)
    .filter((line) => line !== 'ok')
    .join('; ')
}

/** Every mention up to the mark has its entry, and no entry is left over. Row 0 keeps a place in a run of equal hashes. */
function keys(db: Reads): string {
  const seed = count(db, 'SELECT hash_seed FROM station')
  const upto = count(db, 'SELECT upto_seq FROM look_up_state')
  const rows = count(db, 'SELECT count(*) FROM mention WHERE seq <= ?', upto)
  const byKey = connectionOf(db).prepare('SELECT seq FROM mention_key WHERE key = ?').pluck()
  let lost = 0
  const all = connectionOf(db).prepare('SELECT seq, source_id, external_id FROM mention WHERE seq <= ?')
  for (const row of all.iterate(upto) as Iterable<{ seq: number; source_id: string; external_id: string }>) {
    let at = keyHash(seed, row.source_id, row.external_id)
    let found = byKey.get(at)
    while (found !== undefined && found !== row.seq) found = byKey.get(++at)
    if (found === undefined) lost++
  }
  if (lost > 0) return `${lost} mentions are not found by their id`
  // Slices of a merge that is under way are ahead of the mark.
  const entries = count(db, 'SELECT count(*) FROM mention_key WHERE seq BETWEEN 1 AND ?', upto)
  const strangers = count(db, `${missing('mention_key', 'seq')} AND t.seq > 0`)
  return equal('entries', entries, rows) || (strangers === 0 ? '' : `${strangers} entries without their mention`)
}

function authors(db: Reads): string {
  const wrong = count(
    db,
    `SELECT count(*) FROM author a LEFT JOIN mention m ON m.seq = a.last_seq
     WHERE a.mentions > 0 AND (m.seq IS NULL OR m.author_key IS NOT a.key OR m.author_earlier + 1 <> a.mentions)`,
  )
  return wrong === 0 ? '' : `${wrong} authors with another newest mention or count`
}

function panes(db: Reads): string {
  const mentions = count(db, 'SELECT count(*) FROM mention')
  const heard = count(db, 'SELECT count(*) FROM heard WHERE listen = 0')
  if (heard !== mentions) return equal('mentions in panes', heard, mentions)
  const lacking = paneGaps(db, { fromSeq: 1, toSeq: lastSeq(db), limit: 1000 }).length
  if (lacking > 0) return `${lacking} mentions lack an entry or have another`
  const wrong = count(
    db,
    `SELECT count(*) FROM heard h LEFT JOIN mention m ON m.seq = h.seq
     WHERE m.seq IS NULL OR m.published_at <> h.published_at OR m.sentiment <> h.sentiment`,
  )
  return wrong === 0 ? '' : `${wrong} entries differ from their mention`
}

/** Minutes from the panes, hours from the minutes, days from the hours, all sources from each. */
function rollups(db: Reads): string {
  const wrong = { hours: 0, days: 0 }
  for (const listen of countedPanes(db)) {
    const { hours, days } = rollupGaps(db, { listen, limit: 1000 })
    wrong.hours += hours.length
    wrong.days += days.length
  }
  return wrong.hours + wrong.days === 0 ? '' : `${wrong.hours} hours and ${wrong.days} days differ from a recount`
}

/** All that something is kept of but those that are being cleared, panes first. */
const countedPanes = (db: Reads): number[] =>
  allValues<number>(
    db,
    `SELECT listen FROM (SELECT listen FROM heard UNION SELECT listen FROM rollup)
     WHERE listen NOT IN (SELECT no FROM listen_no WHERE retired = 1)`,
  )

function blocks(db: Reads): string {
  const wrong = count(
    db,
    `SELECT count(*) FROM (
       SELECT seq / ${BLOCK_SIZE} AS no, count(*), min(published_at), max(published_at) FROM mention GROUP BY 1
       EXCEPT SELECT no, mentions, first_published, last_published FROM block)`,
  )
  return wrong === 0 ? '' : `${wrong} blocks differ from a recount`
}

/** The index covers every mention, and a sample of them is found by all of its words. */
function fullText(db: Reads): string {
  const last = count(db, 'SELECT coalesce(max(seq), 0) FROM mention')
  const mentions = count(db, 'SELECT count(*) FROM mention')
  const indexed = count(
    db,
    `SELECT count(*) FROM search.mention_fts_docsize d
     WHERE NOT ${goingAway('d.id')} OR EXISTS (SELECT 1 FROM mention m WHERE m.seq = d.id)`,
  )
  const upto = count(db, 'SELECT upto_seq FROM search.search_state')
  const differs = equal('indexed mentions', indexed, mentions)
  if (differs) return differs
  // The newest rows may be gone since.
  if (upto < last || upto > lastSeq(db)) return equal('indexed up to row', upto, last)
  const find = connectionOf(db)
    .prepare('SELECT rowid FROM search.mention_fts WHERE mention_fts MATCH ? AND rowid = ?')
    .pluck()
  const stride = Math.max(1, Math.floor(last / 200))
  for (let seq = 1; seq <= last; seq += stride) {
    const [mention] = mentionsAfter(db, seq - 1, 1)
    if (!mention) continue
    const words = new Set(searchText(documentOfMention(mention)).split(' '))
    const all = [...words].map((word) => `"${word.replaceAll('"', '""')}"`).join(' AND ')
    if (find.get(all, mention.seq) === undefined) return `mention ${mention.id} is not found by its words`
  }
  return ''
}

function journal(db: Reads): string {
  const { brokenAt } = verifyJournal(db)
  return brokenAt === null ? '' : `entry ${brokenAt} is not as it was written`
}

/** The rows of cases follow from the journal; whatever else wrote to them shows here. */
function casesAndJournal(db: Reads): string {
  const differing = differingCases(db)
  const some = differing.slice(0, 5).join(', ')
  return differing.length === 0 ? '' : `${differing.length} cases are not what the journal tells: ${some}`
}

/** So do the rows of everything else that a person can change. */
function tablesAndJournal(db: Reads): string {
  const differing = differingRows(db)
  const some = differing.slice(0, 5).join(', ')
  return differing.length === 0 ? '' : `${differing.length} rows are not what the journal tells: ${some}`
}

/** What follows from the mentions is made anew by itself. */
const DERIVED = new Set(['panes', 'roll-ups'])
const MENDED = 'made anew from the mentions within a day of running; at once by "earshot verify --mend"'

/** A check that cannot be made at all has found something: the next ones still look. */
function findingOf(check: Check, db: Reads): string {
  try {
    return check(db)
  } catch (error) {
    return `cannot be checked: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** 0 where damage lets nothing be counted; a check names it. */
function countOrNone(db: Reads, sql: string): number {
  try {
    return count(db, sql)
  } catch {
    return 0
  }
}

/** Recounts everything that can be recounted. Minutes on a large store: never on the engine's thread. */
export function verify(db: Reads, _input: null): VerifyReport {
  // One view of the file for all counts, whatever is stored meanwhile.
  connectionOf(db).exec('BEGIN')
  try {
    const results = checks.map(([name, check]) => {
      const found = findingOf(check, db)
      const detail = found !== '' && DERIVED.has(name) ? `${found} (${MENDED})` : found
      return { name, ok: detail === '', detail }
    })
    return {
      mentions: countOrNone(db, 'SELECT count(*) FROM mention'),
      journalEntries: countOrNone(db, 'SELECT count(*) FROM journal'),
      checks: results,
      problems: results.filter(({ ok }) => !ok).map(({ name, detail }) => `${name}: ${detail}`),
    }
  } finally {
    if (connectionOf(db).inTransaction) connectionOf(db).exec('COMMIT')
  }
}
