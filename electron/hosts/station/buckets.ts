import { elapsed } from '#shared/util/elapsed.ts'

/** Tokens by key: `burst` at once, and `perSecond` more. */
export interface Buckets {
  /** Takes one and returns 0; when there is none, takes none and returns after how many ms there will be. */
  take(key: string): number
}

export function createBuckets(options: { perSecond: number; burst: number; now(): number }): Buckets {
  const { perSecond, burst, now } = options
  if (perSecond === Number.POSITIVE_INFINITY) return { take: () => 0 }
  const left = new Map<string, { tokens: number; at: number }>()
  return {
    take(key) {
      const at = now()
      const known = left.get(key) ?? { tokens: burst, at }
      const tokens = Math.min(burst, known.tokens + (elapsed(known.at, at) / 1000) * perSecond)
      // Keys that are full again are forgotten: they would come back full.
      if (left.size > 10_000)
        for (const [old, { at: seen }] of left) if (at - seen > (burst / perSecond) * 1000) left.delete(old)
      left.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, at })
      return tokens >= 1 ? 0 : Math.ceil(((1 - tokens) / perSecond) * 1000)
    },
  }
}
