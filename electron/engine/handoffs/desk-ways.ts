import type { Channel } from '#shared/model/handoff.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { readSettings } from '#engine/store/queries/settings.ts'
import { listSources } from '#engine/store/queries/sources.ts'
import type { Store } from '#engine/store/store.ts'
import type { DeskAnswerWays } from '#shared/model/handoff-payload.ts'
import { signLink, signTag, type DeskKey } from './signing.ts'

const DAY_MS = 86_400_000

/** Whether hand-offs carry links, and what is missing if not. */
export type LinksState = 'ready' | 'noAddress' | 'noKeychain' | 'notServed'

/** How a desk outside can answer a hand-off: by links, by replying to the mail, or not at all. */
export interface DeskWays {
  /** Until when links hold that are sent now. */
  until(): number
  /** For one attempt; the same for every attempt with the same `until`. null: neither is possible. */
  of(handoffId: string, until: number, channel: Channel): Promise<DeskAnswerWays | null>
  state(): Promise<LinksState>
}

export interface DeskWaysDeps {
  store: Store
  clock: Clock
  key: DeskKey
  /** Whether this process shows the pages that the links lead to. */
  served: boolean
}

/** `local+e-tag@domain` (RFC 5233 calls the part behind + a detail); what is no address stays as it is. */
export function plusAddress(address: string, tag: string): string {
  return address.replace(/^([^@\s]+)@([^@\s]+)$/, `$1+e-${tag}@$2`)
}

/** Of a mail that can be answered; the tag in it is enough to recognise a reply that keeps nothing else. */
export const signedMessageId = (stationId: string, tag: string): string => `${tag}@${stationId}.earshot.invalid`

/** The address itself, without a name before it; lower case. */
export const bareAddress = (text: string): string => (/<([^<>]+)>\s*$/.exec(text)?.[1] ?? text).trim().toLowerCase()

export function createDeskWays({ store, clock, key, served }: DeskWaysDeps): DeskWays {
  const { stationId } = store

  /** Where a reply to this channel's mails is read by a source of this station; null: nowhere. */
  function replyMailbox(channel: Channel): { address: string; plus: boolean } | null {
    if (channel.kind !== 'mail') return null
    const { replyTo = '', from = '' } = channel.config
    const mailboxes = listSources(store).filter(({ source }) => source.connector === 'email' && source.enabled)
    const wished = bareAddress(replyTo || from)
    for (const { source } of mailboxes) {
      const { address, user, plusAddressing } = source.config as Record<string, unknown>
      if (wished !== '' && bareAddress(String(address || user || '')) === wished)
        return { address: wished, plus: plusAddressing === true }
    }
    // Somebody who names an address for replies knows that it leads into one of the mailboxes, e.g. an alias.
    return replyTo !== '' && mailboxes.length > 0 ? { address: wished, plus: false } : null
  }

  return {
    until: () => clock.now() + readSettings(store).deskLinkDays * DAY_MS,

    async of(handoffId, until, channel) {
      const { publicUrl } = readSettings(store)
      const mailbox = replyMailbox(channel)
      const linked = publicUrl !== '' && served
      if (!linked && mailbox === null) return null
      const secret = await key.get()
      if (secret === null) return null
      const base = `${publicUrl}/desk/${signLink(secret, stationId, handoffId, until)}`
      const tag = signTag(secret, stationId, handoffId)
      return {
        links: linked ? { accept: `${base}/accept`, ask: `${base}/ask`, done: `${base}/done` } : null,
        until: new Date(until).toISOString(),
        reply: mailbox && {
          to: mailbox.plus ? plusAddress(mailbox.address, tag) : mailbox.address,
          tag,
          messageId: signedMessageId(stationId, tag),
        },
      }
    },

    async state() {
      if (!served) return 'notServed'
      if (readSettings(store).publicUrl === '') return 'noAddress'
      return (await key.get()) === null ? 'noKeychain' : 'ready'
    },
  }
}
