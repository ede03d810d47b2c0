import type { SendResult, SentPlace } from '#shared/model/parcel.ts'
import type { Said } from '#shared/model/said.ts'
import type { DropReason } from '#shared/words/dropped.ts'
import type { ZodType } from 'zod'
import type { ReplyManner, ReplyOption, NetworkWay } from '#shared/model/reply.ts'
import type { Letter } from '#shared/model/letter.ts'
import type { Draft } from '#shared/model/mention.ts'
import type { Http } from '#engine/platform/http.ts'
import type { MailAccount, Mailer } from '#engine/platform/mailer.ts'
import type { SocketEvent } from '#engine/platform/socket.ts'

/** A payload that could not be read, as a value with its reason: counted, shown, never silently skipped. */
export interface Dropped {
  /** Short and stable, it is counted by. */
  reason: DropReason
  /** Where: line of a file, id of the item. */
  where: string | null
  detail: Said | null
}

export interface Quota {
  used: number
  limit: number
  resetsAt: number | null
}

/** What one request or one stretch of a stream brought. `cursor` is committed together with `drafts`. */
export interface Batch {
  drafts: Draft[]
  /** What was written before this time is history of a file: it opens no case. */
  historyBefore?: number
  /** Number of the import that reads it; absent: a source does. */
  importNo?: number
  dropped: Dropped[]
  /** Opaque to everybody but the connector. null: nothing to remember. */
  cursor: string | null
  /** There is more to fetch at once. */
  more: boolean
  quota: Quota | null
  /** The network asked to wait this long (Retry-After, poll interval of a feed). */
  waitMs: number | null
  /** Times between which mentions may have been missed (a cursor too old, a page limit reached). */
  gap: { from: number; to: number; reason: Said } | null
  /** A file that was read to its end. */
  finished?: boolean
  /** Mails that somebody in the house may take; who takes none of them stores their drafts. See shared/model/letter.ts. */
  letters?: Letter[]
  /** How it listens, for the Sources view: `streaming from jetstream1…`, `replaying at 60×`. Kept until the next one. */
  detail?: Said
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
  /** The address to connect to for a protocol of its own, under the same address rules. */
  resolve(host: string, port: number): Promise<string>
}

export interface Field {
  key: string
  label: Said
  hint: Said | null
  kind: 'text' | 'url' | 'list' | 'number' | 'boolean' | 'file' | 'choice'
  choices: string[]
  required: boolean
  initial?: unknown
}

export interface SecretField {
  key: string
  label: Said
  hint: Said | null
  /** The page of the network that gives one. */
  url: string
  required: boolean
}

/** What is answered: the mention as the connector made it. */
export interface ReplyTo {
  mention: Pick<
    Draft,
    'externalId' | 'kind' | 'url' | 'author' | 'title' | 'text' | 'threadId' | 'inReplyTo' | 'publishedAt' | 'private'
  >
  /** The network's payload as it was received; null when it was too large to keep. */
  raw: string | null
  /** Heard by the very source that answers. Otherwise ids may be another server's, and the URL is what counts. */
  own: boolean
}

/** One way that this connector can answer this mention. Without `possible`: the room that asks adds whose account. */
export type ReplyChoice = Pick<ReplyOption, 'way' | 'limit' | 'audience' | 'why'>

export interface ReplyContext<Config> {
  config: Config
  signal: AbortSignal
  http: Http
  /** Throws MailProblem, whose `outcome` is that of a SendResult. */
  mailer: Mailer
  now(): number
  /** A secret by the connector's own key; null when it is not set. */
  secret(key: string): Promise<string | null>
}

export interface OutgoingReply {
  way: NetworkWay
  to: ReplyTo
  /** As `compose` made it. Longer than the limit: refused, never split. */
  text: string
  /** The same on every attempt, different for every answer; letters, digits and _. */
  key: string
  /** Content warning and language as the officer chose them; undefined: as what is answered has them. */
  warning?: string | undefined
  lang?: string | undefined
  /** When it was written, by the engine's clock: the same on every attempt. */
  at: number
  /** An earlier attempt, first made at this time, may have put it there: find out before it is sent again. null: it is surely not there. */
  triedAt: number | null
}

/** The account that customers see. */
export interface ReplyingAccount {
  /** As shown, e.g. `@care@kaffora.example`. */
  name: string
  /** As `author.id` of drafts: what this account wrote itself is recognised by it. null: drafts do not tell. */
  authorId: string | null
  /** What this server allows; null: as the connector says. */
  limit: number | null
}

/** How a connector answers. Like listening it knows its network and nothing else. */
export interface Replying<Config = unknown> {
  /**
   * The ways that the network has for this mention, the most fitting first; with `why` where configuration, secrets or the
   * mention stand against it. Pure; a private mention offers no public way that is possible.
   */
  ways(to: ReplyTo, config: Config, secretsSet: readonly string[]): ReplyChoice[]
  /** The text as it will be sent (with the customer's handle where that is needed, once), and its length as the network counts. Pure. */
  compose(text: string, way: NetworkWay, to: ReplyTo, warning?: string): { text: string; length: number }
  /** What a reply takes over from what it answers. Absent: nothing. Pure. */
  manner?(way: NetworkWay, to: ReplyTo): ReplyManner
  /** Accounts besides the customer that read this way's message because its text names them. Absent: there are none. Pure. */
  readers?(text: string, way: NetworkWay, to: ReplyTo, config: Config): string[]
  /** Whether `send` with the same key can be repeated without a second copy: the network tells by the key, or can be asked. */
  repeatable(way: NetworkWay): boolean
  /** Least time between two answers of one account. */
  paceMs: number
  /** Throws a Failure. */
  account(context: ReplyContext<Config>): Promise<ReplyingAccount>
  /** One attempt. Never throws for what the network does, except a Failure before anything left. */
  send(context: ReplyContext<Config>, answer: OutgoingReply): Promise<SendResult>
  /** Deletes it on the network; gone already is `sent`. Absent: nothing can be taken back. May be repeated. */
  withdraw?(context: ReplyContext<Config>, way: NetworkWay, sent: SentPlace): Promise<SendResult>
  /** How letters of the station's own leave; null: something is missing. Absent: none do. Throws a Failure. */
  mailAccount?(context: ReplyContext<Config>): Promise<MailAccount | null>
}

/** A network turned into drafts. It knows its network and nothing else: no store, no rules, no clock. */
export interface Connector<Config = unknown> {
  id: string
  network: string
  /** Of the network; not translated. */
  name: Said
  summary: Said
  config: ZodType<Config>
  fields: Field[]
  secrets: SecretField[]
  /**
   * Fields whose value holds a secret, without it, and the secrets by their keys; null: there is none. Asked before a
   * configuration is kept. Throws a Failure for what must not be written there.
   */
  keepApart?(config: Config): { config: Record<string, unknown>; secrets: Record<string, string> } | null
  /** Polling interval when nothing else is said, and the least the network's rules allow. */
  intervalMs: number
  minIntervalMs: number
  poll?(context: FetchContext<Config>): Promise<Batch>
  /**
   * Preferred over `poll` while it works; collect falls back to `poll` when it fails. An empty batch says "connected and
   * alive", so a quiet stream yields one now and then. Returning means: connect again (at once after `finished`: never).
   */
  stream?(context: FetchContext<Config>): AsyncIterable<Batch>
  /** Absent: nobody is answered through this network. */
  replying?: Replying<Config>
}
