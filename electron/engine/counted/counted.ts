import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import {
  CountedSeries,
  MOST_FAULTS,
  noneTaken,
  type CountedSeriesDraft,
  type SeriesAnswer,
  type SeriesDoor,
  type SeriesReading,
  type SeriesStanding,
  type SeriesTaken,
} from '#shared/model/counted-series.ts'
import type { Actor, JournalEntry, JournalKind } from '#shared/model/journal.ts'
import type { Said } from '#shared/model/said.ts'
import { newId } from '#shared/util/ids.ts'
import { said } from '#shared/words/said.ts'
import { inEnglish } from '#shared/words/words.ts'
import { takenBack } from '#engine/journal/taken-back.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { Failure, userFailure } from '#engine/platform/failure.ts'
import {
  allSeries,
  feedFor,
  feedOf,
  firstMinute,
  lastValue,
  putValue,
  seriesById,
  valueAt,
  writeFeed,
  type StoredSeries,
} from '#engine/store/queries/counted.ts'
import { appendEntry } from '#engine/store/queries/journal.ts'
import { readListen } from '#engine/store/queries/listens.ts'
import type { WritingStore } from '#engine/store/store.ts'
import { readLines, type Line, type LineFault } from './lines.ts'
import { readSent } from './sent.ts'

const MINUTE = 60_000
const DAY_MINUTES = 1_440
/** Of minutes that are longer ago nothing is kept. */
export const KEPT_MINUTES = 400 * DAY_MINUTES
/** A number of a minute that is to come by more than this is a clock that goes wrong. */
const AHEAD_MS = 5 * MINUTE
/** A number that is not older is of now: it is judged, and its series counts as one that is fed. */
export const LIVE_MINUTES = 30
/** A series that was fed and has brought nothing for so many minutes and numbers is quiet. */
export const QUIET_MINUTES = 10
export const QUIET_NUMBERS = 3
const KNOWN_DAYS = 14
const MOST_SERIES = 200

/** Numbers that are counted elsewhere: the series, and what comes of each. */
export interface Counted {
  all(): SeriesStanding[]
  get(id: string): CountedSeries
  /** `undo`: the entry that takes it back. */
  save(draft: CountedSeriesDraft, actor: Actor): { series: CountedSeries; undo: number }
  remove(id: string, actor: Actor): { undo: number }
  /** A new key for the program that sends its numbers; the one before opens nothing more. It is told this once. */
  newKey(id: string, actor: Actor): { key: string; undo: number }
  /** A block of a file of separated values, see `readLines`. */
  takeLines(
    id: string,
    block: { text: string; reading: SeriesReading | null; firstLine: number },
  ): { taken: SeriesTaken; reading: SeriesReading }
  readonly door: SeriesDoor
  undo(entry: JournalEntry, actor: Actor): Said
}

const hashOf = (key: string): string => createHash('sha256').update(`earshot series\n${key}`).digest('hex')
/** In a time that says nothing of where two differ. */
const isSame = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(a), Buffer.from(b))
/** Without the key's hash. */
const shown = (stored: StoredSeries): CountedSeries => CountedSeries.parse(stored)

// Long: what can be done with series, a few lines each over the journal and their numbers.
export function createCounted({
  store,
  clock,
  timeZone,
}: {
  store: WritingStore
  clock: Clock
  /** IANA name of the station's zone. */
  timeZone: string
}): Counted {
  const enter = (kind: JournalKind, actor: Actor, data: Record<string, unknown>): number =>
    store.transaction(() => appendEntry(store, { at: clock.now(), kind, actor, data }))

  function existing(id: string): StoredSeries {
    const known = seriesById(store, id)
    if (known === undefined) throw new Failure('user', 'counted.gone')
    return known
  }

  function standing(stored: StoredSeries): SeriesStanding {
    const { id, enabled, everyMinutes, keyHash } = stored
    const feed = feedOf(store, id)
    const first = feed && firstMinute(store, feed.no)
    const last = feed && lastValue(store, feed.no)
    const now = Math.floor(clock.now() / MINUTE)
    const state = (): SeriesStanding['state'] => {
      if (!enabled) return 'off'
      if (feed === undefined || first === undefined || last === undefined) return 'empty'
      if (isQuiet({ everyMinutes, liveAt: feed.liveAt, last: last.minute, now })) return 'quiet'
      return last.minute - first < KNOWN_DAYS * DAY_MINUTES ? 'learning' : 'live'
    }
    return {
      series: shown(stored),
      state: state(),
      hasKey: keyHash !== null,
      last: last === undefined ? null : { at: last.minute * MINUTE, value: last.value },
      since: first === undefined ? null : first * MINUTE,
    }
  }

  /** One transaction: what is new, and from where on the watch has to learn again. `add`: on top of what the minute has. */
  function put(id: string, lines: readonly (Line & { add?: boolean })[], faults: readonly LineFault[]): SeriesTaken {
    const taken: SeriesTaken = { ...noneTaken, lines: lines.length + faults.length, left: faults.length }
    const wrong: LineFault[] = [...faults]
    const now = clock.now()
    const oldest = Math.floor(now / MINUTE) - KEPT_MINUTES
    store.transaction(() => {
      const feed = feedFor(store, id)
      const newest = lastValue(store, feed.no)?.minute ?? null
      let first: number | null = null
      for (const { line, at, value, add } of lines) {
        const minute = Math.floor(at / MINUTE)
        if (at > now + AHEAD_MS) {
          wrong.push({ line, why: said('counted.ahead') })
          continue
        }
        if (minute < oldest) {
          taken.tooOld++
          continue
        }
        const before = valueAt(store, feed.no, minute)
        const after = add ? (before ?? 0) + value : value
        if (before === after) taken.same++
        else {
          taken[before === undefined ? 'stored' : 'changed']++
          putValue(store, feed.no, minute, after)
          // What comes in order needs nothing learned again.
          if (before !== undefined || (newest !== null && minute < newest)) first = Math.min(first ?? minute, minute)
        }
        if (minute * MINUTE > now - LIVE_MINUTES * MINUTE) feed.liveAt = now
      }
      if (first !== null) feed.changedFrom = Math.min(feed.changedFrom ?? first, first)
      writeFeed(store, feed)
    })
    taken.left = wrong.length
    taken.faults = wrong.sort((a, b) => a.line - b.line).slice(0, MOST_FAULTS)
    return taken
  }

  const counted: Counted = {
    all: () => allSeries(store).map(standing),
    get: (id) => shown(existing(id)),
    save({ id, ...draft }, actor) {
      const before = id === null ? null : existing(id)
      const others = allSeries(store).filter((one) => one.id !== id)
      if (before === null && others.length >= MOST_SERIES) throw userFailure('counted.tooMany', { n: MOST_SERIES })
      const called = (name: string): string => name.normalize('NFKC').toLowerCase()
      if (others.some(({ name }) => called(name) === called(draft.name)))
        throw userFailure('counted.sameName', { field: 'name' })
      if (draft.listenId !== null && draft.listenId !== before?.listenId && !readListen(store, draft.listenId))
        throw userFailure('annotation.noListen', { field: 'listenId' })
      const after: StoredSeries = { ...draft, id: before?.id ?? newId('ser'), keyHash: before?.keyHash ?? null }
      return { series: shown(after), undo: enter('series.saved', actor, { before, after }) }
    },
    remove: (id, actor) => ({ undo: enter('series.removed', actor, { before: existing(id), after: null }) }),
    newKey(id, actor) {
      const before = existing(id)
      const key = randomBytes(24).toString('base64url')
      return { key, undo: enter('series.saved', actor, { before, after: { ...before, keyHash: hashOf(key) } }) }
    },
    takeLines(id, { text, ...how }) {
      existing(id)
      const { reading, lines, faults } = readLines(text, { ...how, zone: timeZone })
      return { taken: put(id, lines, faults), reading }
    },
    door: {
      take(id, key, type, text): SeriesAnswer {
        const known = seriesById(store, id)
        // Nobody learns from here which series there are.
        const hash = known?.keyHash ?? hashOf('')
        if (!isSame(hash, hashOf(key)) || known === undefined || known.keyHash === null)
          return { status: 404, why: 'There is no such series, or this is not its key.' }
        const sent = readSent(type, text, { now: clock.now(), zone: timeZone })
        if ('why' in sent) return { status: 400, why: sent.why }
        const taken = put(id, sent.lines, sent.faults)
        if (taken.left > 0 && taken.left === taken.lines)
          return { status: 400, why: taken.faults.map(({ line, why }) => `${line}: ${inEnglish(why)}`).join(' ') }
        return { status: 200, taken }
      },
    },
    undo(entry, actor) {
      const data = takenBack(entry, (id) => seriesById(store, id))
      if (data === null) throw new Failure('user', 'undo.somethingFollowed')
      enter(data.after === null ? 'series.removed' : 'series.saved', actor, data)
      return said('undo.asBefore')
    },
  }
  return counted
}

/** Numbers came by themselves, and come no more. Minutes since 1970, `liveAt` in milliseconds. */
export function isQuiet(feed: { everyMinutes: number; liveAt: number | null; last: number; now: number }): boolean {
  const { everyMinutes, liveAt, last, now } = feed
  if (liveAt === null) return false
  return now - last > everyMinutes + Math.max(QUIET_MINUTES, QUIET_NUMBERS * everyMinutes)
}
