import { z } from 'zod'
import { PublicMention } from './mention.ts'
import { Case } from './case.ts'

/** A mention as a list shows it: with its case, when there is one, and the words that its query matched. */
export const MentionCard = z
  .object({
    mention: PublicMention,
    case: Case.nullable(),
    /** UTF-16 ranges of the text that the listens or the query matched. */
    marks: z.array(z.tuple([z.number().int(), z.number().int()])).meta({ wall: 'private' }),
    /** Earlier mentions by the same author, and of those the ones that became cases. */
    earlier: z.object({ mentions: z.number().int(), cases: z.number().int() }),
    muted: z.boolean(),
  })
  .meta({ privateBy: 'mention.private' })
export type MentionCard = z.infer<typeof MentionCard>
