import { brokenRows } from './broken-rows.ts'
import type { Reads } from './reads.ts'
import { crisisDeeds, crisisNumbers, saidOfCrisis } from './queries/crisis-numbers.ts'
import { aspectMoods } from './queries/aspect-moods.ts'
import { matchesIn } from './queries/backfill.ts'
import { bigNumbers, heat, networkCounts, sentimentBuckets, voice, waitingLines } from './queries/charts.ts'
import { checkFile, quickCheck } from './queries/check.ts'
import { byAuthor, card, thread } from './queries/conversation.ts'
import { paneGaps, paneLost, paneStrangers, rollupGaps } from './queries/derived.ts'
import { page } from './queries/page.ts'
import { verifyStretch } from './journal-chain.ts'
import { preview } from './queries/search-preview.ts'
import { storeStats } from './queries/stats.ts'
import { topAuthors } from './queries/top-authors.ts'
import { topTerms } from './queries/top-terms.ts'
import { uncarriedAspects } from './queries/uncarried-aspects.ts'
import { verify } from './queries/verify.ts'

export interface QuestionContext {
  /** Long loops look here now and then and return early: nobody waits for the answer any more. */
  cancelled(): boolean
}

/** A read with a name: only plain values in and out (they cross a thread). Other rooms add theirs here. */
export type Question<Input, Output> = (db: Reads, input: Input, context: QuestionContext) => Output

export const questions = {
  'store.quickCheck': quickCheck,
  'store.checkFile': checkFile,
  'store.brokenRows': brokenRows,
  'store.paneGaps': paneGaps,
  'store.paneLost': paneLost,
  'store.paneStrangers': paneStrangers,
  'store.rollupGaps': rollupGaps,
  'store.verify': verify,
  'store.stats': storeStats,
  'listens.backfill': matchesIn,
  'listens.preview': preview,
  'charts.sentiment': sentimentBuckets,
  'charts.networks': networkCounts,
  'charts.numbers': bigNumbers,
  'charts.waiting': waitingLines,
  'charts.voice': voice,
  'charts.heat': heat,
  'charts.aspects': aspectMoods,
  'charts.uncarriedAspects': uncarriedAspects,
  'charts.terms': topTerms,
  'charts.authors': topAuthors,
  'crises.numbers': crisisNumbers,
  'crises.deeds': crisisDeeds,
  'crises.said': saidOfCrisis,
  'mentions.page': page,
  'mentions.card': card,
  'mentions.thread': thread,
  'mentions.byAuthor': byAuthor,
  'review.verifyStretch': verifyStretch,
} satisfies Record<string, Question<never, unknown>>
