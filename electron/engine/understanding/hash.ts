/**
 * 32-bit hashing of words without allocation. FNV-1a over UTF-16 units, finished with the mixer of MurmurHash3
 * (Appleby, public domain) so that the low bits may be used as an index.
 */
export const HASH_START = 0x811c9dc5

/** One step of FNV-1a. */
export const step = (hash: number, unit: number): number => Math.imul(hash ^ unit, 0x01000193)

export function finish(hash: number): number {
  let h = hash ^ (hash >>> 16)
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** Unfinished hash of `text`, begun from `seed`: pass it on to `step`, `combine` or `finish`. */
export function hashText(text: string, seed = HASH_START): number {
  let hash = seed
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash
}

/** An order-sensitive mix of two hashes. */
export const combine = (a: number, b: number): number => Math.imul((a << 5) ^ (a >>> 27) ^ b, 0x9e3779b1)
