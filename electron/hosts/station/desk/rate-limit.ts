import { isRecent } from '#shared/util/elapsed.ts'

/** At most `most` in `windowMs` for one key, in fixed windows; forgets the oldest keys beyond `keysMost`. */
export interface RateLimit {
  /** true: there is room, and it is taken. */
  take(key: string): boolean
}

export function createRateLimit(options: {
  most: number
  windowMs: number
  now(): number
  keysMost?: number
}): RateLimit {
  const { most, windowMs, now, keysMost = 10_000 } = options
  const windows = new Map<string, { from: number; count: number }>()
  return {
    take(key) {
      const at = now()
      const known = windows.get(key)
      if (known && isRecent(known.from, at, windowMs)) return ++known.count <= most
      windows.delete(key)
      windows.set(key, { from: at, count: 1 })
      if (windows.size > keysMost) windows.delete(windows.keys().next().value as string)
      return true
    },
  }
}
