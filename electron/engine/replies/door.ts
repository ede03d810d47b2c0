import type { SendResult, SentPlace } from '#shared/model/parcel.ts'
import type { Said } from '#shared/model/said.ts'
import { said } from '#shared/words/said.ts'
import type { NetworkWay, ReplyOption } from '#shared/model/reply.ts'
import type { Mention } from '#shared/model/mention.ts'
import type { MailAccount } from '#engine/platform/mailer.ts'

/** What replies need of the sources; see collect/reply-door.ts. Cases know no connector. */
export interface ReplyDoor {
  options(mention: Mention): Omit<ReplyOption, 'as' | 'possible'>[]
  compose(
    sourceId: string,
    way: NetworkWay,
    text: string,
    mention: Mention,
    warning?: string,
  ): { text: string; length: number; readers: string[] } | undefined
  repeatable(sourceId: string, way: NetworkWay): boolean
  paceMs(sourceId: string): number
  canWithdraw(sourceId: string): boolean
  speakers(): { sourceId: string; network: string }[]
  account(sourceId: string): Promise<{
    account: { name: string; authorId: string | null; limit: number | null } | null
    why: Said | null
  }>
  send(
    sourceId: string,
    mention: Mention,
    reply: {
      way: NetworkWay
      text: string
      key: string
      at: number
      triedAt: number | null
      warning?: string | undefined
      lang?: string | undefined
    },
  ): Promise<SendResult>
  withdraw(sourceId: string, way: NetworkWay, sent: SentPlace): Promise<SendResult>
  /** How letters of the station's own leave through this source; null: they do not. Absent: there are no mail accounts. */
  mailAccount?(sourceId: string): Promise<MailAccount | null>
}

const refused = (): Promise<SendResult> =>
  Promise.resolve({ outcome: 'refused', advice: said('reply.noWay'), retryAfterMs: null })

/** Where there is nobody to reply through: everything is only recorded. */
export const closedDoor: ReplyDoor = {
  options: () => [],
  compose: () => undefined,
  repeatable: () => false,
  paceMs: () => 0,
  canWithdraw: () => false,
  speakers: () => [],
  account: () => Promise.resolve({ account: null, why: null }),
  send: refused,
  withdraw: refused,
}
