import type { Actor } from '#shared/model/journal.ts'
import type { Mention } from '#shared/model/mention.ts'
import type { Decision } from '#engine/routing/decide.ts'
import { caseOfMention } from '#engine/store/queries/cases.ts'
import { deskNumbers } from '#engine/store/queries/desks.ts'
import { lastSeq } from '#engine/store/queries/mentions.ts'
import {
  mentionKeys,
  mentionsToRoute,
  readRoutingCursor,
  writeRoutingCursor,
} from '#engine/store/queries/routing-cursor.ts'
import { openedByOfficer, originOf } from './opening.ts'
import { createTaking, type RouterDeps } from './taking.ts'

/** Stands as the reason of a case that the rules could not decide. */
const undecided: Actor = { kind: 'engine', id: 'earshot', name: 'The rules could not decide' }

/** Mentions that are read at once, and how long one transaction takes them: ingest and officers never wait long for it. */
const BATCH = 200
const STEP_MS = 25

/**
 * Takes stored mentions in order of arrival to the rules. The cursor is committed with what was decided, so that after a
 * crash nothing is decided twice and nothing is left out.
 */
export function createRouter(deps: RouterDeps) {
  const { store, ledger, book } = deps
  const { take, decideOn } = createTaking(deps)

  /** Routes at most one batch; says whether more is waiting. */
  function step(): boolean {
    const from = readRoutingCursor(store)
    const newest = lastSeq(store)
    if (newest <= from) return false
    const mentions = mentionsToRoute(store, from, BATCH)
    const full = mentions.length === BATCH
    return ledger.transact(() => {
      const began = deps.clock.monotonic()
      const loads = loadsNow()
      for (const [i, mention] of mentions.entries()) {
        take(mention, loads)
        if (i + 1 < mentions.length && deps.clock.monotonic() - began > STEP_MS) {
          writeRoutingCursor(store, mention.seq)
          return true
        }
      }
      writeRoutingCursor(store, full ? (mentions.at(-1) as Mention).seq : Math.max(newest, mentions.at(-1)?.seq ?? 0))
      return full
    })
  }

  /** Open cases by desk; with ten thousand of them a millisecond, so only for rules that ask. */
  const loadsNow = (): Map<string, number> =>
    book.compiled().asks.has('deskLoad')
      ? new Map(deskNumbers(store, 0).map(({ deskId, open }) => [deskId, open]))
      : new Map<string, number>()

  /**
   * After a batch that failed: routes one mention at a time and gives the one that cannot be decided to a person, so that it
   * neither gets lost nor holds up everything behind it. Returns what was wrong with it; null: all went well.
   */
  function setAside(): { mention: Mention; cause: unknown } | null {
    const loads = loadsNow()
    for (let i = 0; i < BATCH; i++) {
      const [mention] = mentionsToRoute(store, readRoutingCursor(store), 1)
      if (!mention) return null
      try {
        ledger.transact(() => {
          take(mention, loads)
          writeRoutingCursor(store, mention.seq)
        })
      } catch (cause) {
        ledger.transact(() => {
          if (!caseOfMention(store, mention.id)) {
            const origin = originOf(store, mention, mentionKeys(store, mention.seq), null)
            ledger.open(openedByOfficer(origin, null, 'normal', deps.context(undecided)), undecided)
          }
          writeRoutingCursor(store, mention.seq)
        })
        return { mention, cause }
      }
    }
    return null
  }

  return {
    step,
    setAside,
    /** What the rules say of a mention now, without doing it. */
    explain(mention: Mention): Decision {
      return decideOn(mention, mentionKeys(store, mention.seq), loadsNow()).decision
    },
  }
}
export type Router = ReturnType<typeof createRouter>
