import type { Suggestion } from '#shared/model/advice.ts'
import type { Actor } from '#shared/model/journal.ts'
import type { FollowedSuggestion } from '#shared/model/rule.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { Log } from '#engine/platform/log.ts'
import { caseById, type StoredCase } from '#engine/store/queries/cases.ts'
import { openedWithAlert } from '#engine/store/queries/decisions.ts'
import { mentionById } from '#engine/store/queries/mentions.ts'
import { waitingUntouched } from '#engine/store/queries/precedents.ts'
import { readSettings } from '#engine/store/queries/settings.ts'
import type { Store } from '#engine/store/store.ts'
import { route, type CommandContext } from '#engine/cases/commands.ts'
import type { Ledger } from '#engine/cases/ledger.ts'
import type { Suggestions } from './suggest.ts'

/** Who acts when a suggestion is followed without a person. */
export const bySuggestion: Actor = { kind: 'engine', id: 'suggestion', name: 'Earshot' }

/** Waiting cases that are looked at after a start, after learning or a change of the threshold. */
const AT_ONCE = 500
/** Fewer like cases: nobody could say "as in so many earlier cases". */
const LEAST_PRECEDENTS = 3

/**
 * Whether a case may be decided without a person at all. It waits for a decision and nobody has touched it: what a person
 * changed or took back is theirs. Where the rule asked for an alert, an approval or the highest priority, it wants a person.
 */
export const mayActOn = (c: StoredCase, alert: boolean): boolean =>
  c.state === 'new' && c.held && c.version === 1 && !c.needsApproval && !alert && c.priority !== 'urgent'

/** The suggestion that is followed; null: a person decides. Never below the threshold, never unchecked. */
export function followed(suggestion: Suggestion | undefined, threshold: number | null): Suggestion | null {
  if (threshold === null || suggestion === undefined || !suggestion.checked) return null
  return suggestion.certainty >= threshold && suggestion.precedents >= LEAST_PRECEDENTS ? suggestion : null
}

/**
 * Follows suggestions by itself from the certainty on that the officer set; without one it does nothing.
 * Long: one queue of cases; looking, working through them, waiting and stopping all move the same ids on.
 */
export function createActAlone(deps: {
  store: Store
  ledger: Ledger
  suggestions: Suggestions
  clock: Clock
  log: Log
  context(actor: Actor): CommandContext
  /** What else happens to a case that comes to a desk. */
  arrived(c: StoredCase): StoredCase
}) {
  const { store, ledger, suggestions, clock, log } = deps
  const waiting = new Set<string>()
  let running: Promise<void> | null = null
  let stopped = false

  const threshold = (): number | null => readSettings(store).actAtCertainty

  async function look(id: string): Promise<void> {
    const known = caseById(store, id)
    const mention = known && mentionById(store, known.mentionId)
    if (!known || !mention || !mayActOn(known, openedWithAlert(store, known.id))) return
    const [first] = await suggestions.suggest(mention, id)
    const from = threshold()
    const chosen = followed(first, from)
    if (!chosen || stopped) return
    ledger.transact(() => {
      // Somebody may have been faster.
      const current = caseById(store, id)
      if (current?.version !== known.version) return
      const context = deps.context(bySuggestion)
      const { deskId, deskName, certainty, precedents, words } = chosen
      const suggestion: FollowedSuggestion = {
        deskId,
        deskName,
        certainty: Math.round(certainty * 1000) / 1000,
        threshold: from!,
        precedents,
        words,
      }
      const change = route(current, { deskId, note: noteOf(suggestion) }, context)
      // What the rule named stands beside it: both are the reason.
      const explanation = { ...current.explanation, suggestion }
      const data = { ...change.data, suggested: suggestion, like: chosen.examples.map(({ caseId }) => caseId) }
      deps.arrived(
        ledger.change(current, { ...change, after: { ...change.after, explanation }, data }, bySuggestion).case,
      )
    })
  }

  async function work(): Promise<void> {
    await Promise.resolve()
    for (const id of waiting) {
      waiting.delete(id)
      if (stopped) break
      try {
        await look(id)
      } catch (error) {
        // The case waits for a person, as it did.
        log.log('error', 'A suggestion could not be followed; the case waits for a person', { case: id }, error)
      }
      await clock.sleep(0)
    }
    running = null
  }

  const begin = (): void => {
    if (waiting.size > 0 && !stopped) running ??= work()
  }

  return {
    /** Looks at all that waits untouched: after a start, when the threshold was changed and when more was learned. */
    lookAtWaiting(): void {
      if (stopped || threshold() === null) return
      for (const id of waitingUntouched(store, AT_ONCE)) waiting.add(id)
      begin()
    },
    changed(cases: readonly StoredCase[]): void {
      const fresh = cases.filter((c) => mayActOn(c, false))
      if (fresh.length === 0 || threshold() === null) return
      for (const { id } of fresh) waiting.add(id)
      begin()
    },
    async idle(): Promise<void> {
      while (running !== null) await running
    },
    async stop(): Promise<void> {
      stopped = true
      await running
    },
  }
}

/** As the journal says it: "suggested, 0.93 ≥ 0.90, as in 14 earlier cases". */
export const noteOf = ({ certainty, threshold, precedents }: FollowedSuggestion): string =>
  `suggested, ${Math.floor(certainty * 100) / 100} ≥ ${threshold.toFixed(2)}, as in ${precedents} earlier cases`
