import { z } from 'zod'
import { languages } from '#shared/words/languages.ts'
import { BusinessHours } from './desk.ts'

/** How somebody is told of alerts outside Earshot. */
export const recipientKinds = ['mail', 'webhook', 'chat'] as const
export const RecipientKind = z.enum(recipientKinds)
export type RecipientKind = z.infer<typeof RecipientKind>

/** `officer`: every number, its formula, causes and first mentions. `executive`: three lines. */
export const alertReaders = ['officer', 'executive'] as const
export const AlertReader = z.enum(alertReaders)
export type AlertReader = z.infer<typeof AlertReader>

const Strength = z.number().int().min(1).max(10)
const MinuteOfDay = z.number().int().min(0).max(1439)

/** Every day from one local minute after midnight to another; over midnight where `to` comes before `from`. */
export const QuietHours = z
  .object({
    /** IANA name, e.g. `Europe/Berlin`. */
    timeZone: z.string().max(64),
    from: MinuteOfDay,
    to: MinuteOfDay,
    /** From this strength on they are told all the same; null: never. */
    butFrom: Strength.nullable(),
  })
  .refine(({ from, to }) => from !== to, 'recipient.quietEmpty')
export type QuietHours = z.infer<typeof QuietHours>

/** Somebody who is told of alerts. Passwords, keys and addresses that are secrets are in the keychain under the id. */
export const AlertRecipient = z.object({
  id: z.string(),
  name: z.string().trim().min(1).max(120),
  /** Of the organisation; null: somebody outside it. */
  personId: z.string().nullable(),
  enabled: z.boolean(),
  kind: RecipientKind,
  /** `mail`: to, and account (a source's id) or host, port, secure, user, from. `webhook`: url. `chat`: url, flavour. */
  config: z.record(z.string(), z.string().max(4_000)),
  fromStrength: Strength,
  /** Of which listens and desks; both empty: of everything. */
  listenIds: z.array(z.string()).max(500),
  deskIds: z.array(z.string()).max(500),
  /** Only when the rota comes to them. */
  rotaOnly: z.boolean(),
  reader: AlertReader,
  language: z.enum(languages),
  quiet: QuietHours.nullable(),
})
export type AlertRecipient = z.infer<typeof AlertRecipient>
export const AlertRecipientDraft = AlertRecipient.extend({
  id: z.string().optional(),
  secrets: z.record(z.string(), z.string().max(4_000)).default({}),
})
export type AlertRecipientDraft = z.infer<typeof AlertRecipientDraft>

/** One step of the rota: whom an alert reaches that nobody has taken. */
export const RotaStep = z.object({
  /** So long after the step before it, or after the alert was raised. */
  afterMinutes: z.number().int().min(1).max(1_440),
  recipientIds: z.array(z.string()).min(1).max(20),
  /** When they are on duty; outside of it the next step is asked at once. */
  hours: BusinessHours,
})
export type RotaStep = z.infer<typeof RotaStep>

/** How an alert climbs that nobody takes. */
export const AlertRota = z.object({
  enabled: z.boolean(),
  fromStrength: Strength,
  steps: z.array(RotaStep).max(12),
})
export type AlertRota = z.infer<typeof AlertRota>

export const noRota: AlertRota = { enabled: false, fromStrength: 1, steps: [] }
