import type { Said } from '#shared/model/said.ts'
import { said } from '#shared/words/said.ts'
import { Failure, passingFailure } from '#engine/platform/failure.ts'
import type { Source } from '#shared/model/source.ts'
import type { Batch, Connector, FetchContext } from '#engine/connectors/connector.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { HttpProblem } from '#engine/platform/http.ts'
import type { Http } from '#engine/platform/http.ts'
import type { Log } from '#engine/platform/log.ts'
import type { Secrets } from '#engine/platform/secrets.ts'
import { SocketProblem } from '#engine/platform/socket.ts'
import type { Sockets } from '#engine/platform/socket.ts'
import type { HealthFacts } from '#engine/store/queries/source-health.ts'
import { NEEDS_PERSON_MS, RETRY_AFTER_CAP_MS, backoffMs } from './backoff.ts'
import { Gathered } from './gathered.ts'
import { minutes } from './health.ts'

/** Streaming that failed is tried again after this long; until then the source is polled. */
const STREAM_RETRY_MS = 5 * 60_000
/** … and after this when the server itself refused: it will hardly change its mind within minutes. */
const STREAM_REFUSED_MS = 6 * 60 * 60_000
/** A stream that worked for this long and then broke is simply connected again. */
const STREAM_PROVEN_MS = 60_000
/** A stream that ends sooner than this counts as a failure, so that a server that hangs up is not rung without end. */
const STREAM_SHORT_MS = 10_000
const RECONNECT_MS = 1_000
/** Between two requests of one source while it catches up. */
const CATCH_UP_PAUSE_MS = 250

/** What one source's loop needs of the house. Times are the clock's. */
export interface ListeningDeps {
  clock: Clock
  http: Http
  sockets: Sockets
  secrets: Secrets
  log: Log
  /** 0 … 1, for jitter. */
  random: () => number
  /** Look again at what is this much older than the cursor. */
  overlapMs: number
  readCursor(): string | null
  /** Keys that have a secret. The keychain is only asked for these: without one, sources that need none still work. */
  secretKeys: readonly string[]
  /** Stores drafts and cursor in one transaction and counts them into the health facts. */
  keep(gathered: Batch): Promise<void>
  /** Changes the facts, persists and announces them. */
  note(change: Partial<HealthFacts>): void
  facts(): HealthFacts
}

/**
 * One source being listened to, until its signal aborts or the source is finished: streams where the network can,
 * polls otherwise, backs off when it fails, waits when it is told to. Never throws; what happened is in the facts.
 */
export class Listening {
  readonly source: Source
  readonly connector: Connector
  /** The network's limit keeps it from asking before then. */
  heldUntil: number | null = null
  streaming = false
  private readonly deps: ListeningDeps
  private readonly config: unknown
  private streamRefusedUntil = 0
  private wake: (() => void) | null = null
  private poked = false

  constructor(source: Source, connector: Connector, config: unknown, deps: ListeningDeps) {
    this.source = source
    this.connector = connector
    this.config = config
    this.deps = deps
  }

  get intervalMs(): number {
    const own = (this.config as { everySeconds?: unknown }).everySeconds
    const chosen = typeof own === 'number' ? own * 1000 : this.connector.intervalMs
    return Math.max(chosen, this.connector.minIntervalMs)
  }

  /** Ends the current wait: the source is fetched at once. */
  poke(): void {
    this.poked = true
    this.streamRefusedUntil = 0
    this.wake?.()
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        const waitMs = await this.once(signal)
        if (waitMs === null) return
        await this.wait(waitMs, signal)
      } catch (error) {
        if (signal.aborted) return
        await this.wait(this.failed(error), signal).catch(() => {})
      }
    }
  }

  context(signal: AbortSignal): FetchContext<unknown> {
    const { clock, http, sockets, secrets, secretKeys, overlapMs } = this.deps
    return {
      config: this.config,
      cursor: this.deps.readCursor(),
      overlapMs,
      signal,
      http: { fetch: (request) => http.fetch({ ...request, signal: request.signal ?? signal }) },
      now: () => clock.now(),
      sleep: (ms) => clock.sleep(ms, signal),
      secret: (key) => (secretKeys.includes(key) ? secrets.get(`${this.source.id}/${key}`) : Promise.resolve(null)),
      socket: (url, options) => sockets.open(url, { ...options, signal }),
      resolve: (host, port) => sockets.resolve(host, port),
    }
  }

  /** One stretch of listening. Returns the wait until the next one in ms, or null when there is nothing more to do. */
  private async once(signal: AbortSignal): Promise<number | null> {
    const { clock } = this.deps
    const { connector } = this
    this.deps.note({ lastAttemptAt: clock.now(), nextAttemptAt: null })
    if (connector.stream && (!connector.poll || clock.now() >= this.streamRefusedUntil)) {
      const startedAt = clock.monotonic()
      try {
        return await this.stream(signal)
      } catch (error) {
        if (signal.aborted || !connector.poll) throw error
        // A stream's address is the network's own: that it cannot be used is no fault of the configuration.
        const ofConfig = !(error instanceof HttpProblem || error instanceof SocketProblem)
        if (error instanceof Failure && error.kind === 'user' && ofConfig) throw error
        if (clock.monotonic() - startedAt < STREAM_PROVEN_MS) {
          const refused =
            error instanceof SocketProblem && error.reason === 'rejected' && error.status !== null && error.status < 500
          this.streamRefusedUntil = clock.now() + (refused ? STREAM_REFUSED_MS : STREAM_RETRY_MS)
        }
        this.deps.log.log('info', 'Streaming failed, polling instead', { source: this.source.id }, error)
      }
    }
    return this.poll(signal)
  }

  private async poll(signal: AbortSignal): Promise<number | null> {
    const { connector, deps } = this
    if (!connector.poll) return null
    for (;;) {
      const batch = await connector.poll(this.context(signal))
      signal.throwIfAborted()
      await deps.keep(batch)
      this.succeeded(batch)
      if (batch.finished) return this.finish()
      const held = this.hold(batch)
      if (held > 0) return held
      if (!batch.more) break
      await deps.clock.sleep(CATCH_UP_PAUSE_MS, signal)
    }
    return this.intervalMs
  }

  private async stream(signal: AbortSignal): Promise<number | null> {
    const { deps } = this
    const startedAt = deps.clock.monotonic()
    const gathered = new Gathered((batch) => deps.keep(batch))
    let finished = false
    try {
      for await (const batch of this.connector.stream!(this.context(signal))) {
        this.streaming = true
        await gathered.add(batch)
        if (batch.finished) finished = true
        // That it opened is no proof yet: a server that hangs up at once must not be rung every two seconds for ever.
        const proven = batch.drafts.length > 0 || deps.clock.monotonic() - startedAt >= STREAM_SHORT_MS || finished
        this.succeeded(batch, proven)
      }
    } finally {
      this.streaming = false
      await gathered.drain()
    }
    signal.throwIfAborted()
    const lastedMs = deps.clock.monotonic() - startedAt
    if (!finished && lastedMs < STREAM_SHORT_MS)
      throw passingFailure('source.streamClosed', { name: this.source.name, age: minutes(lastedMs) })
    return finished ? this.finish() : RECONNECT_MS
  }

  private finish(): null {
    this.deps.note({ finished: true, nextAttemptAt: null })
    return null
  }

  private succeeded(batch: Batch, proven = true): void {
    const change: Partial<HealthFacts> = {
      lastSuccessAt: this.deps.clock.now(),
      quota: batch.quota ?? this.deps.facts().quota,
    }
    if (proven) Object.assign(change, { consecutiveFailures: 0, needsPerson: false, error: null })
    // Not `finished` yet: what was read may still be on its way into the store.
    change.detail = batch.detail ?? (this.streaming ? said('source.streaming') : this.pollingDetail())
    this.deps.note(change)
  }

  private pollingDetail(): Said {
    const refused = this.connector.stream && this.streamRefusedUntil > this.deps.clock.now()
    return said(refused ? 'source.pollingInstead' : 'source.polling', { age: minutes(this.intervalMs) })
  }

  /** How long the network wants to be left alone, in ms; 0 when it does not say. */
  private hold(batch: Batch): number {
    const now = this.deps.clock.now()
    const { quota } = batch
    let waitMs = Math.min(batch.waitMs ?? 0, RETRY_AFTER_CAP_MS)
    this.heldUntil = null
    if (quota && quota.resetsAt !== null && quota.used >= quota.limit && quota.resetsAt > now) {
      waitMs = Math.max(waitMs, Math.min(quota.resetsAt - now, RETRY_AFTER_CAP_MS))
      this.heldUntil = now + waitMs
    }
    return waitMs > 0 ? Math.max(waitMs, batch.more ? 0 : this.intervalMs) : 0
  }

  /** Notes a failure and returns how long to wait, in ms. */
  private failed(error: unknown): number {
    const { deps } = this
    const failures = deps.facts().consecutiveFailures + 1
    const problem = describeFailure(error)
    const waitMs = problem.needsPerson ? NEEDS_PERSON_MS : backoffMs(failures, deps.random(), problem.retryAfterMs)
    this.heldUntil = problem.retryAfterMs === null ? null : deps.clock.now() + waitMs
    deps.note({ consecutiveFailures: failures, needsPerson: problem.needsPerson, error: problem.message })
    deps.log.log('warn', 'A source could not be read', { source: this.source.id, failures, waitMs }, error)
    return waitMs
  }

  private async wait(ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    if (this.poked) {
      this.poked = false
      return
    }
    this.deps.note({ nextAttemptAt: this.deps.clock.now() + ms })
    await new Promise<void>((resolve, reject) => {
      const settle = (call: () => void): void => {
        cancel()
        signal.removeEventListener('abort', stop)
        this.wake = null
        this.poked = false
        call()
      }
      const stop = (): void => settle(() => reject(signal.reason as Error))
      const cancel = this.deps.clock.after(ms, () => settle(resolve))
      this.wake = () => settle(resolve)
      signal.addEventListener('abort', stop, { once: true })
    })
  }
}

interface Trouble {
  message: Said
  needsPerson: boolean
  retryAfterMs: number | null
}

/** What to tell the officer, and whether time alone may mend it. */
export function describeFailure(error: unknown): Trouble {
  if (!(error instanceof Failure)) return { message: said('source.fault'), needsPerson: false, retryAfterMs: null }
  return { message: error.said, needsPerson: error.kind === 'user', retryAfterMs: error.retryAfterMs }
}
