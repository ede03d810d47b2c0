import type { Case } from '#shared/model/case.ts'
import type { MentionCard } from '#shared/model/mention-card.ts'
import type { Mention } from '#shared/model/mention.ts'
import { documentOfMention } from '#shared/query/document.ts'
import { marksOfPlan } from '#shared/query/marks.ts'
import { parseQuery } from '#shared/query/parse.ts'
import { planOf, type Plan } from '#shared/query/plan.ts'
import type { Reads } from '../reads.ts'
import { statement } from '../connections.ts'
import { rowOf } from '../station-id.ts'
import { caseTable } from '../tables/cases.ts'
import { publicCase } from './cases.ts'
import { rowBySeq, toMention, type MentionRow } from './mentions.ts'
import { isMuted } from './mutes.ts'

/** The case of row `seq`, if there is one. */
export const caseOf = (db: Reads, seq: number): Case | null => {
  const stored = caseTable.one(db, 'WHERE mention_seq = ?', seq)
  return stored === undefined ? null : publicCase(stored)
}

const plans = new Map<string, Plan | null>()

/** The plan of a query's text, kept for the next card; null when it cannot be read. */
export function planFor(query: string): Plan | null {
  let plan = plans.get(query)
  if (plan === undefined) {
    const parsed = parseQuery(query)
    plan = parsed.ok ? planOf(parsed.value) : null
    // Half-typed searches come and go; the listens are few.
    if (plans.size > 2000) plans.clear()
    plans.set(query, plan)
  }
  return plan
}

type Mark = [start: number, end: number]

/** A mention as a list shows it, with its row. */
export interface Card extends MentionCard {
  mention: Mention
}

/** What made it appear: the words of the asked query, else of the listens that heard it. */
export function marksFor(db: Reads, mention: Mention, listens: string | null, query: string): Mark[] {
  const texts = query !== '' ? [query] : queriesOf(db, listens)
  if (texts.length === 0) return []
  const document = documentOfMention(mention)
  const all: Mark[] = []
  for (const text of texts) {
    const plan = planFor(text)
    if (plan) all.push(...marksOfPlan(plan, document))
  }
  return texts.length > 1 ? joined(all) : all
}

function queriesOf(db: Reads, listens: string | null): string[] {
  if (listens === null) return []
  const byNo = statement<{ query: string }>(db, 'SELECT query FROM listen_no WHERE no = ?')
  return listens.split(',').flatMap((no) => byNo.get(Number(no))?.query ?? [])
}

function joined(marks: Mark[]): Mark[] {
  marks.sort((a, b) => a[0] - b[0])
  const result: Mark[] = []
  for (const mark of marks) {
    const last = result.at(-1)
    if (last && mark[0] <= last[1]) last[1] = Math.max(last[1], mark[1])
    else result.push([mark[0], mark[1]])
  }
  return result
}

export function cardOfRow(db: Reads, row: MentionRow, query = ''): Card {
  const mention = toMention(db, row)
  let cases = 0
  if (row.author_key !== null && row.author_earlier > 0) {
    const counted = statement<{ n: number }>(
      db,
      'SELECT count(*) AS n FROM author_case WHERE author_key = ? AND mention_seq < ?',
    ).get(row.author_key, row.seq)
    cases = counted?.n ?? 0
  }
  return {
    mention,
    case: caseOf(db, row.seq),
    marks: marksFor(db, mention, row.listens, query),
    earlier: { mentions: row.author_earlier, cases },
    muted: isMuted(db, row.author_key, row.thread_key),
  }
}

/** The card of row `seq`; undefined when there is none. */
export function cardBySeq(db: Reads, seq: number, query = ''): Card | undefined {
  const row = rowBySeq(db, seq)
  return row && cardOfRow(db, row, query)
}

/** undefined: the mention is not in this file. */
export function cardById(db: Reads, mentionId: string, query = ''): Card | undefined {
  const seq = rowOf(db, mentionId)
  return seq === null ? undefined : cardBySeq(db, seq, query)
}

/** In the order asked for; rows that do not exist are left out. */
export function cardsBySeq(db: Reads, seqs: readonly number[], query = ''): Card[] {
  return seqs.flatMap((seq) => cardBySeq(db, seq, query) ?? [])
}
