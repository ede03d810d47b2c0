import type { AlertAbout } from '#shared/model/alert.ts'
import { copied, freshCopies, judgeCopies, type CopiesState } from '#engine/alerts/detect/copies.ts'
import { cardKey } from '#engine/alerts/detect/crisis.ts'
import type { Sensitivity } from '#engine/alerts/detect/verdict.ts'
import { copiesSince, sharingText, type CauseMention } from '#engine/store/queries/alert-counts.ts'
import { lastSeq } from '#engine/store/queries/mentions.ts'
import type { Store } from '#engine/store/store.ts'
import type { Cause } from './cause.ts'
import type { Judged } from './crises.ts'

const MINUTE = 60_000
/** As far back as the most patient setting looks. */
const SINCE_MS = 25 * MINUTE
const READ_FOR_CAUSE = 100
/** Copies that are taken a minute, the newest: of more the accounts are counted all the same. */
const MOST = 2_000

/** The same words from many accounts. Each mention is looked at once, when it has arrived; who shares a post openly copies nothing. */
export function createCopiesWatch(store: Store) {
  const state: CopiesState = freshCopies()
  let seen = lastSeq(store)

  function take(minute: number): void {
    const upTo = lastSeq(store)
    for (const { root, author, at, rootAuthor, rootAt } of copiesSince(
      store,
      minute * MINUTE - SINCE_MS,
      seen,
      upTo,
      MOST,
    )) {
      if (rootAuthor !== null) copied(state, `${root}`, `${rootAuthor}`, Math.floor(rootAt / MINUTE))
      copied(state, `${root}`, `${author}`, Math.floor(at / MINUTE))
    }
    seen = upTo
  }

  return function* judged(
    minute: number,
    sensitivity: Sensitivity,
    causeFrom: (mentions: readonly CauseMention[]) => Cause,
    subjectsOf: (mentions: readonly CauseMention[]) => string[],
  ): Generator<Judged> {
    take(minute)
    for (const { of, verdict } of judgeCopies(state, minute, sensitivity)) {
      const mentions = (): CauseMention[] => sharingText(store, Number(of), minute * MINUTE - SINCE_MS, READ_FOR_CAUSE)
      const about: AlertAbout = { kind: 'station', id: null, name: '' }
      yield {
        key: cardKey('copies', `text:${of}`),
        verdict,
        about,
        subjects: () => [`text:${of}`, ...subjectsOf(mentions())],
        cause: () => causeFrom(mentions()),
      }
    }
  }
}
