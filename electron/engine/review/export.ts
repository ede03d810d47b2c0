import { intentsOf, type Mention } from '#shared/model/mention.ts'
import { endOfShift, type Shift } from '#shared/model/shift.ts'
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

const iso = (at: number | null | undefined): string | null =>
  at === null || at === undefined ? null : new Date(at).toISOString()

type Cell = string | number | boolean | null

/** Columns of a table of mentions with their cases, in order. */
const cells: Readonly<
  Record<string, (mention: Mention, known: StoredCase | undefined, deskName: (id: string) => string) => Cell>
> = {
  id: (mention) => mention.id,
  network: (mention) => mention.network,
  source: (mention) => mention.sourceId,
  kind: (mention) => mention.kind,
  publishedAt: (mention) => iso(mention.publishedAt),
  seenAt: (mention) => iso(mention.seenAt),
  author: (mention) => mention.author?.handle ?? null,
  authorName: (mention) => mention.author?.name ?? null,
  followers: (mention) => mention.author?.followers ?? null,
  lang: (mention) => mention.lang,
  country: (mention) => mention.country,
  private: (mention) => mention.private,
  sentiment: (mention) => mention.sentiment.label,
  certainty: (mention) => Math.round(mention.sentiment.confidence * 1000) / 1000,
  intents: (mention) =>
    intentsOf(mention.intent)
      .map(({ label }) => label)
      .join(' ') || null,
  title: (mention) => mention.title,
  text: (mention) => mention.text,
  url: (mention) => mention.url,
  case: (_, known) => known?.id ?? null,
  state: (_, known) => known?.state ?? null,
  desk: (_, known, deskName) => (known?.deskId ? deskName(known.deskId) : null),
  priority: (_, known) => known?.priority ?? null,
  rule: (_, known) => known?.explanation.ruleName ?? null,
  openedAt: (_, known) => iso(known?.openedAt),
  routedAt: (_, known) => iso(known?.routedAt),
  acceptedAt: (_, known) => iso(known?.acceptedAt),
  repliedAt: (_, known) => iso(known?.repliedAt),
  confirmedAt: (_, known) => iso(known?.confirmedAt),
  closedAt: (_, known) => iso(known?.closedAt),
  closeReason: (_, known) => known?.closeReason ?? null,
  dueAt: (_, known) => iso(known?.dueAt),
  outcome: (_, known) => known?.outcome ?? null,
}

/** Of a journal of years. */
const LONG_MS = 600_000

/** The calendar day on the station's wall, `2026-03-29`: what a spreadsheet counts by. */
function dayIn(timeZone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' })
  return (at) => format.format(at)
}

/**
 * Text of an export file in chunks of up to 500 mentions, in order of arrival. CSV starts with its header, no BOM. Instants are in UTC and say so
 * (`Z`); the day is the station's, and its zone stands in its head, or beside it in NDJSON.
 */
export async function* exported(
  deps: { store: Store; clock: Clock; timeZone?: string; looking: Looking; deskName(id: string): string },
  input: ExportInput,
): AsyncGenerator<string, undefined, void> {
  const { store, clock, timeZone = 'UTC' } = deps
  const { shift } = input
  const dayOf = dayIn(timeZone)
  if (input.format === 'csv') yield csvLine([...Object.keys(cells), `day (${timeZone})`])
  const end = shift ? endOfShift(shift, clock.now()) : null
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
      if (input.format === 'csv')
        chunk += csvLine([
          ...Object.values(cells).map((cell) => cell(mention, known, deps.deskName)),
          dayOf(mention.publishedAt),
        ])
      else chunk += `${JSON.stringify({ ...ndjsonOf(mention, known), day: dayOf(mention.publishedAt), timeZone })}\n`
    }
    if (chunk !== '') yield chunk
    const newest = mentions.at(-1)
    if (mentions.length < ROWS || !newest || newest.seq >= last) return
    seq = newest.seq
    // Exports are long; everything else has its turn between two chunks.
    await clock.sleep(0)
  }
}

function ndjsonOf({ seq: _row, ...mention }: Mention, known: StoredCase | undefined): object {
  return { ...mention, case: known ? publicCase(known) : null }
}
