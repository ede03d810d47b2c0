import { crisisCommandNames, type Crisis, type CrisisCommandName } from '#shared/model/crisis.ts'
import type { CrisisBrief } from '#shared/model/crisis-view.ts'
import { mentionSeq } from '#shared/util/ids.ts'
import { fold } from '#shared/query/fold.ts'
import { tokenize } from '#shared/query/tokenize.ts'
import { causeOf } from '#engine/alerts/cause.ts'
import type { Expectation } from '#engine/alerts/chart.ts'
import type { CrisisBook } from '#engine/alerts/crisis-room/book.ts'
import { briefOf } from '#engine/alerts/crisis-room/brief.ts'
import type { CrisisInput } from '#engine/alerts/crisis-room/deeds.ts'
import { crisisDocument } from '#engine/alerts/crisis-room/document.ts'
import { crisisChart, drawnFrom, widthFor } from '#engine/alerts/crisis-room/numbers.ts'
import { crisesOf } from '#engine/alerts/crisis-room/of-mention.ts'
import { createScopes } from '#engine/alerts/crisis-room/scope.ts'
import { timelineOf } from '#engine/alerts/crisis-room/timeline.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { starterPlans } from '#engine/starters/plans.ts'
import { newestCrises, openCrises } from '#engine/store/queries/crises.ts'
import { readListens } from '#engine/store/queries/listens.ts'
import { problemId, problemRow } from '#engine/store/queries/problems.ts'
import { readSettings } from '#engine/store/queries/settings.ts'
import type { Store } from '#engine/store/store.ts'
import { api } from './base.ts'

export interface CrisesDeps {
  store: Store
  clock: Clock
  crises: CrisisBook
  expectation: Expectation
  /** IANA name of the station's zone. */
  timeZone: string
}

/** Two looks a second at most; one costs nothing while nothing changed. A step falls due without anybody's doing. */
const LOOK_MS = 500
const DUE_LOOK_MS = 60_000
/** Many pages look at one crisis: it is counted for all of them. */
const COUNTED_FOR_MS = 10_000
/** Of the reading thread's time at most one part in so many goes into it: charts wait behind it. */
const SHARE_OF_READING = 20
const READ_FOR_CAUSE = 300
const MOST_DEEDS = 20_000

async function* liveCrises({ store, clock, crises }: CrisesDeps, signal?: AbortSignal) {
  let changed = true
  let said = 0
  const stop = crises.onChanged(() => void (changed = true))
  try {
    while (!signal?.aborted) {
      if (changed || clock.now() - said >= DUE_LOOK_MS) {
        changed = false
        said = clock.now()
        yield { open: openCrises(store).map((crisis): CrisisBrief => briefOf(crisis, said)) }
      }
      const stopped = await clock.sleep(LOOK_MS, signal).then(
        () => false,
        () => true,
      )
      if (stopped) return
    }
  } finally {
    stop()
  }
}

/** What is counted of a crisis, for everybody who looks at it within some seconds. */
function createCounting({ store, clock }: CrisesDeps, scopeOf: ReturnType<typeof createScopes>) {
  type Numbers = Awaited<ReturnType<typeof count>>
  const kept = new Map<string, { at: number; crisis: string; keptFor: number; numbers: Promise<Numbers> }>()
  function count(crisis: Crisis, now: number) {
    const scope = scopeOf(crisis)
    const from = drawnFrom(scope.from, scope.to)
    return store.reader.ask('crises.numbers', { ...scope, from, now, width: widthFor(from, scope.to) })
  }
  return (crisis: Crisis): Promise<Numbers> => {
    const now = clock.now()
    // Another alert, or its end, makes another stretch of it.
    const about = `${crisis.alertIds.join()} ${crisis.endedAt ?? ''}`
    const known = kept.get(crisis.id)
    if (known && known.crisis === about && now - known.at < known.keptFor && now >= known.at) return known.numbers
    const numbers = count(crisis, now)
    const counted = { at: now, crisis: about, keptFor: COUNTED_FOR_MS, numbers }
    kept.set(crisis.id, counted)
    numbers.then(
      () => void (counted.keptFor = Math.max(COUNTED_FOR_MS, SHARE_OF_READING * (clock.now() - now))),
      // What failed is asked anew.
      () => kept.delete(crisis.id),
    )
    return numbers
  }
}

/** Long: one handler a call of the contract, side by side. */
export function crisesApi(deps: CrisesDeps) {
  const { store, clock, crises: book, expectation, timeZone } = deps
  const { crises: room } = api
  const scopeOf = createScopes(store, clock)
  const numbersOf = createCounting(deps, scopeOf)
  const namesHeard = (): ReadonlySet<string> =>
    new Set(readListens(store).flatMap(({ query, name }) => tokenize(`${query} ${name}`).map(({ norm }) => fold(norm))))
  const plans = () => {
    const { crisisPlans, language } = readSettings(store)
    return { plans: crisisPlans.length > 0 ? crisisPlans : starterPlans(language), own: crisisPlans.length > 0 }
  }
  async function timeline(crisis: Crisis) {
    const scope = scopeOf(crisis)
    const deeds = await store.reader.ask('crises.deeds', { ...scope, most: MOST_DEEDS })
    return timelineOf(store, crisis, scope, deeds)
  }
  async function causes(crisis: Crisis) {
    const scope = scopeOf(crisis)
    const mentions = await store.reader.ask('crises.said', { ...scope, most: READ_FOR_CAUSE })
    return causeOf(mentions, {
      stationId: store.stationId,
      skip: namesHeard(),
      problem(no) {
        const row = problemRow(store, no)
        return row && row.merged_into === null ? { id: problemId(no), label: row.label } : null
      },
    }).causes
  }
  const command = <N extends CrisisCommandName>(name: N) =>
    // One of them stands for all where the compiler would follow each.
    (room[name] as typeof room.comment).handler(({ input: { id, ...input }, context }) =>
      book.do(name, id, input as never as CrisisInput<N>, context.actor),
    )
  return {
    list: room.list.handler(({ input }) => ({
      crises: newestCrises(store, input.limit).map((crisis) => briefOf(crisis, clock.now())),
    })),
    live: room.live.handler(({ signal }) => liveCrises(deps, signal)),
    one: room.one.handler(({ input }) => ({ crisis: book.get(input.id) })),
    numbers: room.numbers.handler(async ({ input }) => {
      const crisis = book.get(input.id)
      const numbers = await numbersOf(crisis)
      return { numbers, chart: crisisChart(store, crisis, numbers, expectation, clock.now()) }
    }),
    causes: room.causes.handler(async ({ input }) => ({ causes: await causes(book.get(input.id)) })),
    timeline: room.timeline.handler(({ input }) => timeline(book.get(input.id))),
    ofMention: room.ofMention.handler(({ input }) => {
      const seq = mentionSeq(store.stationId, input.mentionId)
      return { crises: seq === undefined ? [] : crisesOf(store, seq, scopeOf) }
    }),
    plans: room.plans.handler(plans),
    export: room.export.handler(async ({ input: { id, format, language } }) => {
      const crisis = book.get(id)
      const [numbers, { moments, complete }] = [await numbersOf(crisis), await timeline(crisis)]
      const text = crisisDocument({ crisis, numbers, moments, complete, format, language, timeZone })
      return { name: `${crisis.name}.${format === 'markdown' ? 'md' : 'txt'}`, text }
    }),
    start: room.start.handler(({ input, context }) =>
      book.start(input, input.plan === null ? null : (plans().plans[input.plan] ?? null), context.actor),
    ),
    ...(Object.fromEntries(crisisCommandNames.map((name) => [name, command(name)])) as unknown as {
      [N in CrisisCommandName]: ReturnType<(typeof room)[N]['handler']>
    }),
  }
}
