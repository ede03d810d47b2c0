import { fixed, plain, saying, table } from '../table.ts'

/** `sending`: on its way this very moment, or when the machine went down. */
export type OutboxState = 'queued' | 'sending' | 'sent' | 'failed' | 'unknown'

/** What leaves for desks outside. */
export const outboxTable = table('outbox', ['id'], {
  id: plain<string>(),
  caseId: fixed(plain<string>()),
  channelId: fixed(plain<string>()),
  channelName: fixed(plain<string>()),
  /** JSON text that the senders make their message from; fixed when the case was handed off. */
  payload: fixed(plain<string>()),
  state: plain<OutboxState>(),
  attempts: plain<number>(),
  createdAt: fixed(plain<number>()),
  nextAttemptAt: plain<number | null>(),
  sentAt: plain<number | null>(),
  advice: saying(),
  /** Until when its links hold; null: it was never sent, or none were asked for. */
  linksUntil: plain<number | null>(),
  /** An attempt ended without a word: a copy may have arrived. 0 or 1. */
  maybeThere: plain<number>(),
})
