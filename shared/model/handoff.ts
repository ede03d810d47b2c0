import { z } from 'zod'
import { Said } from './said.ts'
import { HandoffState } from './case.ts'
import { Instant } from './mention.ts'

export const channelKinds = ['mail', 'webhook', 'chat', 'tracker'] as const
export const ChannelKind = z.enum(channelKinds)
export type ChannelKind = z.infer<typeof ChannelKind>

/** How a desk that does not sit in Earshot receives. Passwords, keys and tokens are in the keychain under the id. */
export const Channel = z.object({
  id: z.string(),
  deskId: z.string(),
  kind: ChannelKind,
  name: z.string().trim().min(1).max(120),
  enabled: z.boolean(),
  /** `mail`: host, port, secure, user, from, to. `webhook`, `chat`: url. `tracker`: url, method, headers, body. */
  config: z.record(z.string(), z.string()),
})
export type Channel = z.infer<typeof Channel>
export const ChannelDraft = Channel.extend({
  id: z.string().optional(),
  secrets: z.record(z.string(), z.string()).default({}),
})
export type ChannelDraft = z.infer<typeof ChannelDraft>

/** One thing on its way out. The id is the idempotency key that the receiver sees on every attempt. */
export const Handoff = z.object({
  id: z.string(),
  caseId: z.string(),
  channelId: z.string(),
  channelName: z.string(),
  state: HandoffState,
  attempts: z.number().int().nonnegative(),
  createdAt: Instant,
  nextAttemptAt: Instant.nullable(),
  sentAt: Instant.nullable(),
  /** What happened and what to do; null while nothing is wrong. */
  advice: Said.nullable(),
})
export type Handoff = z.infer<typeof Handoff>
