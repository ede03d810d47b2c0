import {
  AlertRecipient,
  type AlertRecipientDraft,
  type AlertRota,
  type RecipientKind,
} from '#shared/model/alert-recipient.ts'
import type { Channel } from '#shared/model/handoff.ts'
import type { Actor, JournalEntry, JournalKind } from '#shared/model/journal.ts'
import { canonicalJson } from '#shared/util/canonical-json.ts'
import { newId } from '#shared/util/ids.ts'
import { createSignal } from '#shared/util/signal.ts'
import { said, type Code } from '#shared/words/said.ts'
import type { Undoer } from '#engine/cases/undo.ts'
import { fingerprintsOf } from '#engine/journal/clean-secrets.ts'
import { isShownOnly, partChannel } from '#engine/platform/channel-secrets.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { Failure, userFailure } from '#engine/platform/failure.ts'
import type { Log } from '#engine/platform/log.ts'
import type { Secrets } from '#engine/platform/secrets.ts'
import { isTimeZone } from '#engine/routing/hours.ts'
import {
  readRecipients,
  readRota,
  recipientById,
  type StoredRecipient,
} from '#engine/store/queries/alert-recipients.ts'
import { appendEntry } from '#engine/store/queries/journal.ts'
import type { Store } from '#engine/store/store.ts'

/** More than this are a mailing list. */
const MOST = 500
const ADDRESS = /^[^\s@<>",;]+@[^\s@<>",;]+$/

const secretKeysOf: Record<RecipientKind, readonly string[]> = {
  mail: ['password'],
  webhook: ['url', 'secret'],
  chat: ['url'],
}

export interface Recipients {
  all(): readonly StoredRecipient[]
  get(id: string): StoredRecipient | undefined
  rota(): AlertRota
  /** `undo` is the entry that takes it back. */
  save(draft: AlertRecipientDraft, actor: Actor): Promise<{ recipient: AlertRecipient; undo: number }>
  remove(id: string, actor: Actor): Promise<{ undo: number }>
  saveRota(rota: AlertRota, actor: Actor): { rota: AlertRota; undo: number }
  readonly undoers: Record<'recipient.saved' | 'recipient.removed' | 'rota.saved', Undoer>
  onChanged(listener: () => void): () => void
}

/** A recipient as what carries hand-offs knows a channel. */
export const channelOf = ({ id, name, kind, enabled, config }: AlertRecipient): Channel => ({
  id,
  deskId: '',
  name,
  kind,
  enabled,
  config,
})

/** Throws a Failure that names the field. */
function refuseUnusable({ kind, config, quiet }: AlertRecipient): void {
  if (kind === 'mail') {
    if (!ADDRESS.test(config.to ?? '')) throw userFailure('recipient.mailAddress', { field: 'to' })
    if ((config.account ?? '') === '' && ((config.host ?? '') === '' || (config.from ?? '') === ''))
      throw userFailure('recipient.mailAccount', { field: 'account' })
  } else if (!isShownOnly(config.url ?? '')) refuseOpenAddress(config.url ?? '')
  if (quiet !== null && !isTimeZone(quiet.timeZone)) throw userFailure('recipient.zoneUnknown', { field: 'timeZone' })
}

/** What is said of customers leaves the machine encrypted, or not at all. */
function refuseOpenAddress(url: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : null
  const isLoopback = parsed !== null && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(parsed.hostname)
  if (parsed?.protocol === 'https:' || (parsed?.protocol === 'http:' && isLoopback)) return
  throw userFailure('recipient.addressForm', { field: 'url' })
}

export interface RecipientsDeps {
  store: Store
  clock: Clock
  secrets: Secrets
  log: Log
}

/** Secrets as they were before an entry; null: there was none. In this run of the program only: nowhere else are they kept. */
type Before = Record<string, string | null>

/** Long: what can be done with recipients and the rota, a few lines each over the journal and the keychain. */
export function createRecipients({ store, clock, secrets, log }: RecipientsDeps): Recipients {
  const changed = createSignal<[]>()
  const replaced = new Map<number, { id: string; before: Before }>()
  const account = (id: string, key: string): string => `${id}/${key}`

  function existing(id: string): StoredRecipient {
    const stored = recipientById(store, id)
    if (!stored) throw new Failure('user', 'recipient.gone')
    return stored
  }

  function record(kind: JournalKind, actor: Actor, data: Record<string, unknown>): number {
    const entry = store.transaction(() => appendEntry(store, { at: clock.now(), kind, actor, data }))
    changed.tell()
    return entry
  }

  /** Writes the secrets and says what was there. */
  async function exchange(id: string, changes: Before): Promise<Before> {
    const before: Before = {}
    for (const [key, value] of Object.entries(changes)) {
      before[key] = await secrets.get(account(id, key))
      if (value === null || value === '') await secrets.delete(account(id, key))
      else await secrets.set(account(id, key), value)
    }
    return before
  }

  function notShown(recipient: AlertRecipient, before: StoredRecipient | undefined): void {
    const { kind, config } = recipient
    const url = config.url ?? ''
    if (kind === 'mail' || !isShownOnly(url)) return
    const kept =
      before?.recipient.kind === kind && before.secretKeys.includes('url') && before.recipient.config.url === url
    if (!kept) throw userFailure('channel.addressShown', { field: 'url' })
  }

  const differs = (a: unknown, b: unknown): boolean => canonicalJson(a ?? null) !== canonicalJson(b ?? null)

  function taken(undone: Code): Undoer {
    return (entry, by) => {
      const { before, after } = entry.data as { before: AlertRecipient | null; after: AlertRecipient | null }
      const id = (after ?? before)?.id ?? ''
      const now = recipientById(store, id)
      if (differs(now?.recipient, after)) throw new Failure('user', 'undo.somethingFollowed')
      const kept = replaced.get(entry.seq)
      const secretKeys = keysBefore(entry, now?.secretKeys ?? [], kept?.before)
      record(before === null ? 'recipient.removed' : 'recipient.saved', by, {
        before: after,
        after: before,
        secretKeys,
        undoes: entry.seq,
      })
      if (kept)
        void exchange(id, kept.before).catch((error: unknown) =>
          log.log('warn', 'A secret of a recipient of alerts could not be put back', { recipient: id }, error),
        )
      return said(undone)
    }
  }

  return {
    all: () => readRecipients(store),
    get: (id) => recipientById(store, id),
    rota: () => readRota(store),
    onChanged: changed.on,

    async save(draft, actor) {
      const { secrets: given, ...about } = draft
      const before = about.id === undefined ? undefined : existing(about.id)
      if (before === undefined && readRecipients(store).length >= MOST)
        throw userFailure('recipient.tooMany', { n: MOST })
      const whole = AlertRecipient.parse({ ...about, id: about.id ?? newId('rcp') })
      refuseUnusable(whole)
      notShown(whole, before)
      for (const key of Object.keys(given))
        if (key === 'url' || !secretKeysOf[whole.kind].includes(key))
          throw new Failure('user', said('channel.secretUnknown', { key }))
      const { channel, secrets: apart } = partChannel(channelOf(whole))
      const after: AlertRecipient = { ...whole, config: channel.config }
      const keys = new Set(before?.secretKeys)
      const unused = [...keys].filter((key) => !secretKeysOf[whole.kind].includes(key))
      const changes = { ...Object.fromEntries(unused.map((key) => [key, ''])), ...given, ...apart }
      const held = await exchange(whole.id, changes)
      for (const [key, value] of Object.entries(changes))
        if (value === '') keys.delete(key)
        else keys.add(key)
      const undo = record('recipient.saved', actor, {
        before: before?.recipient ?? null,
        after,
        secretKeys: [...keys],
        secretKeysBefore: before?.secretKeys ?? [],
        fingerprints: fingerprintsOf(apart),
      })
      replaced.set(undo, { id: whole.id, before: held })
      return { recipient: after, undo }
    },

    async remove(id, actor) {
      const { recipient, secretKeys } = existing(id)
      const held = await exchange(id, Object.fromEntries(secretKeys.map((key) => [key, null])))
      const undo = record('recipient.removed', actor, {
        before: recipient,
        after: null,
        secretKeys: [],
        secretKeysBefore: secretKeys,
      })
      replaced.set(undo, { id, before: held })
      return { undo }
    },

    saveRota(rota, actor) {
      const known = new Set(readRecipients(store).map(({ recipient }) => recipient.id))
      for (const { recipientIds, hours } of rota.steps) {
        if (!recipientIds.every((id) => known.has(id))) throw new Failure('user', 'recipient.gone')
        if (!isTimeZone(hours.timeZone)) throw userFailure('recipient.zoneUnknown', { field: 'timeZone' })
      }
      return { rota, undo: record('rota.saved', actor, { before: readRota(store), after: rota }) }
    },

    undoers: {
      'recipient.saved': taken('undo.asBefore'),
      'recipient.removed': taken('undo.asBefore'),
      'rota.saved': (entry, by) => {
        const { before, after } = entry.data
        if (differs(readRota(store), after)) throw new Failure('user', 'undo.somethingFollowed')
        record('rota.saved', by, { before: after, after: before, undoes: entry.seq })
        return said('undo.asBefore')
      },
    },
  }
}

/** Which secrets there are once an entry is taken back: what this run does not hold any more is entered again. */
function keysBefore({ data }: JournalEntry, now: readonly string[], held: Before | undefined): string[] {
  const before = (data.secretKeysBefore as string[] | undefined) ?? []
  return before.filter((key) => (held && key in held ? held[key] !== null : now.includes(key)))
}
