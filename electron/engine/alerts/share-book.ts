import { freshShare, observeShare, type ShareReading, type ShareState } from '#engine/alerts/detect/share.ts'
import type { WritingStore } from '#engine/store/store.ts'
import { createKeptStates } from './kept-states.ts'

/** Parts of wholes by name, and what is usual of each. */
export interface ShareBook {
  /** One minute on. `counts` null: it cannot be counted. `prior`: what an unknown share is taken to be. null: that minute was looked at already. */
  look(
    name: string,
    minute: number,
    counts: { part: number; whole: number } | null,
    prior?: number,
  ): ShareReading | null
  save(minute: number, all?: boolean): void
  forgetOthers(): void
  /** The clock was set back: what was counted is forgotten, what was learned stays. */
  back(): void
}

export function createShareBook(store: WritingStore): ShareBook {
  const states = createKeptStates<ShareState>(store, 'share ')
  return {
    look(name, minute, counts, prior) {
      let state = states.get(name)
      if (state === undefined) states.set(name, (state = freshShare(1, prior)))
      states.touch(name)
      return observeShare(state, minute, counts)
    },
    save: states.save,
    forgetOthers: () => void states.forgetOthers(),
    back() {
      for (const [name, state] of states.entries()) {
        state.at = null
        state.wholes.fill(-1)
        state.hour = null
        states.touch(name)
      }
    },
  }
}
