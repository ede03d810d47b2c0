import type { Said } from '#shared/model/said.ts'
import { said } from '#shared/words/said.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { Log } from '#engine/platform/log.ts'
import { lastSeq } from './queries/mentions.ts'
import type { Store } from './store.ts'

const DAY_MS = 86_400_000
const LOOK_MS = 3_600_000
/** Not while the station starts. */
const FIRST_LOOK_MS = 5 * 60_000

/** A backup a day, when something is stored. Returns the way to end it. A failure is said and tried again an hour later. */
export function keepDailyBackups(deps: { store: Store; clock: Clock; log: Log }): () => void {
  const { store, clock, log } = deps
  let told: Said | null = null
  let toldAhead: Said | null = null
  let running = false
  let cancel = clock.after(FIRST_LOOK_MS, look)

  function look(): void {
    cancel = clock.after(LOOK_MS, look)
    if (running) return
    tellAhead()
    const last = store.lastBackupAt
    if ((last !== null && clock.now() - last < DAY_MS) || lastSeq(store) === 0) return
    running = true
    const made = store.backup().then(
      ({ file, mentions }) => {
        log.log('info', 'Made the daily backup', { file, mentions })
        if (told !== null && store.problem === told) store.report(null)
        told = null
      },
      (error: unknown) => {
        log.log('error', 'The daily backup failed', {}, error)
        if (store.problem !== null && store.problem !== told) return
        const reason = error instanceof Error ? error.message : String(error)
        told = said('store.backupFailed', { why: reason, file: store.file })
        store.report(told)
      },
    )
    void made.finally(() => {
      running = false
    })
  }

  /** Backups go on beside it; somebody must know that the date in its name is none. */
  function tellAhead(): void {
    const ahead = store.backupAhead
    if (ahead === null) {
      if (toldAhead !== null && store.problem === toldAhead) store.report(null)
      toldAhead = null
      return
    }
    if (toldAhead !== null) return
    toldAhead = said('store.backupAhead', { file: ahead })
    log.log('warn', 'A backup has a date that is still to come', { file: ahead })
    if (store.problem === null) store.report(toldAhead)
  }

  return () => cancel()
}
