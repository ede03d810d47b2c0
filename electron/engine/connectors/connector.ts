import type { ZodType } from 'zod'
import type { Draft } from '#shared/model/mention.ts'
import type { Http } from '#engine/platform/http.ts'
import type { SocketEvent } from '#engine/platform/socket.ts'

/** A payload that could not be read, as a value with its reason: counted, shown, never silently skipped. */
export interface Dropped {
  /** Short and stable, it is counted by: `no date`, `no id`, `not JSON`, `empty`. */
  reason: string
  /** Where: line of a file, id of the item. */
  where: string | null
  detail: string | null
}

export interface Quota {
  used: number
  limit: number
  resetsAt: number | null
}

/** What one request or one stretch of a stream brought. `cursor` is committed together with `drafts`. */
export interface Batch {
  drafts: Draft[]
  dropped: Dropped[]
  /** Opaque to everybody but the connector. null: nothing to remember. */
  cursor: string | null
  /** There is more to fetch at once. */
  more: boolean
  quota: Quota | null
  /** The network asked to wait this long (Retry-After, poll interval of a feed). */
  waitMs: number | null
  /** Times between which mentions may have been missed (a cursor too old, a page limit reached). */
  gap: { from: number; to: number; reason: string } | null
  /** A file that was read to its end. */
  finished?: boolean
  /** How it listens, for the Sources view: `streaming from jetstream1…`, `replaying at 60×`. Kept until the next one. */
  detail?: string
}

/** A batch that brought nothing, to build others on. */
export const emptyBatch = (cursor: string | null): Batch => ({
  drafts: [],
  dropped: [],
  cursor,
  more: false,
  quota: null,
  waitMs: null,
  gap: null,
})

export interface FetchContext<Config> {
  config: Config
  cursor: string | null
  /** Look again at what is this much older than the cursor: late arrivals; duplicates are dropped by the store. */
  overlapMs: number
  signal: AbortSignal
  http: Http
  /** Milliseconds since the epoch by the engine's clock: connectors have no clock of their own. */
  now(): number
  /** Waits by the engine's clock; rejects when the signal aborts. */
  sleep(ms: number): Promise<void>
  /** A secret by the connector's own key; null when it is not set. */
  secret(key: string): Promise<string | null>
  /** Opens a WebSocket under the same address rules as `http`; ends when the server closes, throws SocketProblem when it fails. */
  socket(url: string, options?: { headers?: Record<string, string>; greet?: string[] }): AsyncIterable<SocketEvent>
}

export interface Field {
  key: string
  label: string
  hint: string
  kind: 'text' | 'url' | 'list' | 'number' | 'boolean' | 'file' | 'choice'
  choices: string[]
  required: boolean
  initial?: unknown
}

export interface SecretField {
  key: string
  label: string
  hint: string
  /** The page of the network that gives one. */
  url: string
  required: boolean
}

/** A network turned into drafts. It knows its network and nothing else: no store, no rules, no clock. */
export interface Connector<Config = unknown> {
  id: string
  network: string
  name: string
  summary: string
  config: ZodType<Config>
  fields: Field[]
  secrets: SecretField[]
  /** Polling interval when nothing else is said, and the least the network's rules allow. */
  intervalMs: number
  minIntervalMs: number
  poll?(context: FetchContext<Config>): Promise<Batch>
  /**
   * Preferred over `poll` while it works; collect falls back to `poll` when it fails. An empty batch says "connected and
   * alive", so a quiet stream yields one now and then. Returning means: connect again (at once after `finished`: never).
   */
  stream?(context: FetchContext<Config>): AsyncIterable<Batch>
}

/** Failures that say who must act. Others are taken for operational ones and retried. */
export class ConnectorProblem extends Error {
  override name = 'ConnectorProblem'
  /** `user`: configuration or secret is wrong, do not retry by yourself. `operational`: will pass. */
  readonly kind: 'user' | 'operational'
  readonly retryAfterMs: number | null
  constructor(
    kind: 'user' | 'operational',
    message: string,
    options: { retryAfterMs?: number | null; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause })
    this.kind = kind
    this.retryAfterMs = options.retryAfterMs ?? null
  }
}
