import type { SendResult } from '#shared/model/parcel.ts'
import type { Said } from '#shared/model/said.ts'
import { said } from '#shared/words/said.ts'
import { hiddenParts, isShownOnly, partChannel } from '#engine/platform/channel-secrets.ts'
import { Failure, userFailure } from '#engine/platform/failure.ts'
import { fingerprintsOf } from '#engine/journal/clean-secrets.ts'
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
import { result } from './post.ts'
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
  /** Reads them anew: something else than this wrote them. */
  reload(): void
  /** Sends one message that says it is a test. */
  check(id: string): Promise<{ ok: boolean; message: Said }>
}

const secretKeysOf: Record<Channel['kind'], readonly string[]> = {
  mail: ['password'],
  webhook: ['secret'],
  chat: [],
  tracker: ['token', 'user', 'password', 'basic'],
}
const isHidden = (key: string): boolean => hiddenParts.some((part) => part === key)

/**
 * What was typed, with what stands there already where only that is shown: a form gives back what it got. Throws a Failure for
 * something shown that is not this channel's.
 */
function typedConfig(kind: Channel['kind'], config: Channel['config'], before: StoredChannel | null): void {
  for (const key of hiddenParts) {
    const value = config[key] ?? ''
    if (kind === 'mail' || !isShownOnly(value)) continue
    const isKept =
      before?.channel.kind === kind && before.secretKeys.includes(key) && before.channel.config[key] === value
    if (!isKept) throw userFailure('channel.addressShown', { field: key })
  }
}

/** A sentence in which nothing of these stands, also not an address without its host. */
export function withoutSecrets(sentence: Said, used: readonly string[]): Said {
  const parts = used.flatMap((secret) => {
    if (!URL.canParse(secret)) return [secret]
    const { href, pathname, search } = new URL(secret)
    return [secret, href, `${pathname}${search}`, pathname, search]
  })
  const hidden = parts.filter((part) => part.length >= LEAST_HIDDEN)
  const clean = (text: string): string => hidden.reduce((left, part) => left.replaceAll(part, '…'), text)
  const values = Object.entries(sentence.values ?? {}).map(([name, value]) => [
    name,
    typeof value === 'string' ? clean(value) : typeof value === 'object' ? withoutSecrets(value, used) : value,
  ])
  return sentence.values ? { ...sentence, values: Object.fromEntries(values) as Said['values'] } : sentence
}

/** Characters; shorter ones stand in ordinary words. */
const LEAST_HIDDEN = 6

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

  async function sendOver(channel: Channel, payload: Payload): Promise<SendResult> {
    const known = channels.get(channel.id)?.secretKeys ?? []
    const used: string[] = []
    async function secret(key: string): Promise<string | null> {
      const value = known.includes(key) ? await secrets.get(account(channel.id, key)) : null
      if (value !== null) used.push(value)
      return value
    }
    const config = { ...channel.config }
    for (const key of hiddenParts) {
      if (known.includes(key)) config[key] = (await secret(key)) ?? ''
      // What is only shown is no address: the secret went another way than its channel, as with a backup on another machine.
      else if (isShownOnly(config[key] ?? '')) config[key] = ''
    }
    if (channel.kind !== 'mail' && config.url === '') return result('refused', said('channel.addressMissing'))
    const whole = { ...channel, config }
    const answer = await send(whole, payload, { http: deps.http, mailer: deps.mailer, now: () => clock.now(), secret })
    // Some receivers repeat what they were asked under.
    return { ...answer, advice: answer.advice && withoutSecrets(answer.advice, used) }
  }

  return {
    all: () => [...channels.values()],
    get: (id) => channels.get(id),
    ofDesk: (deskId) => [...channels.values()].filter((stored) => stored.channel.deskId === deskId),

    async save(draft, actor) {
      const { secrets: given = {}, ...about } = draft
      const before = about.id === undefined ? null : existing(about.id)
      const whole = Channel.parse({ ...about, id: about.id ?? newId('chan') })
      const { config } = whole
      if (!deps.book.desk(whole.deskId)) throw new Failure('user', 'desk.gone')
      typedConfig(whole.kind, config, before)
      if (whole.kind !== 'mail' && !/^https?:\/\//i.test(config.url ?? '')) {
        throw new Failure('user', 'channel.addressForm')
      }
      if (/\{\{\s*secret\./.test(`${config.url ?? ''}${config.body ?? ''}`)) {
        throw new Failure('user', 'channel.secretInHeadersOnly')
      }
      for (const key of Object.keys(given))
        if (!secretKeysOf[whole.kind].includes(key)) throw new Failure('user', said('channel.secretUnknown', { key }))
      // An address is a secret as well: who knows it may write there.
      const { channel, secrets: apart } = partChannel(whole)
      const keys = new Set(before?.secretKeys)
      // Of another kind than before, or an address that holds nothing secret any more.
      const left = [...keys].filter((key) => isHidden(key) && !(key in apart) && !isShownOnly(config[key] ?? ''))
      const changes = { ...Object.fromEntries(left.map((key) => [key, ''])), ...given, ...apart }
      for (const [key, value] of Object.entries(changes)) {
        if (value === '') {
          await secrets.delete(account(channel.id, key))
          keys.delete(key)
        } else {
          await secrets.set(account(channel.id, key), value)
          keys.add(key)
        }
      }
      store.transaction(() => {
        // Never a secret: only which ones there are, and of an address a fingerprint that tells two apart.
        const data = {
          before: before?.channel ?? null,
          after: channel,
          secretKeys: [...keys],
          fingerprints: fingerprintsOf(apart),
        }
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
    reload,

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
