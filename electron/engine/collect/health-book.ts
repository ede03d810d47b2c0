import type { SourceHealth } from '#shared/model/source.ts'
import { createSignal } from '#shared/util/signal.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { Log } from '#engine/platform/log.ts'
import type { WritingStore } from '#engine/store/store.ts'
import { readHealth, writeHealth } from '#engine/store/queries/source-health.ts'
import type { HealthFacts } from '#engine/store/queries/source-health.ts'
import { findSource } from '#engine/store/queries/sources.ts'
import type { StoredSource } from '#engine/store/queries/sources.ts'
import { sourceRates } from '#engine/store/queries/source-rates.ts'
import { deriveHealth } from './health.ts'

/** Listeners hear of changes at most this often. */
const ANNOUNCE_MS = 500
/** Facts reach the disk at most this much later; a crash loses no more of them than that (never a cursor or a row). */
const WRITE_MS = 1_000
/** Facts that could not be written (full disk) are kept in memory and tried again. */
const WRITE_AGAIN_MS = 30_000
/** States also change by time passing: quiet, late. */
const TICK_MS = 15_000
/** Expected rates come from hours of history: no need to ask for them with every batch. */
const RATES_MS = 60_000

interface Page {
  facts: HealthFacts
  enabled: boolean
  intervalMs: number
  listening: { heldUntil: number | null } | null
  rates: { expectedPerHour: number | null; heardLastHour: number; at: number } | null
  announced: string
}

/** What is known of every source's health: kept in memory, written behind, announced in bundles. */
export class HealthBook {
  private readonly store: WritingStore
  private readonly clock: Clock
  private readonly pages = new Map<string, Page>()
  private readonly dirty = new Set<string>()
  private readonly changed = new Set<string>()
  private readonly announced = createSignal<[SourceHealth[]]>()
  readonly onHealth = this.announced.on
  private cancelAnnounce: (() => void) | null = null
  private cancelWrite: (() => void) | null = null
  private cancelTick: (() => void) | null = null

  private readonly log: Log

  constructor(store: WritingStore, clock: Clock, log: Log) {
    this.store = store
    this.clock = clock
    this.log = log
  }

  start(): void {
    const tick = (): void => {
      this.cancelTick = this.clock.after(TICK_MS, tick)
      for (const id of this.pages.keys()) this.touch(id)
    }
    this.cancelTick = this.clock.after(TICK_MS, tick)
  }

  stop(): void {
    this.cancelTick?.()
    this.cancelAnnounce?.()
    this.cancelTick = this.cancelAnnounce = null
    this.flush()
    this.cancelWrite?.()
    this.cancelWrite = null
  }

  /** Reads a source's page from the store, or updates what the source itself says of it. */
  open(stored: StoredSource, intervalMs: number): void {
    const page = this.page(stored.source.id)
    page.enabled = stored.source.enabled
    page.intervalMs = intervalMs
    this.touch(stored.source.id)
  }

  /** A changed configuration: what was wrong with the old one says nothing about the new one. */
  reset(stored: StoredSource, intervalMs: number): void {
    this.open(stored, intervalMs)
    this.note(stored.source.id, {
      error: null,
      needsPerson: false,
      consecutiveFailures: 0,
      finished: false,
      detail: null,
      quota: null,
      lastSuccessAt: null,
    })
  }

  watch(id: string, listening: { heldUntil: number | null; intervalMs: number }): void {
    const page = this.page(id)
    page.listening = listening
    page.intervalMs = listening.intervalMs
  }

  close(id: string): void {
    this.pages.delete(id)
    this.dirty.delete(id)
    this.changed.delete(id)
  }

  facts(id: string): HealthFacts {
    return this.page(id).facts
  }

  note(id: string, change: Partial<HealthFacts>): void {
    Object.assign(this.page(id).facts, change)
    this.dirty.add(id)
    this.cancelWrite ??= this.clock.after(WRITE_MS, () => this.flush())
    this.touch(id)
  }

  /** `count` mentions were stored just now. */
  heard(id: string, count: number): void {
    const { rates } = this.page(id)
    if (rates) rates.heardLastHour += count
  }

  health(stored: StoredSource): SourceHealth {
    const id = stored.source.id
    const page = this.page(id)
    page.enabled = stored.source.enabled
    return this.derive(id, page)
  }

  /** Never throws: what could not be written is tried again later. */
  flush(): void {
    this.cancelWrite?.()
    this.cancelWrite = null
    if (this.dirty.size === 0) return
    const ids = [...this.dirty]
    this.dirty.clear()
    try {
      this.store.transaction(() => {
        for (const id of ids) writeHealth(this.store, id, this.page(id).facts)
      })
    } catch (error) {
      for (const id of ids) this.dirty.add(id)
      this.log.log('warn', 'The health of sources could not be written', { sources: ids.length }, error)
      this.cancelWrite = this.clock.after(WRITE_AGAIN_MS, () => this.flush())
    }
  }

  private page(id: string): Page {
    let page = this.pages.get(id)
    if (!page) {
      const enabled = findSource(this.store, id)?.source.enabled ?? false
      page = { facts: readHealth(this.store, id), enabled, intervalMs: 0, listening: null, rates: null, announced: '' }
      this.pages.set(id, page)
    }
    return page
  }

  private derive(id: string, page: Page): SourceHealth {
    const now = this.clock.now()
    if (!page.rates || now - page.rates.at > RATES_MS || now < page.rates.at) {
      page.rates = { ...sourceRates(this.store, id, now), at: now }
    }
    return deriveHealth(id, {
      facts: page.facts,
      enabled: page.enabled,
      now,
      intervalMs: page.intervalMs,
      expectedPerHour: page.rates.expectedPerHour,
      heardLastHour: page.rates.heardLastHour,
      heldUntil: page.listening?.heldUntil ?? null,
    })
  }

  private touch(id: string): void {
    this.changed.add(id)
    this.cancelAnnounce ??= this.clock.after(ANNOUNCE_MS, () => this.announce())
  }

  private announce(): void {
    this.cancelAnnounce = null
    const news: SourceHealth[] = []
    for (const id of this.changed) {
      const page = this.pages.get(id)
      if (!page) continue
      const health = this.derive(id, page)
      const text = JSON.stringify(health)
      if (text === page.announced) continue
      page.announced = text
      news.push(health)
    }
    this.changed.clear()
    if (news.length > 0) this.announced.tell(news)
  }
}
