import { z } from 'zod'
import { CaseState } from './case.ts'
import { Instant } from './mention.ts'
import { Priority } from './rule.ts'

/**
 * What officers must not miss, wherever on the screen they are; it stands until somebody has dealt with it.
 * - `alert`: a card of the alerts, or what is due of a crisis
 * - `waiting`: a case waits for a person longer than its desk allows
 * - `failed`, `unknown`: an answer to a customer was not delivered, or perhaps not
 * - `desk`: a desk outside asked or said something
 */
export const noticeKinds = ['alert', 'waiting', 'failed', 'unknown', 'desk'] as const
export const NoticeKind = z.enum(noticeKinds)
export type NoticeKind = z.infer<typeof NoticeKind>

export const Notice = z
  .object({
    /** Changes when something new is added to what it is about. */
    id: z.string(),
    kind: NoticeKind,
    at: Instant,
    /** What the card is about, or the desk that speaks. */
    by: z.string(),
    /** How many mentions it is about; of a problem there may be many. */
    count: z.number().int().positive(),
    /** The newest of them. null: no case was opened for it. */
    caseId: z.string().nullable(),
    /** The card that it is about; null: it is a case, a desk or a crisis. `mentionId` is then what to read first, or empty. */
    alertId: z.string().nullable(),
    mentionId: z.string(),
    author: z.string().meta({ wall: 'initial' }),
    /** The beginning of what the customer, or the desk, said. */
    text: z.string().meta({ wall: 'private' }),
    network: z.string(),
    problem: z.object({ id: z.string(), label: z.string().meta({ wall: 'private' }) }).nullable(),
    priority: Priority.nullable(),
    state: CaseState.nullable(),
    deskId: z.string().nullable(),
  })
  .meta({ privateBy: 'mentionId' })
export type Notice = z.infer<typeof Notice>
