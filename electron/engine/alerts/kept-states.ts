import { putWatchState, removeWatchState, watchStates } from '#engine/store/queries/alerts.ts'
import type { WritingStore } from '#engine/store/store.ts'

/** Each state is written once in so many minutes, a part of them each minute: a crash costs that much of a series, as a gap. */
const EVERY_MINUTES = 30
/** Shorter lists are written as they are. */
const LONG = 24
const RUNS = '~'

/** States of series by name: kept in memory, written now and then. */
export interface KeptStates<State> {
  get(name: string): State | undefined
  set(name: string, state: State): void
  /** It was looked at, and is another now. */
  touch(name: string): void
  entries(): IterableIterator<[string, State]>
  /** Writes those whose turn this minute is; inside or outside a transaction. `all`: every one that changed. */
  save(minute: number, all?: boolean): void
  /** Lets go of those that were not touched since the last time. Returns their names. */
  forgetOthers(): string[]
}

export function createKeptStates<State>(store: WritingStore, prefix: string): KeptStates<State> {
  const states = new Map<string, State>()
  const turns = new Map<string, number>()
  const changed = new Set<string>()
  const looked = new Set<string>()
  let nextTurn = 0
  const set = (name: string, state: State): void => {
    if (!states.has(name)) turns.set(name, nextTurn++ % EVERY_MINUTES)
    states.set(name, state)
  }
  for (const { name, content } of watchStates(store, prefix)) set(name, unpack<State>(content))
  return {
    get: (name) => states.get(name),
    set,
    touch(name) {
      changed.add(name)
      looked.add(name)
    },
    entries: () => states.entries(),
    save(minute, all = false) {
      const turn = minute % EVERY_MINUTES
      for (const name of changed) {
        if (!all && turns.get(name) !== turn) continue
        putWatchState(store, { name: prefix + name, at: minute, content: pack(states.get(name)) })
        changed.delete(name)
      }
    },
    forgetOthers() {
      const gone = [...states.keys()].filter((name) => !looked.has(name))
      for (const name of gone) {
        states.delete(name)
        turns.delete(name)
        changed.delete(name)
        removeWatchState(store, prefix + name)
      }
      looked.clear()
      return gone
    },
  }
}

/** JSON in which long lists of numbers stand as runs: most minutes of most series are alike. Six digits are enough. */
export function pack(state: unknown): string {
  return JSON.stringify(state, (_, value: unknown) => {
    if (typeof value === 'number' && !Number.isInteger(value)) return Number(value.toPrecision(6))
    if (!Array.isArray(value) || value.length < LONG || !value.every((one) => typeof one === 'number')) return value
    const runs: number[] = []
    for (const one of value) {
      const number = Number.isInteger(one) ? one : Number(one.toPrecision(6))
      if (runs.length > 0 && runs.at(-2) === number) runs[runs.length - 1]!++
      else runs.push(number, 1)
    }
    return runs.length < value.length ? { [RUNS]: runs } : value
  })
}

export function unpack<State>(content: string): State {
  return JSON.parse(content, (_, value: unknown) => {
    const runs = value !== null && typeof value === 'object' ? (value as Record<string, unknown>)[RUNS] : undefined
    if (!Array.isArray(runs)) return value
    const list: number[] = []
    for (let at = 0; at < runs.length; at += 2)
      for (let times = runs[at + 1] as number; times > 0; times--) list.push(runs[at] as number)
    return list
  }) as State
}
