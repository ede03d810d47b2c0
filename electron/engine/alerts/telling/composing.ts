import type { Alert } from '#shared/model/alert.ts'
import type { AlertMessage, AlertSaying } from '#shared/model/alert-message.ts'
import type { AlertRecipient } from '#shared/model/alert-recipient.ts'
import type { Mention } from '#shared/model/mention.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { aboutNow } from '#engine/alerts/about-now.ts'
import { recipientById } from '#engine/store/queries/alert-recipients.ts'
import { mentionById } from '#engine/store/queries/mentions.ts'
import type { Store } from '#engine/store/store.ts'
import { heldMessage, messageOf, testMessage, type Evidence, type Reading } from './message.ts'

/** Messages as one recipient reads them; null: there is no such recipient any more. */
export interface Composing {
  message(alert: Alert, saying: AlertSaying, recipientId: string): AlertMessage | null
  held(alerts: readonly Alert[], recipientId: string): AlertMessage | null
  test(recipient: AlertRecipient): AlertMessage
  /** Everything that an officer is told, whatever the recipient reads otherwise: for the page of a link. */
  whole(alert: Alert, recipient: AlertRecipient): AlertMessage
}

export function createComposing({
  store,
  clock,
  timeZone,
}: {
  store: Store
  clock: Clock
  timeZone: string
}): Composing {
  const about = () => ({ station: store.stationId, now: clock.now() })
  const readingOf = ({ language, reader, quiet }: AlertRecipient): Reading => ({
    language,
    reader,
    timeZone: quiet?.timeZone ?? timeZone,
  })
  const reading = (recipientId: string): Reading | null => {
    const stored = recipientById(store, recipientId)
    return stored ? readingOf(stored.recipient) : null
  }

  function evidenceOf({ readFirst, firstMentionId }: Alert): Evidence {
    const read = (id: string): Mention | undefined => mentionById(store, id)
    const ids = [...new Set([...(firstMentionId === null ? [] : [firstMentionId]), ...readFirst])]
    return {
      mentions: ids.flatMap((id) => read(id) ?? []).filter((mention) => !mention.private),
      isPublic: ({ mentionIds }) => mentionIds.some((id) => read(id)?.private === false),
    }
  }

  return {
    message(alert, saying, recipientId) {
      const how = reading(recipientId)
      return how && messageOf(aboutNow(store, alert), saying, evidenceOf(alert), how, about())
    },
    held(alerts, recipientId) {
      const how = reading(recipientId)
      const named = alerts.map((alert) => aboutNow(store, alert))
      return how && heldMessage(named, how, about())
    },
    test: ({ language, reader }) => testMessage(language, reader, about()),
    whole(alert, recipient) {
      const saying = alert.state === 'resolved' ? 'resolved' : 'raised'
      const how: Reading = { ...readingOf(recipient), reader: 'officer' }
      return messageOf(aboutNow(store, alert), saying, evidenceOf(alert), how, about())
    },
  }
}
