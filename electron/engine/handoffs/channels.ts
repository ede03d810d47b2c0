import type { SendResult } from '#shared/model/parcel.ts'
import type { Said } from '#shared/model/said.ts'
import { said } from '#shared/words/said.ts'
import { Failure } from '#engine/platform/failure.ts'
import { Channel, type ChannelDraft } from '#shared/model/handoff.ts'
import type { Payload } from '#shared/model/handoff-payload.ts'
import type { Actor } from '#shared/model/journal.ts'
import { newId } from '#shared/util/ids.ts'
import { appendEntry } from '#engine/store/queries/journal.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { Http } from '#engine/platform/http.ts'
import type { Mailer } from '#engine/platform/mailer.ts'
import type { Secrets } from '#engine/platform/secrets.ts'
import { readChannels, type StoredChannel } from '#engine/store/queries/channels.ts'
import type { Store } from '#engine/store/store.ts'
import type { DeskBook } from '#engine/organisation/desk-book.ts'
import { testPayload } from './payload.ts'
import { send } from './send.ts'

/** How desks outside Earshot are reached. Secrets go to the keychain and are never read back to a page. */
export interface Channels {
  all(): readonly StoredChannel[]
  get(id: string): StoredChannel | undefined
  ofDesk(deskId: string): readonly StoredChannel[]
  save(draft: ChannelDraft, actor: Actor): Promise<Channel>
  remove(id: string, actor: Actor): Promise<void>
  /** One attempt with this payload. */
  send(channel: Channel, payload: Payload): Promise<SendResult>
  /** Sends one message that says it is a test. */
  check(id: string): Promise<{ ok: boolean; message: Said }>
}

const secretKeysOf: Record<Channel['kind'], readonly string[]> = {
  mail: ['password'],
  webhook: ['secret'],
  chat: [],
  tracker: ['token', 'user', 'password', 'basic'],
}

export interface ChannelsDeps {
  store: Store
  book: DeskBook
  clock: Clock
  http: Http
  mailer: Mailer
  secrets: Secrets
}

// Long: what can be done with a channel, a few lines each over the same list and the keychain.
export function createChannels(deps: ChannelsDeps): Channels {
  const { store, clock, secrets } = deps
  let channels = new Map(readChannels(store).map((stored) => [stored.channel.id, stored]))
  const reload = (): void => {
    channels = new Map(readChannels(store).map((stored) => [stored.channel.id, stored]))
  }
  const account = (id: string, key: string): string => `${id}/${key}`

  function existing(id: string): StoredChannel {
    const stored = channels.get(id)
    if (!stored) throw new Failure('user', 'channel.gone')
    return stored
  }

  const sendOver = (channel: Channel, payload: Payload): Promise<SendResult> => {
    const known = channels.get(channel.id)?.secretKeys ?? []
    return send(channel, payload, {
      http: deps.http,
      mailer: deps.mailer,
      now: () => clock.now(),
      secret: async (key) => (known.includes(key) ? secrets.get(account(channel.id, key)) : null),
    })
  }

  return {
    all: () => [...channels.values()],
    get: (id) => channels.get(id),
    ofDesk: (deskId) => [...channels.values()].filter((stored) => stored.channel.deskId === deskId),

    async save(draft, actor) {
      const { secrets: given = {}, ...about } = draft
      const before = about.id === undefined ? null : existing(about.id)
      const channel = Channel.parse({ ...about, id: about.id ?? newId('chan') })
      if (!deps.book.desk(channel.deskId)) throw new Failure('user', 'desk.gone')
      if (channel.kind !== 'mail' && !/^https?:\/\//i.test(channel.config.url ?? '')) {
        throw new Failure('user', 'channel.addressForm')
      }
      if (/\{\{\s*secret\./.test(`${channel.config.url ?? ''}${channel.config.body ?? ''}`)) {
        throw new Failure('user', 'channel.secretInHeadersOnly')
      }
      const keys = new Set(before?.secretKeys)
      for (const [key, value] of Object.entries(given)) {
        if (!secretKeysOf[channel.kind].includes(key)) throw new Failure('user', said('channel.secretUnknown', { key }))
        if (value === '') {
          await secrets.delete(account(channel.id, key))
          keys.delete(key)
        } else {
          await secrets.set(account(channel.id, key), value)
          keys.add(key)
        }
      }
      store.transaction(() => {
        // The configuration may name people and addresses, never a secret: only which ones the keychain has.
        const data = { before: before?.channel ?? null, after: channel, secretKeys: [...keys] }
        appendEntry(store, { at: clock.now(), kind: 'channel.saved', actor, data })
      })
      reload()
      return channel
    },

    async remove(id, actor) {
      const { channel, secretKeys } = existing(id)
      for (const key of secretKeys) await secrets.delete(account(id, key))
      store.transaction(() => {
        appendEntry(store, { at: clock.now(), kind: 'channel.removed', actor, data: { before: channel } })
      })
      reload()
    },

    send: sendOver,

    async check(id) {
      const { channel } = existing(id)
      const desk = deps.book.desk(channel.deskId)
      const payload = testPayload(
        newId('test'),
        store.stationId,
        { id: channel.deskId, name: desk?.name ?? '' },
        clock.now(),
      )
      const { outcome, advice } = await sendOver(channel, payload)
      if (outcome === 'sent') return { ok: true, message: said('channel.testTaken') }
      return { ok: false, message: advice ?? said('channel.notTaken') }
    },
  }
}
