import { systemClock } from '#engine/platform/clock.ts'

/** 128 MiB, and what is copied in some milliseconds. */
const LONG_LOG_PAGES = 32_768
const FEW_PAGES = 4096
/** Ingest is not held back longer than this, whatever happens to the indexer. */
const LONGEST_REST_MS = 1000

/**
 * While mentions keep coming, the log is never copied to its end by another thread and would grow for ever. When little
 * is left, ingest rests until the indexer has copied that as well: the next commit then begins the log anew. Nobody
 * waits for a lock or for the disk on this thread.
 */
export class Resting {
  /** Set while the log is being shortened. */
  now: Promise<void> | null = null
  #wakeUp: (() => void) | null = null

  /** After a checkpoint: the pages of the log, and those that are not in the file yet. true: once more, to its end. */
  shorten(pages: number, left: number): boolean {
    if (this.now) this.end()
    else if (pages >= LONG_LOG_PAGES && left > 0 && left <= FEW_PAGES) {
      this.now = new Promise((resolve) => {
        const cancel = systemClock.after(LONGEST_REST_MS, () => this.end())
        this.#wakeUp = () => {
          cancel()
          resolve()
        }
      })
      return true
    }
    return false
  }

  end(): void {
    const wakeUp = this.#wakeUp
    this.#wakeUp = null
    this.now = null
    wakeUp?.()
  }
}
