import { z } from 'zod'
import { Instant } from './mention.ts'

/** Longest name that an officer goes by. */
export const OFFICER_NAME_MOST = 120

export const Officer = z.object({ id: z.string(), name: z.string() })
export type Officer = z.infer<typeof Officer>

export const lookerDoings = ['looking', 'writing'] as const
export const LookerDoing = z.enum(lookerDoings)
export type LookerDoing = z.infer<typeof LookerDoing>

/** A page that is open at this station, who sits at it, and which case is on screen there. */
export const Looker = z.object({
  /** One connection: two windows of the same officer are two. */
  page: z.string(),
  officer: Officer,
  /** null: no case is open there. */
  caseId: z.string().nullable(),
  /** `writing`: a reply to the customer is being written. */
  doing: LookerDoing,
  /** Since when it does that with that case. */
  since: Instant,
})
export type Looker = z.infer<typeof Looker>

/** A name as it can be shown beside others: on one line, without characters that hide or turn the text around it. */
export const cleanOfficerName = (name: string): string =>
  [
    ...name
      .normalize('NFC')
      .replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ')
      .trim(),
  ]
    .slice(0, OFFICER_NAME_MOST)
    .join('')
    .trim()

/** Same name, same officer: on whatever page, in whatever case it was typed. */
export const officerIdOf = (name: string): string => `officer:${cleanOfficerName(name).normalize('NFKC').toLowerCase()}`
