import { saidOf } from '#engine/platform/failure.ts'
import type { Batch, Connector } from '#engine/connectors/connector.ts'
import { readCursor, writeCursor } from '#engine/store/queries/cursors.ts'
import type { StoredSource } from '#engine/store/queries/sources.ts'
import type { CollectDeps } from './collect.ts'
import { parseConfig } from './config.ts'
import type { HealthBook } from './health-book.ts'
import type { IntakeResult } from './intake-port.ts'
import { Listening } from './listening.ts'

const OVERLAP_MS = 2 * 60_000
const MOST_GAPS = 50
/** Heard so long after it was written, a mention is late: the source slept, was out, or its network was slow. */
const LATE_MS = 15 * 60_000
/** What a sign of life brings. */
const nothing: IntakeResult = { stored: 0, history: 0, duplicates: 0, dropped: {}, newestPublishedAt: null }

interface One {
  listening: Listening
  abort: AbortController
  done: Promise<void>
}

/** The sources that are being listened to right now, and the way their drafts take into the store. */
export class Running {
  private readonly deps: CollectDeps
  private readonly book: HealthBook
  private readonly running = new Map<string, One>()

  constructor(deps: CollectDeps, book: HealthBook) {
    this.deps = deps
    this.book = book
  }

  begin(stored: StoredSource, connector: Connector): void {
    const { source } = stored
    if (this.running.has(source.id)) return
    let config: unknown
    try {
      config = parseConfig(connector, source.config)
    } catch (error) {
      this.book.note(source.id, { needsPerson: true, error: saidOf(error) })
      return
    }
    const abort = new AbortController()
    const listening = new Listening(source, connector, config, {
      clock: this.deps.clock,
      http: this.deps.http,
      sockets: this.deps.sockets,
      secrets: this.deps.secrets,
      log: this.deps.log,
      random: this.deps.random ?? Math.random,
      overlapMs: this.deps.overlapMs ?? OVERLAP_MS,
      secretKeys: stored.secretKeys,
      readCursor: () => readCursor(this.deps.store, source.id),
      keep: async (batch) => {
        await this.keep(stored, batch)
      },
      note: (change) => this.book.note(source.id, change),
      facts: () => this.book.facts(source.id),
    })
    this.book.watch(source.id, listening)
    const done = listening.run(abort.signal).finally(() => {
      if (this.running.get(source.id)?.listening === listening) this.running.delete(source.id)
    })
    this.running.set(source.id, { listening, abort, done })
  }

  /** Aborts and waits until what was fetched is kept. */
  async end(id: string): Promise<void> {
    const found = this.running.get(id)
    if (!found) return
    found.abort.abort(new DOMException('The source was switched off', 'AbortError'))
    await found.done
  }

  async endAll(): Promise<void> {
    await Promise.all([...this.running.keys()].map((id) => this.end(id)))
  }

  poke(id: string): void {
    this.running.get(id)?.listening.poke()
  }

  intervalOf(stored: StoredSource, connector: Connector): number {
    const own = stored.source.config['everySeconds']
    return Math.max(typeof own === 'number' ? own * 1000 : connector.intervalMs, connector.minIntervalMs)
  }

  /**
   * Mails that somebody in the house waits for go there and become no mentions; the others are what they would be anyhow.
   * Taken before the cursor moves on: after a crash they come again, and whoever takes them knows those by their id.
   */
  private async withoutLetters(batch: Batch): Promise<Batch> {
    if (!batch.letters?.length) return batch
    const rest: Batch = { ...batch, drafts: [...batch.drafts], dropped: [...batch.dropped], letters: [] }
    for (const letter of batch.letters) {
      if (await this.deps.takeLetter?.(letter)) continue
      if (letter.draft) rest.drafts.push(letter.draft)
      else rest.dropped.push({ reason: letter.dropped ?? 'empty', where: letter.messageId, detail: null })
    }
    return rest
  }

  /** Drafts and cursor in one transaction; what was dropped on the way is counted in the source's health. */
  async keep(stored: StoredSource, heard: Batch): Promise<IntakeResult> {
    const { store, clock, intake } = this.deps
    const id = stored.source.id
    const batch = await this.withoutLetters(heard)
    if (batch.drafts.length + batch.dropped.length === 0 && batch.cursor === null && batch.gap === null) return nothing
    const result = await intake.push({
      sourceId: id,
      sourceName: stored.source.name,
      network: stored.network,
      drafts: batch.drafts,
      ...(batch.historyBefore !== undefined && { historyBefore: batch.historyBefore }),
      ...(batch.importNo !== undefined && { importNo: batch.importNo }),
      // What a file holds is old because it is a file.
      ...(stored.source.connector !== 'file' && { lateBefore: clock.now() - LATE_MS }),
      commit: batch.cursor === null ? undefined : () => writeCursor(store, id, batch.cursor, clock.now()),
    })
    const facts = this.book.facts(id)
    const dropped = { ...facts.dropped }
    for (const { reason } of batch.dropped) dropped[reason] = (dropped[reason] ?? 0) + 1
    for (const [reason, count] of Object.entries(result.dropped)) dropped[reason] = (dropped[reason] ?? 0) + count
    this.book.note(id, {
      dropped,
      gaps: batch.gap === null ? facts.gaps : [...facts.gaps, batch.gap].slice(-MOST_GAPS),
      lastNewAt: result.stored > 0 ? clock.now() : facts.lastNewAt,
    })
    // History was said long ago: it is not of the last hour.
    this.book.heard(id, result.stored - result.history)
    return result
  }
}
