import type { Draft, Engagement } from '#shared/model/mention.ts'
import type { Writes } from '#engine/store/reads.ts'
import type { NewMention } from '#engine/store/mention-writer.ts'
import type { AnalysisJob, AnalysisResult } from './analysis-protocol.ts'
import type { IntakeResult } from './intake.ts'
import type { NearDuplicates } from './near-duplicates.ts'
import { arrivalNumber } from '#engine/store/queries/mentions.ts'

/** One push on its way: its drafts may lie in several batches. */
export interface Ticket {
  sourceId: string
  sourceName: string | null
  network: string
  seenAt: number
  /** Written before: history, or heard late; -Infinity: nothing is. */
  historyBefore: number
  lateBefore: number
  commit: ((writes: Writes) => void) | undefined
  /** Number of the import that brings it; null: a source does. */
  importNo: number | null
  /** Drafts not yet settled. */
  left: number
  /** Why it was given up. */
  failed: Error | null
  result: IntakeResult
  resolve(result: IntakeResult): void
  reject(error: Error): void
}

export interface Fresh {
  name: string
  key: number
  draft: Draft
  ticket: Ticket
  /** Its row, once it is written. */
  seq: number | null
}

/** What a batch settles of one push. */
interface Part {
  stored: number
  /** Of them. */
  history: number
  duplicates: number
  newest: number | null
}

/** How a draft came in, as its row holds it. */
const arrivalOf = ({ draft, ticket }: Fresh): number | null => {
  if (draft.publishedAt < ticket.historyBefore) return arrivalNumber.history
  return draft.publishedAt < ticket.lateBefore ? arrivalNumber.late : null
}

/** Up to a thousand drafts that are analysed and committed together. */
export class Batch {
  readonly fresh: Fresh[] = []
  readonly updates: { seq: number; engagement: Engagement }[] = []
  /** What was there already, or is on its way: nobody may take it out before this is written. */
  readonly met: { ticket: Ticket; known: number | Fresh }[] = []
  size = 0
  readonly #others = new Set<Ticket>()
  readonly #parts = new Map<Ticket, Part>()

  get tickets(): Iterable<Ticket> {
    return this.#parts.keys()
  }

  /** Something here counts as known because it is on its way with that push. */
  dependsOn(ticket: Ticket): void {
    this.#others.add(ticket)
  }

  /** A push in here, or one that it rests on, was given up meanwhile: then nothing here is written. */
  get failed(): Error | null {
    for (const ticket of this.#others) if (ticket.failed) return ticket.failed
    for (const ticket of this.#parts.keys()) if (ticket.failed) return ticket.failed
    return null
  }

  #part(ticket: Ticket): Part {
    let part = this.#parts.get(ticket)
    if (!part) this.#parts.set(ticket, (part = { stored: 0, history: 0, duplicates: 0, newest: null }))
    return part
  }

  /** How many of the push's drafts this batch settles. */
  partOf(ticket: Ticket): number {
    const part = this.#part(ticket)
    return part.stored + part.duplicates
  }

  add(fresh: Fresh): void {
    this.fresh.push(fresh)
    const part = this.#part(fresh.ticket)
    part.stored++
    if (arrivalOf(fresh) === arrivalNumber.history) part.history++
    part.newest = Math.max(part.newest ?? fresh.draft.publishedAt, fresh.draft.publishedAt)
  }

  known(ticket: Ticket, known: number | Fresh, engagement: Engagement | null): void {
    this.#part(ticket).duplicates++
    this.met.push({ ticket, known })
    if (typeof known === 'number' && engagement) this.updates.push({ seq: known, engagement })
  }

  /** Rows that imports met which had not brought them. */
  *again(): Generator<{ no: number; seq: number }> {
    for (const { ticket, known } of this.met) {
      const seq = typeof known === 'number' ? known : known.seq
      if (ticket.importNo === null || seq === null) continue
      if (typeof known === 'number' || known.ticket.importNo !== ticket.importNo) yield { no: ticket.importNo, seq }
    }
  }

  job(): AnalysisJob {
    return {
      items: this.fresh.map(({ draft }) => {
        const { raw: _raw, externalId: _id, threadId: _thread, ...item } = draft
        return item
      }),
      sourceIds: this.fresh.map(({ ticket }) => ticket.sourceId),
      sourceNames: this.fresh.map(({ ticket }) => ticket.sourceName),
      networks: this.fresh.map(({ ticket }) => ticket.network),
    }
  }

  /** Which rows each import brings, when the first one is row `first`. */
  importRows(first: number): { no: number; firstSeq: number; lastSeq: number }[] {
    const found: { no: number; firstSeq: number; lastSeq: number }[] = []
    this.fresh.forEach(({ ticket: { importNo: no } }, i) => {
      if (no === null) return
      const last = found.at(-1)
      if (last?.no === no && last.lastSeq === first + i - 1) last.lastSeq++
      else found.push({ no, firstSeq: first + i, lastSeq: first + i })
    })
    return found
  }

  /** `first`: the row that the first one will get. */
  rows(result: AnalysisResult, duplicates: NearDuplicates, first: number): NewMention[] {
    /** Copies inside the batch are found among its own fingerprints, exactly equal ones only. */
    const here = new Map<string, number>()
    return this.fresh.map((fresh, i) => {
      const { draft, key, ticket } = fresh
      const { simhashes } = result
      const hash = simhashes[i * 3 + 2] === 1 ? ([simhashes[i * 3]!, simhashes[i * 3 + 1]!] as const) : null
      let duplicateOf: number | null = null
      if (hash) {
        const name = `${hash[0]} ${hash[1]}`
        duplicateOf = duplicates.find(hash) ?? here.get(name) ?? null
        if (duplicateOf === null) here.set(name, first + i)
      }
      return {
        draft,
        sourceId: ticket.sourceId,
        network: ticket.network,
        key,
        seenAt: ticket.seenAt,
        lang: result.langs[i]!,
        label: result.labels[i]!,
        score: result.scores[i]!,
        confidence: result.confidences[i]!,
        model: result.models[i]!,
        driving: result.driving[i]!,
        intent: result.intents[i]!,
        aspects: result.aspects[i]!,
        categories: result.categories[i]!,
        listens: result.listens[i] ?? [],
        simhash: hash,
        duplicateOf,
        arrival: arrivalOf(fresh),
      }
    })
  }

  /** Credits every push with what of it is committed now. */
  settle(): void {
    for (const [ticket, part] of this.#parts) {
      ticket.left -= part.stored + part.duplicates
      ticket.result.stored += part.stored
      ticket.result.history += part.history
      ticket.result.duplicates += part.duplicates
      if (part.newest !== null) {
        ticket.result.newestPublishedAt = Math.max(ticket.result.newestPublishedAt ?? part.newest, part.newest)
      }
    }
  }
}

/** Rows that count as known to what is on its way into the store. */
export const metIn = (batches: Iterable<Batch>): Set<number> =>
  new Set([...batches].flatMap(({ met }) => met.flatMap(({ known }) => (typeof known === 'number' ? known : []))))
