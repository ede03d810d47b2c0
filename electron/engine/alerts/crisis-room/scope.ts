import type { AlertAbout } from '#shared/model/alert.ts'
import type { Crisis } from '#shared/model/crisis.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { numbersOf } from '#engine/store/listen-numbers.ts'
import { alertById, type StoredAlert } from '#engine/store/queries/alerts.ts'
import { seriesById } from '#engine/store/queries/counted.ts'
import type { Belongings, CrisisScope } from '#engine/store/queries/crisis-numbers.ts'
import type { Reads } from '#engine/store/reads.ts'
import { followedProblems } from '#engine/alerts/followed.ts'

const KEPT_MS = 10_000

/**
 * What a card is about, for whoever answers: its problems, and where it has none what else it names. A listen of which one fault is spoken
 * hears much besides that has nothing to do with it.
 */
function subjectsOf({ about, signs }: StoredAlert): AlertAbout[] {
  const all = [about, ...signs.map((sign) => sign.about)]
  const problems = all.filter(({ kind, id }) => kind === 'problem' && id !== null)
  return problems.length > 0 ? problems : all
}

/** What belongs to a crisis, as its alerts and their problems are now. */
export function scopeOf(reads: Reads, crisis: Crisis, now: number): CrisisScope {
  const subjects = crisis.alertIds.flatMap((id) => {
    const alert = alertById(reads, id)
    return alert ? subjectsOf(alert) : []
  })
  const ids = (kind: AlertAbout['kind']): string[] => [
    ...new Set(subjects.flatMap((one) => (one.kind === kind && one.id !== null ? [one.id] : []))),
  ]
  return {
    from: crisis.countedFrom,
    to: crisis.endedAt ?? now + 1,
    problems: followedProblems(reads, ids('problem'), crisis.countedFrom),
    listens: numbersOf(reads, [
      ...ids('listen'),
      ...ids('series').flatMap((id) => seriesById(reads, id)?.listenId ?? []),
    ]),
    sources: ids('source'),
    desks: ids('desk'),
    all: subjects.some(({ kind }) => kind === 'station'),
  }
}

/** Whether a mention is one of it. */
export function isWithin(scope: CrisisScope, of: Belongings): boolean {
  if (of.at < scope.from || of.at >= scope.to) return false
  if (scope.all) return true
  if (of.problem !== null && scope.problems.includes(of.problem)) return true
  if (scope.sources.includes(of.source)) return true
  if (of.desk !== null && scope.desks.includes(of.desk)) return true
  return of.listens?.split(',').some((no) => scope.listens.includes(Number(no))) ?? false
}

/** Scopes of crises, each found anew after some seconds: a look at a case must not walk the journal. */
export function createScopes(reads: Reads, clock: Pick<Clock, 'now'>): (crisis: Crisis) => CrisisScope {
  const kept = new Map<string, { at: number; of: string; scope: CrisisScope }>()
  return (crisis) => {
    const now = clock.now()
    const of = `${crisis.alertIds.join()} ${crisis.countedFrom} ${crisis.endedAt ?? ''}`
    const known = kept.get(crisis.id)
    if (known && known.of === of && now >= known.at && now - known.at < KEPT_MS)
      return crisis.endedAt === null ? { ...known.scope, to: now + 1 } : known.scope
    const scope = scopeOf(reads, crisis, now)
    kept.set(crisis.id, { at: now, of, scope })
    return scope
  }
}
