import type { DropReason } from '#shared/words/dropped.ts'
import type { Draft } from './mention.ts'

/**
 * A mail that may be no customer's: by its form it answers something that this station sent, or a machine wrote it. Whoever
 * can check its signature takes it; otherwise it is its draft, or nothing.
 */
export interface Letter {
  /** Message-ID without angle brackets, or a stable hash where there is none. */
  messageId: string
  /** As the mail claims; null: it names nobody. */
  from: { name: string; address: string } | null
  /** Ids that it says it answers, of a report: the id of what could not be delivered. */
  answers: string[]
  /** What stands in `[E-…]` of its subject, or behind `+e-` in an address that it went to. */
  tags: string[]
  /** What was written anew, without what is quoted and without a signature. */
  text: string
  /** Written by a machine: an absence note, a receipt, a report. */
  automatic: boolean
  /** A mail server's report (RFC 3464); null: it is none. */
  report: DeliveryReport | null
  /** The mention that it is if nobody takes it; null: none. */
  draft: Draft | null
  /** Why it is none, counted by it. */
  dropped: DropReason | null
}

export interface DeliveryReport {
  /** false: it is only late, or was delivered. */
  failed: boolean
  recipient: string
  /** e.g. `5.1.1`; empty: not said. */
  status: string
  /** What the other server said, one line. */
  said: string
}
