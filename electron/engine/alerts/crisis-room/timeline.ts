import type { Crisis } from '#shared/model/crisis.ts'
import type { CrisisMoment } from '#shared/model/crisis-view.ts'
import { said } from '#shared/words/said.ts'
import type { CrisisDeed, CrisisScope } from '#engine/store/queries/crisis-numbers.ts'
import { alertById, type StoredAlert } from '#engine/store/queries/alerts.ts'
import { entriesOfAlert } from '#engine/store/queries/alert-entries.ts'
import { entriesOfCrisis } from '#engine/store/queries/crisis-entries.ts'
import { changesOfProblems } from '#engine/store/queries/problem-changes.ts'
import { problemNo, problemRow, publicMembers } from '#engine/store/queries/problems.ts'
import type { Reads } from '#engine/store/reads.ts'
import { aboutNow } from '#engine/alerts/about-now.ts'
import { momentsOfAlert, momentsOfCrisis, momentsOfProblems } from './moments.ts'

/** What is shown at most; the newest. */
const MOST = 1_000
const MOST_OF_PROBLEMS = 300
/** What happened to its cases is told together for so long. */
const TOGETHER_MS = 15 * 60_000
const MOST_NAMES = 3

/** Deeds of many people in a quarter of an hour as one line: how many, and who most. */
export function momentsOfCases(deeds: readonly CrisisDeed[]): CrisisMoment[] {
  const groups = new Map<string, { at: number; kind: CrisisDeed['kind']; by: Map<string, number>; n: number }>()
  for (const { at, kind, by } of deeds) {
    const key = `${Math.floor(at / TOGETHER_MS)} ${kind}`
    let group = groups.get(key)
    if (group === undefined) groups.set(key, (group = { at, kind, by: new Map(), n: 0 }))
    // It stands where the last of them happened.
    group.at = Math.max(group.at, at)
    group.n++
    group.by.set(by, (group.by.get(by) ?? 0) + 1)
  }
  return [...groups.values()].map(({ at, kind, by, n }) => {
    const names = [...by]
      .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      .map(([name, count]) => `${name} ${count}`)
    const who = names.slice(0, MOST_NAMES).join(', ') + (names.length > MOST_NAMES ? ' …' : '')
    const code =
      kind === 'case.replied' ? 'moment.replied' : kind === 'case.accepted' ? 'moment.accepted' : 'moment.replyFailed'
    return { at, entry: null, kind: 'cases', by: null, what: said(code, { n, who }), private: false }
  })
}

/** Everything that happened in a crisis, in order, as the journal tells it. */
export function timelineOf(
  reads: Reads,
  crisis: Crisis,
  scope: CrisisScope,
  deeds: readonly CrisisDeed[],
): { moments: CrisisMoment[]; complete: boolean } {
  const end = crisis.endedAt ?? Infinity
  const alertOf = (id: string): StoredAlert | undefined => {
    const alert = alertById(reads, id)
    return alert && aboutNow(reads, alert)
  }
  /** Also what they were called when their alerts were raised: that it went elsewhere is told of them. */
  const named = crisis.alertIds.flatMap((id) => problemNo(alertById(reads, id)?.about.id ?? '') ?? [])
  const moments = [
    ...momentsOfCrisis(entriesOfCrisis(reads, crisis), alertOf),
    ...crisis.alertIds.flatMap((id) => {
      const alert = alertOf(id)
      return alert ? momentsOfAlert(alert, entriesOfAlert(reads, alert)) : []
    }),
    ...momentsOfProblems(
      changesOfProblems(reads, [...new Set([...scope.problems, ...named])], scope.from, MOST_OF_PROBLEMS),
      (id) => publicMembers(reads, problemNo(id) ?? -1) === 0,
      (id) => problemRow(reads, problemNo(id) ?? -1)?.label ?? '',
    ),
    ...momentsOfCases(deeds),
  ]
    // What is said of it afterwards belongs to it; what its alerts did then does not.
    .filter(({ at, kind }) => at <= end || kind === 'crisis' || kind === 'comment')
    .sort((a, b) => a.at - b.at || (a.entry ?? Infinity) - (b.entry ?? Infinity))
  return { moments: moments.slice(-MOST), complete: moments.length <= MOST }
}
