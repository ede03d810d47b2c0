import { combine, finish, hashText } from './hash.ts'
import { TokenKind, type Token } from './tokens.ts'

/** A 64-bit fingerprint as two unsigned 32-bit halves; posts with nearly the same words differ in few bits. */
export type Simhash = readonly [high: number, low: number]

/** Posts at this distance or nearer count as the same words. */
export const DUPLICATE_DISTANCE = 3

/**
 * Charikar's simhash over words and pairs of words. Links, handles, `rt` and punctuation do not count, so that a repost and
 * the same text with another short link fall together. null: fewer than three words, too little to call two posts the same.
 */
export function simhash(tokens: readonly Token[]): Simhash | null {
  const sums = new Int32Array(64)
  let previous = 0
  let words = 0
  for (const token of tokens) {
    if (token.kind === TokenKind.url || token.kind === TokenKind.handle || token.kind === TokenKind.punctuation)
      continue
    if (token.text === 'rt') continue
    const hash = hashText(token.text)
    addBits(sums, hash, 2)
    if (words > 0) addBits(sums, combine(previous, hash), 1)
    previous = hash
    words++
  }
  if (words < 3) return null
  let high = 0
  let low = 0
  for (let bit = 0; bit < 32; bit++) {
    if (sums[bit]! > 0) high |= 1 << bit
    if (sums[bit + 32]! > 0) low |= 1 << bit
  }
  return [high >>> 0, low >>> 0]
}

function addBits(sums: Int32Array, hash: number, weight: number): void {
  const high = finish(hash)
  const low = finish(hash ^ 0x5bd1e995)
  for (let bit = 0; bit < 32; bit++) {
    sums[bit]! += (high >>> bit) & 1 ? weight : -weight
    sums[bit + 32]! += (low >>> bit) & 1 ? weight : -weight
  }
}

function ones(word: number): number {
  let v = word - ((word >>> 1) & 0x55555555)
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333)
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** Number of differing bits, 0 … 64. */
export const simhashDistance = (a: Simhash, b: Simhash): number => ones(a[0] ^ b[0]) + ones(a[1] ^ b[1])

/**
 * Four 18-bit keys (2 bits of place, 16 of content). Two fingerprints at distance 3 or less share at least one of them:
 * an index by these keys finds every candidate.
 */
export const simhashBands = (hash: Simhash): [number, number, number, number] => [
  hash[0] >>> 16,
  0x10000 | (hash[0] & 0xffff),
  0x20000 | (hash[1] >>> 16),
  0x30000 | (hash[1] & 0xffff),
]
