import type { ReplySuggestion, Suggestion } from '#shared/model/advice.ts'
import type { Actor } from '#shared/model/journal.ts'
import type { Mention } from '#shared/model/mention.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { Log } from '#engine/platform/log.ts'
import { caseOfMention, type StoredCase } from '#engine/store/queries/cases.ts'
import type { Store } from '#engine/store/store.ts'
import { createActAlone } from './act-alone.ts'
import type { ConceptsOf } from './concept-terms.ts'
import type { CommandContext } from '#engine/cases/commands.ts'
import type { DeskBook } from '#engine/organisation/desk-book.ts'
import type { Ledger } from '#engine/cases/ledger.ts'
import type { MeaningOf } from '#engine/understanding/encoder/open.ts'
import { suggestReplies } from './reply-suggestions.ts'
import { createSuggestions, type LearnsFromDecisions } from './suggest.ts'

/** What earlier decisions advise: a desk, a priority, a reply; and following that by itself where the officer allows it. */
export interface Advice {
  start(): void
  /** Where mentions like this one went before; surest first. */
  suggest(mention: Mention): Promise<Suggestion[]>
  /** What was answered in the same problem and in like cases. */
  suggestReplies(mention: Mention): Promise<ReplySuggestion[]>
  /** The threshold was changed: what waits is looked at anew. */
  lookAtWaiting(): void
  /** Resolves when everything that may be followed has been. */
  idle(): Promise<void>
  stop(): Promise<void>
}

export function createAdvice(deps: {
  store: Store
  ledger: Ledger
  book: DeskBook
  clock: Clock
  log: Log
  experience?: LearnsFromDecisions | undefined
  meaningOf?: MeaningOf | null | undefined
  /** Parts and symptoms that are said as reasons. Default: none. */
  conceptsOf?: ConceptsOf | undefined
  context(actor: Actor): CommandContext
  arrived(c: StoredCase): StoredCase
  /** The problem that a mention belongs to now. */
  problemOf(mention: Mention): string | null
}): Advice {
  const { store, ledger, book, clock } = deps
  const suggestions = createSuggestions({ ...deps, store, book, clock })
  const actAlone = createActAlone({ ...deps, suggestions })
  ledger.onChanged((changed) => {
    suggestions.changed(changed)
    actAlone.changed(changed)
  })
  // What was looked at before anything was learned, after a start above all, is looked at with what is known now.
  deps.experience?.onLearned(() => actAlone.lookAtWaiting())
  return {
    start() {
      void suggestions
        .warm()
        .then(() => actAlone.lookAtWaiting())
        .catch((error: unknown) => deps.log.log('error', 'The earlier decisions could not be read', {}, error))
    },
    suggest: (mention) => suggestions.suggest(mention, caseOfMention(store, mention.id)?.id ?? null),
    suggestReplies(mention) {
      const own = caseOfMention(store, mention.id)
      const problemId = own?.problemId ?? deps.problemOf(mention)
      return suggestReplies({ store, book, suggestions }, mention, {
        caseId: own?.id ?? null,
        problemId,
        deskId: own?.deskId ?? null,
      })
    },
    lookAtWaiting: () => actAlone.lookAtWaiting(),
    idle: () => actAlone.idle(),
    stop: () => actAlone.stop(),
  }
}
