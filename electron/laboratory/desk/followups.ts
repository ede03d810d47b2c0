import { z } from 'zod'
import type { Mention } from '#shared/model/mention.ts'
import { createAfterAnswer } from '#engine/cases/gratitude.ts'
import { draftOf } from '#engine/connectors/draft.ts'
import { rounded } from '../evaluate-file.ts'
import { shippedAfterAnswer, shippedUnderstanding } from '../evaluate-models.ts'
import { rowsOf } from './rows.ts'

const Row = z.object({
  text: z.string(),
  lang: z.string().optional(),
  network: z.string().optional(),
  outcome: z.enum(['confirmed', 'reopens', 'neither']),
})

export interface Followups {
  /** Of those that close a case as confirmed, the share that does confirm; 1 when none does. */
  confirmedPrecision: number
  confirmedRecall: number
  /** Messages that need somebody and close the case all the same. */
  reopensClosed: number
}

/** What customers write after our answer: confirms it, needs somebody again, or neither. */
export async function followupsOf(file: string): Promise<Followups> {
  const rows = await rowsOf(file, Row)
  const understanding = await shippedUnderstanding()
  const afterAnswer = createAfterAnswer(await shippedAfterAnswer())
  const closed = rows.map(({ text, lang, network = 'forum' }, at) => {
    const isMail = network === 'mail'
    const draft = draftOf({
      externalId: String(at),
      kind: isMail ? 'mail' : 'post',
      text,
      publishedAt: 0,
      private: isMail,
      raw: null,
    })
    const understood = understanding.understand({ text, title: null, lang: lang ?? null })
    const mention: Mention = {
      ...draft,
      ...understood,
      id: String(at),
      seq: at,
      sourceId: 'desk',
      network,
      seenAt: 0,
      listenIds: [],
      duplicateOf: null,
    }
    return afterAnswer(mention).outcome === 'confirmed'
  })
  const said = closed.filter(Boolean).length
  const count = (outcome: string): number => rows.filter((row, at) => row.outcome === outcome && closed[at]).length
  const confirmed = rows.filter(({ outcome }) => outcome === 'confirmed').length
  return {
    confirmedPrecision: rounded(said === 0 ? 1 : count('confirmed') / said),
    confirmedRecall: rounded(confirmed === 0 ? 1 : count('confirmed') / confirmed),
    reopensClosed: count('reopens'),
  }
}
