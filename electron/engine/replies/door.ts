import type { Said } from '#shared/model/said.ts'
import { said } from '#shared/words/said.ts'
import type { AnswerOption, AnswerWay } from '#shared/model/answer.ts'
import type { Mention } from '#shared/model/mention.ts'
import type { SendResult } from '#engine/delivery/delivery.ts'

export interface SentPlace {
  externalId: string
  url: string | null
}

export interface DoorResult extends SendResult {
  sent: SentPlace | null
  /** The wait is for the whole account. */
  all?: boolean
}

/** What answers need of the sources; see collect/answer-door.ts. Cases know no connector. */
export interface AnswerDoor {
  options(mention: Mention): Omit<AnswerOption, 'as' | 'possible'>[]
  compose(
    sourceId: string,
    way: AnswerWay,
    text: string,
    mention: Mention,
  ): { text: string; length: number } | undefined
  repeatable(sourceId: string, way: AnswerWay): boolean
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
    answer: { way: AnswerWay; text: string; key: string; at: number; triedAt: number | null },
  ): Promise<DoorResult>
  withdraw(sourceId: string, way: AnswerWay, sent: SentPlace): Promise<DoorResult>
}

/** Where there is nobody to answer through: everything is only recorded. */
export const closedDoor: AnswerDoor = {
  options: () => [],
  compose: () => undefined,
  repeatable: () => false,
  paceMs: () => 0,
  canWithdraw: () => false,
  speakers: () => [],
  account: () => Promise.resolve({ account: null, why: null }),
  send: () => Promise.resolve({ outcome: 'refused', sent: null, advice: said('reply.noWay'), retryAfterMs: null }), // prettier-ignore
  withdraw: () => Promise.resolve({ outcome: 'refused', sent: null, advice: said('reply.noWay'), retryAfterMs: null }), // prettier-ignore
}
