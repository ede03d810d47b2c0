import { createHash } from 'node:crypto'
import { earshot } from '#shared/model/journal.ts'
import { Channel } from '#shared/model/handoff.ts'
import { Source } from '#shared/model/source.ts'
import { said } from '#shared/words/said.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { partChannel } from '#engine/platform/channel-secrets.ts'
import { Failure } from '#engine/platform/failure.ts'
import type { Log } from '#engine/platform/log.ts'
import { SecretsUnavailable, type Secrets } from '#engine/platform/secrets.ts'
import {
  channelRows,
  configuredEntries,
  sourceRows,
  writeChannelRow,
  writeSourceRow,
} from '#engine/store/queries/configured.ts'
import { readChannels } from '#engine/store/queries/channels.ts'
import { appendEntry } from '#engine/store/queries/journal.ts'
import { listSources } from '#engine/store/queries/sources.ts'
import { leaveNoTrace, rewriteJournal } from '#engine/store/rewrite-journal.ts'
import type { Store } from '#engine/store/store.ts'

/** What a source keeps apart of its configuration; null: nothing. */
export type PartSource = (source: Source) => { source: Source; secrets: Record<string, string> } | null

export interface CleanSecretsDeps {
  store: Store
  secrets: Secrets
  partSource: PartSource
  clock: Clock
  log: Log
}

/** Enough to tell two apart and to prove which one it was to somebody who has it; 64 bits lead nobody to it. */
export const fingerprint = (secret: string): string =>
  createHash('sha256').update(`earshot address\n${secret}`).digest('hex').slice(0, 16)

export const fingerprintsOf = (secrets: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(secrets).map(([key, secret]) => [key, fingerprint(secret)]))

interface Parted {
  value: unknown
  keys: string[]
}
type Fields = Record<string, unknown>

/**
 * Earlier versions kept the addresses of chats and webhooks, and secrets in addresses of feeds, in the store and told them to
 * the journal. They go to where secrets are kept; in the store and in what the journal told only what may be shown remains, with
 * a fingerprint. The chain is made anew from the first such entry, and a further entry says so. Nothing is changed while there
 * is no place for them: the station works on as it did. Returns how many entries it cleaned.
 */
export async function cleanSecrets(deps: CleanSecretsDeps): Promise<number> {
  const { store, secrets, partSource, clock, log } = deps
  const edits = new Map<number, Fields>()
  for (const { seq, kind, data } of configuredEntries(store)) {
    const clean = cleanEntry(kind, JSON.parse(data) as Fields, partSource)
    if (clean !== null) edits.set(seq, clean)
  }
  const inUse = [
    ...readChannels(store).map(({ channel }) => ({ id: channel.id, parts: partChannel(channel).secrets })),
    ...listSources(store).map(({ source }) => ({ id: source.id, parts: partSource(source)?.secrets ?? {} })),
  ].flatMap(({ id, parts }) => Object.entries(parts).map(([key, secret]) => ({ account: `${id}/${key}`, secret })))
  if (edits.size === 0 && inUse.length === 0) return 0
  try {
    if (inUse.length > 0 && (await secrets.lasts?.()) === false) throw new SecretsUnavailable(said('secrets.runOnly'))
    for (const { account, secret } of inUse) await secrets.set(account, secret)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    log.log('warn', 'Addresses that are secrets still stand in the store: there is no place for them', {}, error)
    return 0
  }
  leaveNoTrace(store, () =>
    store.transaction(() => {
      cleanRows(store, partSource)
      if (edits.size === 0) return
      const headBefore = rewriteJournal(store, edits)
      const data = { entries: edits.size, from: Math.min(...edits.keys()), headBefore, why: 'secrets' }
      appendEntry(store, { at: clock.now(), kind: 'journal.cleaned', actor: earshot, data })
    }),
  )
  log.log('info', 'Addresses that are secrets were taken out of the store', {
    secrets: inUse.length,
    entries: edits.size,
  })
  return edits.size
}

/** Also of what was removed: those rows stay. */
function cleanRows(store: Store, partSource: PartSource): void {
  for (const row of channelRows(store)) {
    const clean = cleanChannelRow(row)
    if (clean !== null) writeChannelRow(store, clean)
  }
  for (const row of sourceRows(store)) {
    const clean = cleanSourceRow(row, partSource)
    if (clean === null) continue
    writeSourceRow(store, row.removed_at === null ? clean : { ...clean, secret_keys: row.secret_keys })
  }
}

/** The entry's data without secrets; null: there is none in it. */
function cleanEntry(kind: string, data: Fields, partSource: PartSource): Fields | null {
  if (kind === 'station.baselined') return cleanBaseline(data, partSource)
  const part = /^channel\./.test(kind) ? partedChannel : /^source\./.test(kind) ? partedSource(partSource) : null
  if (part === null) return null
  const before = part(data.before)
  const after = part(data.after)
  if (!before && !after) return null
  const keys = after?.keys ?? []
  return {
    ...data,
    ...(before && { before: before.value }),
    ...(after && { after: after.value, secretKeys: [...new Set([...((data.secretKeys as string[]) ?? []), ...keys])] }),
    fingerprints: fingerprintsOf({ ...before?.secrets, ...after?.secrets }),
  }
}

type Part = (value: unknown) => (Parted & { secrets: Record<string, string> }) | null

const partedChannel: Part = (value) => {
  const parsed = Channel.safeParse(value)
  if (!parsed.success) return null
  const { channel, secrets } = partChannel(parsed.data)
  const keys = Object.keys(secrets)
  return keys.length === 0 ? null : { value: { ...(value as Fields), config: channel.config }, keys, secrets }
}

const partedSource =
  (partSource: PartSource): Part =>
  (value) => {
    const parsed = Source.safeParse(value)
    const parted = parsed.success ? partSource(parsed.data) : null
    if (parted === null) return null
    const { source, secrets } = parted
    return { value: { ...(value as Fields), config: source.config }, keys: Object.keys(secrets), secrets }
  }

/** Rows as the tables had them: a channel whole in `body`, a source in columns. */
function cleanBaseline(data: Fields, partSource: PartSource): Fields | null {
  const rows = data.rows as Fields[]
  const clean = data.table === 'channels' ? cleanChannelRow : data.table === 'sources' ? cleanSourceRow : null
  if (clean === null) return null
  const cleaned = rows.map((row) => clean(row, partSource))
  return cleaned.every((row) => row === null) ? null : { ...data, rows: rows.map((row, at) => cleaned[at] ?? row) }
}

const withKeys = (row: Fields, keys: readonly string[]): string =>
  JSON.stringify([...new Set([...(JSON.parse(String(row.secret_keys ?? '[]')) as string[]), ...keys])])

function cleanChannelRow(row: Fields): Fields | null {
  const parted = partedChannel(JSON.parse(String(row.body)))
  return parted && { ...row, body: JSON.stringify(parted.value), secret_keys: withKeys(row, parted.keys) }
}

function cleanSourceRow(row: Fields, partSource: PartSource): Fields | null {
  const config = JSON.parse(String(row.config)) as Record<string, unknown>
  const { id, connector, name, created_at: createdAt } = row as Record<string, string & number>
  const parted = partedSource(partSource)({ id, connector, name, enabled: row.enabled === 1, createdAt, config })
  if (parted === null) return null
  const kept = (parted.value as Source).config
  return { ...row, config: JSON.stringify(kept), secret_keys: withKeys(row, parted.keys) }
}
