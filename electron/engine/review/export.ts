import type { Mention } from '#shared/model/mention.ts'
import type { Shift } from '#shared/model/shift.ts'
import { documentInStore } from '#engine/store/queries/search-document.ts'
import { matchPlan } from '#shared/query/match.ts'
import type { Plan } from '#shared/query/plan.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { caseOfMention, publicCase, type StoredCase } from '#engine/store/queries/cases.ts'
import { mentionsAfter } from '#engine/store/queries/mentions.ts'
import { lastSeenBy } from '#engine/store/queries/review.ts'
import type { Store } from '#engine/store/store.ts'
import { labelledAsOf } from './cards-then.ts'
import { csvLine } from './csv.ts'
import type { Looking } from './thread.ts'

export interface ExportInput {
  /** Its mentions and cases as known when it ended; null: the stored ones as they are now. */
  shift: Shift | null
  /** Of publishedAt, `to` exclusive; with a shift: of seenAt, within it. */
  from: number | null
  to: number | null
  plan: Plan | null
  format: 'ndjson' | 'csv'
}

const ROWS = 500

const columns = [
  'id', 'network', 'source', 'kind', 'publishedAt', 'seenAt', 'author', 'authorName', 'followers', 'lang', 'country',
  'private', 'sentiment', 'certainty', 'title', 'text', 'url', 'case', 'state', 'desk', 'priority', 'rule', 'openedAt',
  'routedAt', 'acceptedAt', 'repliedAt', 'confirmedAt', 'closedAt', 'closeReason', 'dueAt', 'outcome',
] as const // prettier-ignore

const iso = (at: number | null | undefined): string | null =>
  at === null || at === undefined ? null : new Date(at).toISOString()

type Row = Record<(typeof columns)[number], string | number | boolean | null>

function rowOf(mention: Mention, known: StoredCase | undefined, deskName: (id: string) => string): Row {
  return {
    id: mention.id,
    network: mention.network,
    source: mention.sourceId,
    kind: mention.kind,
    publishedAt: iso(mention.publishedAt),
    seenAt: iso(mention.seenAt),
    author: mention.author?.handle ?? null,
    authorName: mention.author?.name ?? null,
    followers: mention.author?.followers ?? null,
    lang: mention.lang,
    country: mention.country,
    private: mention.private,
    sentiment: mention.sentiment.label,
    certainty: Math.round(mention.sentiment.confidence * 1000) / 1000,
    title: mention.title,
    text: mention.text,
    url: mention.url,
    case: known?.id ?? null,
    state: known?.state ?? null,
    desk: known?.deskId ? deskName(known.deskId) : null,
    priority: known?.priority ?? null,
    rule: known?.explanation.ruleName ?? null,
    openedAt: iso(known?.openedAt),
    routedAt: iso(known?.routedAt),
    acceptedAt: iso(known?.acceptedAt),
    repliedAt: iso(known?.repliedAt),
    confirmedAt: iso(known?.confirmedAt),
    closedAt: iso(known?.closedAt),
    closeReason: known?.closeReason ?? null,
    dueAt: iso(known?.dueAt),
    outcome: known?.outcome ?? null,
  }
}

/** Of a journal of years. */
const LONG_MS = 600_000

/** Text of an export file in chunks of up to 500 mentions, in order of arrival. CSV starts with its header, no BOM. */
export async function* exported(
  deps: { store: Store; clock: Clock; looking: Looking; deskName(id: string): string },
  input: ExportInput,
): AsyncGenerator<string, undefined, void> {
  const { store, clock } = deps
  const { shift } = input
  if (input.format === 'csv') yield csvLine(columns)
  const end = shift ? (shift.endedAt ?? clock.now()) : null
  const then = end === null ? null : await deps.looking.ask('cases', { at: end }, { timeoutMs: LONG_MS })
  const byMention = then && new Map(then.map((c) => [c.mentionId, c]))
  let seq = shift ? lastSeenBy(store, Math.max(shift.startedAt, input.from ?? -Infinity) - 1) : 0
  const last = end === null ? Infinity : lastSeenBy(store, Math.min(end, (input.to ?? Infinity) - 1))
  for (;;) {
    const mentions = mentionsAfter(store, seq, ROWS)
    let chunk = ''
    for (const found of mentions) {
      if (found.seq > last) break
      if (
        !shift &&
        ((input.from !== null && found.publishedAt < input.from) ||
          (input.to !== null && found.publishedAt >= input.to))
      )
        continue
      const mention = end === null ? found : labelledAsOf(store, found, end)
      if (input.plan !== null && !matchPlan(input.plan, documentInStore(store, mention))) continue
      const known = byMention ? byMention.get(mention.id) : caseOfMention(store, mention.id)
      if (input.format === 'csv') chunk += csvLine(Object.values(rowOf(mention, known, deps.deskName)))
      else chunk += `${JSON.stringify(ndjsonOf(mention, known))}\n`
    }
    if (chunk !== '') yield chunk
    const newest = mentions.at(-1)
    if (mentions.length < ROWS || !newest || newest.seq >= last) return
    seq = newest.seq
    // Exports are long; everything else has its turn between two chunks.
    await clock.sleep(0)
  }
}

function ndjsonOf({ seq: _row, ...mention }: Mention, known: StoredCase | undefined): unknown {
  return { ...mention, case: known ? publicCase(known) : null }
}
