import { fold } from '#shared/query/fold.ts'
import { tokenize } from '#shared/query/tokenize.ts'
import { cardKey } from '#engine/alerts/detect/crisis.ts'
import { judgeClocks } from '#engine/alerts/detect/due-clocks.ts'
import { judgeEar } from '#engine/alerts/detect/ear.ts'
import type { Sensitivity } from '#engine/alerts/detect/verdict.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { Log } from '#engine/platform/log.ts'
import {
  clocksBefore,
  closedOf,
  heardWithin,
  watchedListens,
  type CauseMention,
} from '#engine/store/queries/alert-counts.ts'
import { putWatchState, watchStates } from '#engine/store/queries/alerts.ts'
import { readDesks } from '#engine/store/queries/desks.ts'
import { readSettings } from '#engine/store/queries/settings.ts'
import { readListens } from '#engine/store/queries/listens.ts'
import { offsetIn } from '#engine/store/queries/local-time.ts'
import { problemId, problemRow } from '#engine/store/queries/problems.ts'
import { numbersOf } from '#engine/store/listen-numbers.ts'
import { sourceNumber } from '#engine/store/numbers.ts'
import { ALL } from '#engine/store/rollups.ts'
import type { Store } from '#engine/store/store.ts'
import type { Lexicon } from '#engine/understanding/concepts/lexicon.ts'
import type { MeaningOf } from '#engine/understanding/encoder/open.ts'
import type { AlertBook } from './book.ts'
import type { Expectation } from './chart.ts'
import { causeOf, noCause, type Cause } from './cause.ts'
import { createCrises, type Judged } from './crises.ts'
import { judgedListens } from './listen-watch.ts'
import { createCountedWatch, type CountedWatch } from './counted-watch.ts'
import { createCopiesWatch } from './copies-watch.ts'
import { createWordWatch } from './word-watch.ts'
import { createShareBook } from './share-book.ts'
import { judgedVoices } from './voice-watch.ts'
import { plannedFor } from './planned-silences.ts'
import { createKinship } from './kinship.ts'
import { createAreOne } from './one-fault.ts'
import { createProblemWatch } from './problem-watch.ts'
import { createSeriesBook, type Pair } from './series-book.ts'

/** How a source stands, as collect knows it. */
export interface Ear {
  id: string
  name: string
  broken: boolean
  everyMinutes: number
}

export interface WatchDeps {
  store: Store
  clock: Clock
  log: Log
  /** IANA name of the station's zone. */
  timeZone: string
  book: AlertBook
  /** Sources that are switched on and listen by themselves. */
  ears(): readonly Ear[]
  /** As it is now, with the station's own names. */
  lexicon(): Lexicon
  /** What a text means; null: words alone say what is alike. */
  meaningOf: MeaningOf | null
}

const MINUTE = 60_000
/** A minute is looked at so long after it is over: what was fetched in it is stored by then. */
const AFTER_MS = 5_000
/** What is found so many minutes later is no alarm any more, only said. */
const LATE_AFTER = 10
/** Minutes that are caught up at most: what is longer ago is looked at nowhere. */
const MOST_BEHIND = 24 * 60
/** Set back further than this, the clock was wrong before. */
const BACK_MINUTES = 60
const FORGET_EVERY = 5
/** What a rule says is looked for so often: somebody asked to be told at once. */
const WORDS_MS = 5_000
const READ_FOR_CAUSE = 300
const CLOCKS_MINUTES = 60
/** Of what a listen heard above usual, so much is of a problem that is behind it. */
const MUCH = 0.15

export interface Watch {
  start(): void
  stop(): void
  /** Looks at every minute that is over and was not looked at. Called each minute; tests and a station that wakes call it. */
  look(): void
  /** For the band of a card's chart. */
  readonly expectation: Expectation
  /** The same of numbers that are counted elsewhere. */
  readonly counted: CountedWatch['expected']
  /** What drives a problem in the hour before `at`. */
  causeOfProblem(no: number, at: number): Cause
}

/** Long: each kind of what is looked at, a few lines over the same memories. The alarm: each minute that is over goes through the detectors, and what they say becomes cards. */
export function createWatch(deps: WatchDeps): Watch {
  const { store, clock, log, book } = deps
  const offset = offsetIn(deps.timeZone)
  const series = createSeriesBook(store, offset)
  const counted = createCountedWatch(store, offset)
  const shares = createShareBook(store)
  const judgedCopies = createCopiesWatch(store)
  const kinship = createKinship(deps.lexicon, deps.meaningOf)
  const problems = createProblemWatch(store, kinship)
  const areOne = createAreOne(store, problems)
  const crises = createCrises(store, book, {
    areOne,
    silenced: plannedFor(store),
    coolMinutes: () => readSettings(store).alertCoolHours * 60,
  })
  let looked = watchStates(store, 'looked')[0]?.at ?? null
  /** The minute in which it first looked; one that looked before this was kept began long ago. */
  let began = watchStates(store, 'began')[0]?.at ?? (looked === null ? null : 0)
  /** Since when a source fails, minutes. */
  const failing = new Map<string, number>()
  let cancel: (() => void) | null = null
  let cancelWords: (() => void) | null = null

  const namesHeard = (): ReadonlySet<string> =>
    new Set(readListens(store).flatMap(({ query, name }) => tokenize(`${query} ${name}`).map(({ norm }) => fold(norm))))
  const named = () => ({
    stationId: store.stationId,
    skip: namesHeard(),
    problem(no: number) {
      const row = problemRow(store, no)
      return row && row.merged_into === null ? { id: problemId(no), label: row.label } : null
    },
    readFirst: kinship.readFirst,
  })
  const causeFrom = (mentions: readonly CauseMention[]): Cause => causeOf(mentions, named())

  /** Listens that heard at least half of it. */
  function listensOf(mentions: readonly CauseMention[]): string[] {
    const counts = new Map<string, number>()
    for (const { listens } of mentions)
      for (const no of listens?.split(',') ?? []) counts.set(no, (counts.get(no) ?? 0) + 1)
    return [...counts].filter(([, n]) => n * 2 >= mentions.length).map(([no]) => `listen:${no}`)
  }

  /** Problems that are so much of it that it is likely theirs. */
  function faultsOf(mentions: readonly CauseMention[]): string[] {
    const counts = new Map<number, number>()
    for (const { problem } of mentions) if (problem !== null) counts.set(problem, (counts.get(problem) ?? 0) + 1)
    return [...counts].filter(([, n]) => n >= mentions.length * MUCH).map(([no]) => `problem:${no}`)
  }

  const subjectsOf = (mentions: readonly CauseMention[]): string[] => [...listensOf(mentions), ...faultsOf(mentions)]
  const words = createWordWatch(store, {
    causeFrom,
    subjectsOf,
    coolMinutes: () => readSettings(store).alertCoolHours * 60,
  })

  function* judgedEars(
    ears: readonly Ear[],
    minute: number,
    caughtUp: boolean,
    sensitivity: Sensitivity,
  ): Generator<Judged> {
    for (const { id, name, broken, everyMinutes } of ears) {
      if (broken && caughtUp) failing.set(id, failing.get(id) ?? minute)
      else if (!broken) failing.delete(id)
      const since = failing.get(id)
      const no = sourceNumber(store, id)
      const pair: Pair = { listen: ALL, source: no ?? ALL }
      if (no !== null) series.take(pair, minute, caughtUp)
      const reading = no === null ? null : series.look(pair, 'all', minute, since === undefined)
      const look = {
        at: minute * MINUTE,
        failingSince: since === undefined ? null : since * MINUTE,
        everyMinutes,
        reading,
      }
      yield {
        key: cardKey('ear', `source:${id}`),
        verdict: judgeEar(look, sensitivity),
        about: { kind: 'source', id, name },
        subjects: () => [`source:${id}`],
        cause: () => noCause,
      }
    }
  }

  function* judgedClocks(at: number, sensitivity: Sensitivity): Generator<Judged> {
    const names = new Map(readDesks(store).map(({ id, name }) => [id, name]))
    for (const { desk, due, untaken } of clocksBefore(store, at, at + CLOCKS_MINUTES * MINUTE)) {
      const week = closedOf(store, desk, at - 7 * 24 * 60 * MINUTE)
      const usuallyDone = week === 0 ? null : week / (7 * 24)
      yield {
        key: cardKey('clocks', `desk:${desk}`),
        verdict: judgeClocks({ minutes: CLOCKS_MINUTES, due, untaken, usuallyDone }, sensitivity),
        about: { kind: 'desk', id: desk, name: names.get(desk) ?? '' },
        subjects: () => [`desk:${desk}`],
        cause: () => noCause,
      }
    }
  }

  /** `behind`: how many minutes ago it was over. */
  function minuteOver(minute: number, behind: number, ears: readonly Ear[]): void {
    const at = (minute + 1) * MINUTE
    const late = behind > LATE_AFTER
    const caughtUp = behind <= 1
    const { alertSensitivity: sensitivity, listenSensitivities } = readSettings(store)
    const listens = watchedListens(store)
    const broken = ears.filter((ear) => ear.broken).map(({ id }) => id)
    series.arrived(minute)
    // A minute of the past in which nothing was heard may be one in which nobody listened.
    const all = series.take({ listen: ALL, source: ALL }, minute, caughtUp)
    const deaf = ears.length > 0 && ears.every(({ broken }) => broken)
    const heard = caughtUp ? !deaf : all.all > 0
    const sensitivityOf = (id: string): Sensitivity => listenSensitivities[id] ?? sensitivity
    const listening = { series, shares, sensitivityOf, causeFrom, subjectsOf }
    for (const judged of judgedListens(store, listening, listens, { minute, caughtUp, heard, broken }))
      crises.step(judged, at, late)
    const voices = {
      listens,
      minute,
      heard: heard && broken.length === 0,
      sensitivity,
      shares,
      causeFrom,
      countOf: (no: number) => series.taken({ listen: no, source: ALL }).all,
      mentionsOf: (no: number, minutes: number) => heardWithin(store, no, at - minutes * MINUTE, at, READ_FOR_CAUSE),
    }
    for (const judged of judgedVoices(store, voices)) crises.step(judged, at, late)
    if (!late) for (const judged of judgedEars(ears, minute, caughtUp, sensitivity)) crises.step(judged, at, late)
    if (!caughtUp) return
    for (const judged of judgedCopies(minute, sensitivity, causeFrom, subjectsOf)) crises.step(judged, at, late)
    for (const judged of problems.judged(
      at,
      { sensitivity, knownHours: (minute - (began ?? minute)) / 60 },
      causeFrom,
      listensOf,
    ))
      crises.step(judged, at, judged.newestAt < at - LATE_AFTER * MINUTE)
    for (const judged of judgedClocks(at, sensitivity)) crises.step(judged, at, late)
    for (const judged of counted.judged(minute, sensitivity)) crises.step(judged, at, late)
    crises.calm(at)
  }

  function look(): void {
    lookAtWords()
    const last = Math.floor((clock.now() - AFTER_MS) / MINUTE) - 1
    if (looked !== null && last < looked - BACK_MINUTES) {
      log.log('info', 'The clock was set back: alerts count from now on', { minutes: looked - last })
      series.back()
      counted.back()
      shares.back()
      crises.back(clock.now())
      looked = last - 1
    }
    // What was stored before the watch began is history.
    const from = Math.max(looked === null ? last : looked + 1, last - MOST_BEHIND)
    if (from > last) return
    if (last - from > LATE_AFTER)
      log.log('info', 'Minutes in which nobody looked are caught up; what stood out in them is said and not told', {
        minutes: last - from,
      })
    const ears = deps.ears()
    began ??= from
    store.transaction(() => {
      for (let minute = from; minute <= last; minute++) minuteOver(minute, last - minute + 1, ears)
      looked = last
      crises.save(last)
      if (last % FORGET_EVERY === 0 || last !== from) {
        series.forgetOthers()
        counted.forgetOthers(last)
        shares.forgetOthers()
      }
      keep(last, last !== from)
    })
  }

  function lookAtWords(): void {
    const at = clock.now()
    store.transaction(() => {
      let any = false
      for (const { late, ...judged } of words.judged(at)) {
        crises.step(judged, at, late)
        any = true
      }
      if (any) crises.save(Math.floor(at / MINUTE))
    })
  }

  function keep(minute: number, all: boolean): void {
    series.save(minute, all)
    counted.save(minute, all)
    shares.save(minute, all)
    words.keep(minute)
    putWatchState(store, { name: 'looked', at: minute, content: '' })
    putWatchState(store, { name: 'began', at: began ?? minute, content: '' })
  }

  function round(): void {
    try {
      look()
    } catch (error) {
      log.log('error', 'The look for alerts failed and is done again in a minute', {}, error)
    }
    const wait = MINUTE - ((clock.now() - AFTER_MS) % MINUTE)
    cancel = clock.after(wait, round)
  }

  function roundOfWords(): void {
    try {
      lookAtWords()
    } catch (error) {
      log.log('error', 'The look for what rules say failed and is done again in seconds', {}, error)
    }
    cancelWords = clock.after(WORDS_MS, roundOfWords)
  }

  const expectation: Expectation = ({ kind, id }, of, minute, width) => {
    const aspect = of === 'negative' ? 'negative' : 'all'
    if (kind === 'source') return expectedOf({ listen: ALL, source: sourceNumber(store, id ?? '') ?? -1 }, aspect)
    const no = kind === 'listen' ? numbersOf(store, [id ?? ''])[0] : undefined
    return no === undefined ? null : expectedOf({ listen: no, source: ALL }, aspect)
    function expectedOf(pair: Pair, counted: 'all' | 'negative') {
      return series.expected(pair, counted, minute, width)
    }
  }

  return {
    expectation,
    causeOfProblem: (no, at) => causeFrom(problems.said(no, at)),
    counted: counted.expected,
    look,
    start() {
      cancel ??= clock.after(MINUTE - ((clock.now() - AFTER_MS) % MINUTE), round)
      cancelWords ??= clock.after(WORDS_MS, roundOfWords)
    },
    stop() {
      cancel?.()
      cancelWords?.()
      cancel = cancelWords = null
      if (looked !== null) {
        const minute = looked
        store.transaction(() => {
          crises.save(minute)
          keep(minute, true)
        })
      }
    },
  }
}
