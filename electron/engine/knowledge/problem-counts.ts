import type { Reads } from '#engine/store/reads.ts'
import { countSince, eventsSince, memberOf, problemTotals } from '#engine/store/queries/problems.ts'

export interface Count {
  mentions: number
  authors: number
}

/**
 * How many mentions by how many people a problem has, in all and within the last minutes. Kept in memory for the problems that are being
 * spoken of, so that the ten-thousandth complaint costs what the tenth did; SQLite is asked for all others.
 */
export interface ProblemCounts {
  of(no: number, seenAt: number, windows: readonly number[]): { all: Count; within: Count[] }
  /** A member was written. */
  added(no: number, mentionSeq: number, seenAt: number, authorKey: number | null): void
  /** Members moved: nothing that is remembered holds any longer. */
  forget(): void
}

/** Authors and mentions that all remembered problems may hold together: a few megabytes. */
const MOST_KEPT = 300_000
const MINUTE = 60_000

/** Mentions from `head` on are within the window; unknown authors count as one each, nobody can say that they are the same. */
interface Window {
  head: number
  authors: Map<number, number>
  unknown: number
}
interface Kept {
  mentions: number
  authors: Set<number>
  unknown: number
  /** In order of arrival, as far back as the longest window. */
  times: number[]
  keys: (number | null)[]
  windows: Map<number, Window>
  longest: number
  /** From here on, `times` is complete. */
  since: number
}

// Long: one table in memory with everything that adds to it, drops from it and reads it.
export function createProblemCounts(reads: Reads): ProblemCounts {
  const kept = new Map<number, Kept>()
  let size = 0
  /** The member written last: when it is gone, its transaction was rolled back and with it what was counted. */
  let last: number | null = null

  function forget(): void {
    kept.clear()
    size = 0
    last = null
  }

  const checkLast = (): void => {
    if (last !== null && memberOf(reads, last) === undefined) forget()
  }

  function load(no: number, seenAt: number, windows: readonly number[]): Kept {
    const longest = Math.max(0, ...windows)
    const { mentions, authors } = problemTotals(reads, no)
    const known = authors.filter((key) => key !== null)
    const made: Kept = {
      mentions,
      authors: new Set(known),
      unknown: authors.length - known.length,
      times: [],
      keys: [],
      windows: new Map(),
      longest,
      since: seenAt - longest * MINUTE,
    }
    if (longest > 0) {
      for (const { at, author } of eventsSince(reads, no, seenAt - longest * MINUTE)) {
        made.times.push(at)
        made.keys.push(author)
      }
    }
    for (const minutes of windows) made.windows.set(minutes, windowFrom(made, seenAt - minutes * MINUTE))
    remember(no, made)
    return made
  }

  function remember(no: number, made: Kept): void {
    kept.set(no, made)
    size += made.authors.size + made.times.length
    for (const [oldest, { authors, times }] of kept) {
      if (size <= MOST_KEPT || oldest === no) break
      kept.delete(oldest)
      size -= authors.size + times.length
    }
  }

  function drop(no: number): void {
    const found = kept.get(no)
    if (!found) return
    kept.delete(no)
    size -= found.authors.size + found.times.length
  }

  return {
    of(no, seenAt, windows) {
      checkLast()
      let one = kept.get(no)
      if (one && windows.some((minutes) => !one!.windows.has(minutes))) {
        drop(no)
        one = undefined
      }
      one ??= load(no, seenAt, windows)
      const within = windows.map((minutes) => {
        const from = seenAt - minutes * MINUTE
        const window = one.windows.get(minutes)!
        // Asked about an earlier moment than before: the window has moved on.
        if (from < one.since || (window.head > 0 && one.times[window.head - 1]! >= from))
          return countSince(reads, no, from)
        advance(one, window, from)
        return { mentions: one.times.length - window.head, authors: window.authors.size + window.unknown }
      })
      return { all: { mentions: one.mentions, authors: one.authors.size + one.unknown }, within }
    },
    added(no, mentionSeq, seenAt, authorKey) {
      checkLast()
      last = mentionSeq
      const one = kept.get(no)
      if (!one) return
      if (one.longest > 0 && (one.times.at(-1) ?? 0) > seenAt) return drop(no)
      one.mentions++
      size++
      if (authorKey === null) one.unknown++
      else if (!one.authors.has(authorKey)) {
        one.authors.add(authorKey)
        size++
      }
      if (one.longest === 0) return
      one.times.push(seenAt)
      one.keys.push(authorKey)
      for (const window of one.windows.values()) {
        if (authorKey === null) window.unknown++
        else window.authors.set(authorKey, (window.authors.get(authorKey) ?? 0) + 1)
      }
      shorten(one)
    },
    forget,
  }

  /** Drops what no window reaches any more, a thousand at a time. */
  function shorten(one: Kept): void {
    const past = Math.min(...[...one.windows.values()].map(({ head }) => head))
    if (past < 1000) return
    one.since = one.times[past - 1]! + 1
    one.times.splice(0, past)
    one.keys.splice(0, past)
    size -= past
    for (const window of one.windows.values()) window.head -= past
  }
}

function windowFrom({ times, keys }: Kept, from: number): Window {
  const window: Window = { head: 0, authors: new Map(), unknown: 0 }
  while (window.head < times.length && times[window.head]! < from) window.head++
  for (let at = window.head; at < times.length; at++) {
    const key = keys[at]!
    if (key === null) window.unknown++
    else window.authors.set(key, (window.authors.get(key) ?? 0) + 1)
  }
  return window
}

function advance({ times, keys }: Kept, window: Window, from: number): void {
  for (; window.head < times.length && times[window.head]! < from; window.head++) {
    const key = keys[window.head]!
    if (key === null) {
      window.unknown--
      continue
    }
    const left = window.authors.get(key)! - 1
    if (left === 0) window.authors.delete(key)
    else window.authors.set(key, left)
  }
}
