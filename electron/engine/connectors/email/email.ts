import { said } from '#shared/words/said.ts'
import type { ImapFlow } from 'imapflow'
import { emptyBatch, type Batch, type Connector, type FetchContext } from '../connector.ts'
import { replying } from './reply.ts'
import { readCursor } from '../incoming.ts'
import { Config, fields, foldersOf, secrets } from './config.ts'
import { folderProblem, leaveMailbox, openMailbox, problemOf, readFolder, type Place } from './mailbox.ts'

/** Mails of one batch. Their texts and payloads are in memory until they are stored. */
const BATCH_MAILS = 100
/** Of the very first one: somebody may be waiting for the answer to a trial. */
const FIRST_MAILS = 10
const INTERVAL_MS = 60_000
/** A server may forget an IDLE after half an hour (RFC 2177); being asked something is a sign of life as well. */
const IDLE_MOST_MS = 5 * 60_000

type Places = Record<string, Place>

/** Written and read here only; one that cannot be read means: begin anew. */
function readPlaces(cursor: string | null): Places {
  const { folders } = readCursor<{ folders: Places }>(cursor)
  const entries = Object.entries(folders ?? {}).filter(
    ([, place]) =>
      typeof place?.validity === 'string' && Number.isSafeInteger(place.uid) && Number.isSafeInteger(place.seen),
  )
  return Object.fromEntries(entries)
}

const cursorOf = (folders: Places): string => JSON.stringify({ folders })

/** The next batch over all folders; `places` moves on with it. */
async function nextBatch(client: ImapFlow, context: FetchContext<Config>, places: Places): Promise<Batch> {
  const batch: Batch & { letters: NonNullable<Batch['letters']> } = { ...emptyBatch(null), letters: [] }
  let room = Object.keys(places).length === 0 ? FIRST_MAILS : BATCH_MAILS
  for (const folder of foldersOf(context.config)) {
    if (room <= 0) {
      batch.more = true
      break
    }
    const got = await readFolder(client, folder, places[folder], context, room).catch(async (error: unknown) => {
      throw await folderProblem(error, client, folder, context)
    })
    batch.drafts.push(...got.drafts)
    batch.dropped.push(...got.dropped)
    batch.letters.push(...got.letters)
    room -= got.drafts.length + got.dropped.length + got.letters.length
    places[folder] = got.place
    if (got.more) {
      batch.more = true
      break
    }
  }
  batch.cursor = cursorOf(places)
  return batch
}

async function poll(context: FetchContext<Config>): Promise<Batch> {
  const client = await openMailbox(context)
  try {
    return await nextBatch(client, context, readPlaces(context.cursor))
  } catch (error) {
    throw problemOf(error, context)
  } finally {
    await leaveMailbox(client, context.signal)
  }
}

/** One connection for as long as it lasts: catches up, then waits for the server to push, and looks at the other folders. */
async function* stream(context: FetchContext<Config>): AsyncIterable<Batch> {
  const { config, signal } = context
  const places = readPlaces(context.cursor)
  const intervalMs = (config.everySeconds ?? INTERVAL_MS / 1000) * 1000
  const folders = foldersOf(config)
  const client = await openMailbox(context)
  const pushes = client.capabilities.has('IDLE')
  const waitMs = folders.length > 1 || !pushes ? intervalMs : IDLE_MOST_MS
  const detail = pushes ? said('email.pushes') : said('email.looksEvery', { n: Math.round(waitMs / 1000) })
  let wake: (() => void) | null = null
  let arrived = false
  const nudge = (): void => {
    arrived = true
    wake?.()
  }
  client.on('exists', nudge)
  client.on('close', nudge)
  let timer: Promise<void> | null = null
  try {
    for (;;) {
      for (let more = true; more;) {
        arrived = false
        const batch = await nextBatch(client, context, places)
        more = batch.more
        // An empty one as well: a sign of life.
        yield { ...batch, more: false, detail }
      }
      // The folder that pushes is the one that is open while waiting.
      if (folders.length > 1) await client.mailboxOpen(folders[0] as string, { readOnly: true })
      const woken = new Promise<void>((resolve) => (wake = resolve))
      // A new mail may have come while the last ones were stored.
      if (!arrived && client.usable) {
        const idling = pushes ? client.idle() : undefined
        idling?.catch(() => {})
        timer ??= context.sleep(waitMs).finally(() => (timer = null))
        await Promise.race([woken, timer])
      }
      wake = null
      signal.throwIfAborted()
      if (!client.usable) return
    }
  } catch (error) {
    throw problemOf(error, context)
  } finally {
    client.off('exists', nudge)
    client.off('close', nudge)
    timer?.catch(() => {})
    await leaveMailbox(client, signal)
  }
}

export const email = {
  id: 'email',
  network: 'mail',
  name: said('email.name'),
  summary: said('email.summary'),
  config: Config,
  fields,
  secrets,
  intervalMs: INTERVAL_MS,
  minIntervalMs: 30_000,
  poll,
  stream,
  replying,
} satisfies Connector<Config>
