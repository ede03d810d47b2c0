/**
 * The smallest complete connector, to copy for a new network: an invented API that lists posts newest first and pages by
 * id. docs/connectors.md says what each part owes to the rest. It is compiled and tested with the others, and not
 * registered.
 */
import { asWritten, said } from '#shared/words/said.ts'
import type { Code } from '#shared/words/said.ts'
import { Failure } from '#engine/platform/failure.ts'
import { z } from 'zod'
import { rateLimit, retryAfterMs } from '#engine/platform/http-headers.ts'
import type { Batch, Connector, FetchContext } from '../connector.ts'
import { emptyBatch } from '../connector.ts'
import { readPost } from './post.ts'

const Config = z.object({
  /** Messages are shown as they are, after the field's label. */
  server: z.string().url('connector.noWebAddress' satisfies Code),
  everySeconds: z.number().int().min(30).max(86_400).optional(),
})
type Config = z.infer<typeof Config>

/** Written by this connector, read by this connector, opaque to everybody else. */
interface Cursor {
  newest: number
}

async function poll(context: FetchContext<Config>): Promise<Batch> {
  const { config, http, signal, now, overlapMs } = context
  const before = readCursor(context.cursor)
  const url = new URL('/posts', config.server)
  // Late arrivals: look again at what is a little older than the cursor. The store knows what it has.
  if (before) url.searchParams.set('since', String(before.newest - overlapMs))
  const token = await context.secret('token')
  const response = await http.fetch({
    url: url.href,
    signal,
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
  })
  const wait = retryAfterMs(response.headers, now())
  if (response.status === 401) {
    throw new Failure('user', said('connector.tokenRefused', { host: url.host }))
  }
  if (response.status !== 200) {
    throw new Failure('operational', said('connector.answersError', { host: url.host, status: response.status }), { retryAfterMs: wait }) // prettier-ignore
  }
  const batch = { ...emptyBatch(null), quota: rateLimit(response.headers, now()) }
  let newest = before?.newest ?? 0
  for (const payload of parse(response.body, url.host)) {
    const post = readPost(payload, url)
    // What cannot be read is a value with its reason: counted and shown, never silently skipped.
    if ('reason' in post) batch.dropped.push(post)
    else {
      newest = Math.max(newest, post.publishedAt)
      batch.drafts.push(post)
    }
  }
  batch.cursor = JSON.stringify({ newest } satisfies Cursor)
  return batch
}

function parse(body: Uint8Array, host: string): unknown[] {
  try {
    const list: unknown = JSON.parse(Buffer.from(body).toString('utf8'))
    if (Array.isArray(list)) return list
  } catch (error) {
    throw new Failure('operational', said('connector.noJson', { host }), { cause: error })
  }
  throw new Failure('operational', said('connector.noPosts', { host }))
}

/** A cursor of an older version, or a damaged one, means: begin anew. */
function readCursor(cursor: string | null): Cursor | null {
  try {
    const read = JSON.parse(cursor ?? 'null') as Partial<Cursor> | null
    return typeof read?.newest === 'number' ? { newest: read.newest } : null
  } catch {
    return null
  }
}

export const template = {
  id: 'template',
  network: 'template',
  name: asWritten('Template'),
  summary: asWritten('One sentence: what it hears, and whether it needs an account.'),
  config: Config,
  fields: [
    {
      key: 'server',
      label: said('connector.server'),
      hint: asWritten('e.g. https://posts.example'),
      kind: 'url',
      choices: [],
      required: true,
    },
    {
      key: 'everySeconds',
      label: said('connector.every'),
      hint: said('connector.default60'),
      kind: 'number',
      choices: [],
      required: false,
    },
  ],
  secrets: [
    {
      key: 'token',
      label: said('connector.accessToken'),
      hint: asWritten('Where to find it.'),
      url: 'https://posts.example/settings/tokens',
      required: false,
    },
  ],
  intervalMs: 60_000,
  minIntervalMs: 30_000,
  poll,
} satisfies Connector<Config>
