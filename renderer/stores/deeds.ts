import { defineStore } from 'pinia'
import { onScopeDispose, shallowRef } from 'vue'
import type { MentionCard } from '#shared/model/mention-card.ts'
import { createSignal } from '#shared/util/signal.ts'

/** One thing the officer did, and how to take it back. */
export interface Deed {
  text: string
  undo(): Promise<{ card: MentionCard | null; cannot: string | null }>
  /** Where it says so and offers to take it back. */
  toast: number
}
const MOST_UNDOS = 200

/** What this page did to mentions: in turn, to be taken back, and told to every list that shows them. */
export const useDeeds = defineStore('deeds', () => {
  const done = shallowRef<readonly Deed[]>([])
  /** As the station has it now. */
  const changed = createSignal<[MentionCard]>()
  /** As it will be once the station has confirmed it, or as it was when it did not. */
  const expected = createSignal<[MentionCard]>()
  let last: Promise<unknown> = Promise.resolve()
  let underWay = 0
  /** What came of a mention while more is under way: what was asked for meanwhile was not said of an older version. */
  const made = new Map<string, MentionCard>()

  return {
    done,
    /** The entries of one engine mean nothing to another: called when the page meets a different station. */
    $reset: () => void (done.value = []),
    add: (deed: Deed) => void (done.value = [...done.value, deed].slice(-MOST_UNDOS)),
    /** The newest, which is then no longer among them. */
    take(): Deed | undefined {
      const newest = done.value.at(-1)
      done.value = done.value.slice(0, -1)
      return newest
    },
    announce(card: MentionCard) {
      if (underWay) made.set(card.mention.id, card)
      changed.tell(card)
    },
    expect: (card: MentionCard) => expected.tell(card),
    /** Hears of every mention that this page changed, at once, before the station's own patch comes round. */
    listen(onChanged: (card: MentionCard) => void, onExpected?: (card: MentionCard) => void) {
      onScopeDispose(changed.on(onChanged))
      if (onExpected) onScopeDispose(expected.on(onExpected))
    },
    /**
     * One thing after the other, however long the station takes: two quick keys are never a conflict with oneself, and
     * undo takes back what was done last.
     */
    inTurn<T>(work: () => Promise<T>): Promise<T> {
      underWay++
      const mine = last.then(work)
      last = mine
        .catch(() => undefined)
        .finally(() => {
          if (--underWay === 0) made.clear()
        })
      return mine
    },
    newest(card: MentionCard): MentionCard {
      const own = made.get(card.mention.id)
      // A colleague may have been at it since.
      return !own || (card.case && own.case && card.case.version > own.case.version) ? card : own
    },
  }
})

/**
 * Tells of every mention that this page changed, while the calling scope lives; `expected` of what a decision will come to
 * before the station has confirmed it, and when it did not.
 */
export const useCardChanges = (changed: (card: MentionCard) => void, expected?: (card: MentionCard) => void) =>
  useDeeds().listen(changed, expected)
