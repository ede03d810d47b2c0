import type { AlertAbout } from '#shared/model/alert.ts'
import { cardKey } from '#engine/alerts/detect/crisis.ts'
import { judgeMood } from '#engine/alerts/detect/mood.ts'
import type { Detector, Sensitivity, Verdict } from '#engine/alerts/detect/verdict.ts'
import { judgeFall, judgeRise } from '#engine/alerts/detect/volume.ts'
import { heardWithin, type CauseMention, type WatchedListen } from '#engine/store/queries/alert-counts.ts'
import { ALL } from '#engine/store/rollups.ts'
import type { Reads } from '#engine/store/reads.ts'
import { noCause, type Cause } from './cause.ts'
import { deafOf, SOME } from './deaf.ts'
import type { Judged } from './crises.ts'
import type { SeriesBook } from './series-book.ts'
import type { ShareBook } from './share-book.ts'

const MINUTE = 60_000
const READ_FOR_CAUSE = 300
/** So much of what a listen usually hears may come from ears that are broken before nothing of it can be counted. */
const MOST = 0.5

export interface ListenWatchDeps {
  series: SeriesBook
  shares: ShareBook
  sensitivityOf(listenId: string): Sensitivity
  causeFrom(mentions: readonly CauseMention[]): Cause
  /** What else mentions belong to. */
  subjectsOf(mentions: readonly CauseMention[]): string[]
}

/** More than usual, less, more that is negative, a mood that dips: of each listen, in the minute that is over. `broken`: sources that fail, as ids. */
export function* judgedListens(
  reads: Reads,
  deps: ListenWatchDeps,
  listens: readonly WatchedListen[],
  { minute, caughtUp, heard, broken }: { minute: number; caughtUp: boolean; heard: boolean; broken: readonly string[] },
): Generator<Judged> {
  const end = (minute + 1) * MINUTE
  for (const { no, id, name } of listens) {
    const pair = { listen: no, source: ALL }
    const counts = deps.series.take(pair, minute, caughtUp)
    const sensitivity = deps.sensitivityOf(id)
    const about: AlertAbout = { kind: 'listen', id, name }
    const deaf = deafOf(reads, no, broken, end)
    const isHeard = heard && deaf < MOST
    const judged = (detector: Detector, verdict: Verdict | null | undefined): Judged => {
      const mentions = (): CauseMention[] =>
        heardWithin(reads, no, end - (verdict?.minutes ?? 60) * MINUTE, end, READ_FOR_CAUSE)
      return {
        key: cardKey(detector, `listen:${no}`),
        verdict,
        about,
        subjects: () => [`listen:${no}`, ...deps.subjectsOf(mentions())],
        // What was not said says nothing of why.
        cause: () => (detector === 'fall' ? noCause : deps.causeFrom(mentions())),
      }
    }
    const all = deps.series.look(pair, 'all', minute, isHeard)
    if (all !== null) {
      yield judged('rise', isHeard ? judgeRise(all, sensitivity) : undefined)
      yield judged('fall', isHeard && deaf < SOME ? judgeFall(all, sensitivity) : undefined)
    }
    const negative = deps.series.look(pair, 'negative', minute, isHeard)
    if (negative !== null) yield judged('negative', isHeard ? judgeRise(negative, sensitivity, 'negative') : undefined)
    const share = deps.shares.look(
      `listen:${no}`,
      minute,
      isHeard ? { part: Math.min(counts.negative, counts.all), whole: counts.all } : null,
    )
    if (share !== null) yield judged('mood', isHeard ? judgeMood(share, sensitivity) : undefined)
  }
}
