/**
 * The smallest complete connector, to copy for a new network: an invented API that lists posts newest first and pages by
 * id. docs/connectors.md says what each part owes to the rest. It is compiled and tested with the others, and not
 * registered.
 */
import { asWritten, type Code } from '#shared/words/said.ts'
import { z } from 'zod'
import { rateLimit } from '#engine/platform/http-headers.ts'
import { emptyBatch, type Batch, type Connector, type FetchContext } from '../connector.ts'
import { take } from '../draft.ts'
import { everySeconds, field, secret } from '../form.ts'
import { bearer, jsonOf, listOr, readCursor, statusFailure } from '../incoming.ts'
import { readPost } from './post.ts'

const Config = z.object({
  /** Messages are shown as they are, after the field's label. */
  server: z.string().url('connector.noWebAddress' satisfies Code),
  everySeconds: z.number().int().min(30).max(86_400).optional(),
})
type Config = z.infer<typeof Config>

/** Written by this connector, read by this connector, opaque to everybody else. */
interface Cursor {
  /** The newest post's id: the network's own order. A date is what somebody wrote, and no place. */
  newest: string
}

async function poll(context: FetchContext<Config>): Promise<Batch> {
  const { config, http, signal, now } = context
  // A cursor of an older version, or a damaged one, means: begin anew.
  const before = readCursor<Cursor>(context.cursor).newest
  const url = new URL('/posts', config.server)
  if (typeof before === 'string') url.searchParams.set('after', before)
  const response = await http.fetch({ url: url.href, signal, headers: bearer(await context.secret('token')) })
  if (response.status !== 200) throw statusFailure(response, now(), { 401: 'connector.tokenRefused' })
  const batch = { ...emptyBatch(null), quota: rateLimit(response.headers, now()) }
  let newest: string | undefined
  for (const payload of listOr('connector.noPosts', url.host, jsonOf(response))) {
    const post = readPost(payload, url)
    // What cannot be read is a value with its reason: counted and shown, never silently skipped.
    // The newest comes first.
    if (take(batch, post)) newest ??= post.externalId
  }
  newest ??= before
  batch.cursor = newest === undefined ? context.cursor : JSON.stringify({ newest } satisfies Cursor)
  return batch
}

export const template = {
  id: 'template',
  network: 'template',
  name: asWritten('Template'),
  summary: asWritten('One sentence: what it hears, and whether it needs an account.'),
  config: Config,
  fields: [
    field('url', 'server', 'connector.server', { hint: asWritten('e.g. https://posts.example'), required: true }),
    everySeconds('connector.default60'),
  ],
  secrets: [secret('token', 'connector.accessToken', asWritten('Where to find it.'), 'https://posts.example/tokens')],
  intervalMs: 60_000,
  minIntervalMs: 30_000,
  poll,
} satisfies Connector<Config>
