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
  counts.fill(0)
  packed.fill(0)
  let previous = 0
  let words = 0
  let weights = 0
  let held = 0
  for (const token of tokens) {
    if (token.kind === TokenKind.url || token.kind === TokenKind.handle || token.kind === TokenKind.punctuation)
      continue
    if (token.text === 'rt') continue
    const hash = hashText(token.text)
    addBits(hash, 2)
    if (words > 0) addBits(combine(previous, hash), 1)
    weights += words > 0 ? 3 : 2
    held += 3
    if (held > 250) {
      unpack()
      held = 0
    }
    previous = hash
    words++
  }
  if (words < 3) return null
  unpack()
  let high = 0
  let low = 0
  // A bit is set when more than half of the weight has it.
  for (let bit = 0; bit < 32; bit++) {
    if (counts[bit]! * 2 > weights) high |= 1 << bit
    if (counts[bit + 32]! * 2 > weights) low |= 1 << bit
  }
  return [high >>> 0, low >>> 0]
}

/** How much weight has each of the 64 bits; filled from `packed` before its bytes can overflow. */
const counts = new Int32Array(64)
/** Four counters of eight bits in each number: one addition counts four bits. */
const packed = new Int32Array(16)
/** Four bits → four bytes of 0 or 1. */
const spread = Int32Array.from(
  { length: 16 },
  (_, bits) => (bits & 1) | ((bits & 2) << 7) | ((bits & 4) << 14) | ((bits & 8) << 21),
)

function addBits(hash: number, weight: number): void {
  const high = finish(hash)
  const low = finish(hash ^ 0x5bd1e995)
  for (let i = 0; i < 8; i++) {
    packed[i]! += spread[(high >>> (i * 4)) & 15]! * weight
    packed[i + 8]! += spread[(low >>> (i * 4)) & 15]! * weight
  }
}

function unpack(): void {
  for (let i = 0; i < 16; i++) {
    const four = packed[i]!
    counts[i * 4]! += four & 255
    counts[i * 4 + 1]! += (four >>> 8) & 255
    counts[i * 4 + 2]! += (four >>> 16) & 255
    counts[i * 4 + 3]! += four >>> 24
    packed[i] = 0
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
