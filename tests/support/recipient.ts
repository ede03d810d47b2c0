import type { AlertRecipientDraft } from '#shared/model/alert-recipient.ts'

/** Somebody who is told of every alert at a webhook, in English, at all hours. */
export const recipientDraft = (changes: Partial<AlertRecipientDraft> = {}): AlertRecipientDraft => ({
  name: 'On call',
  personId: null,
  enabled: true,
  kind: 'webhook',
  config: { url: 'https://receiver.example/alerts' },
  fromStrength: 1,
  listenIds: [],
  deskIds: [],
  rotaOnly: false,
  reader: 'officer',
  language: 'en',
  quiet: null,
  secrets: {},
  ...changes,
})
