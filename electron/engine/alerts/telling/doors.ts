import type { SendResult } from '#shared/model/parcel.ts'
import { said } from '#shared/words/said.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { Http } from '#engine/platform/http.ts'
import type { MailAccount, Mailer } from '#engine/platform/mailer.ts'
import type { Secrets } from '#engine/platform/secrets.ts'
import { isShownOnly } from '#engine/platform/channel-secrets.ts'
import { withoutSecrets } from '#engine/handoffs/channels.ts'
import { result } from '#engine/handoffs/post.ts'
import type { StoredRecipient } from '#engine/store/queries/alert-recipients.ts'
import { channelOf } from './recipients.ts'
import { sendAlert, type Leaving } from './send.ts'

/** One attempt to one recipient. */
export type SendOver = (to: StoredRecipient, leaving: Leaving) => Promise<SendResult>

export interface DoorsDeps {
  clock: Clock
  http: Http
  mailer: Mailer
  secrets: Secrets
  /** The account of a source that sends mail; null: there is none. */
  mailAccount(sourceId: string): Promise<MailAccount | null>
}

/** Sends with the recipient's secrets; none of them comes back in what is said of it. */
export function createSendOver({ clock, http, mailer, secrets, mailAccount }: DoorsDeps): SendOver {
  return async ({ recipient, secretKeys }, leaving) => {
    const used: string[] = []
    async function secret(key: string): Promise<string | null> {
      const value = secretKeys.includes(key) ? await secrets.get(`${recipient.id}/${key}`) : null
      if (value !== null) used.push(value)
      return value
    }
    const channel = channelOf(recipient)
    const config = { ...channel.config }
    if (secretKeys.includes('url')) config.url = (await secret('url')) ?? ''
    else if (isShownOnly(config.url ?? '')) config.url = ''
    if (channel.kind !== 'mail' && (config.url ?? '') === '') return result('refused', said('channel.addressMissing'))
    const deps = { http, mailer, now: () => clock.now(), secret, account: mailAccount }
    const answer = await sendAlert({ ...channel, config }, leaving, deps)
    return { ...answer, advice: answer.advice && withoutSecrets(answer.advice, used) }
  }
}
