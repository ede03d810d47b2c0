/**
 * 50-bit hash of two strings for the narrow look-up tables. Two multiply-xor lanes as in cyrb53 (public domain) with
 * murmur3's finish; the seed is the station's own, so nobody outside can aim for collisions. 50 bits, because SQLite
 * turns a double into an integer key only below 2^51.
 */
export function keyHash(seed: number, first: string, second: string): number {
  let h1 = 0xdeadbeef ^ seed
  let h2 = 0x41c6ce57 ^ (seed >>> 7)
  for (let i = 0; i < first.length; i++) {
    const code = first.charCodeAt(i)
    h1 = Math.imul(h1 ^ code, 0x9e3779b1)
    h2 = Math.imul(h2 ^ code, 0x5f356495)
  }
  // U+FFFF is no character: ('a', 'bc') and ('ab', 'c') stay apart.
  h1 = Math.imul(h1 ^ 0xffff, 0x9e3779b1)
  h2 = Math.imul(h2 ^ 0xffff, 0x5f356495)
  for (let i = 0; i < second.length; i++) {
    const code = second.charCodeAt(i)
    h1 = Math.imul(h1 ^ code, 0x9e3779b1)
    h2 = Math.imul(h2 ^ code, 0x5f356495)
  }
  h1 = Math.imul(h1 ^ (h1 >>> 16), 0x85ebca6b) ^ Math.imul(h2 ^ (h2 >>> 13), 0xc2b2ae35)
  h2 = Math.imul(h2 ^ (h2 >>> 16), 0x85ebca6b) ^ Math.imul(h1 ^ (h1 >>> 13), 0xc2b2ae35)
  return (h2 & 0x3ffff) * 0x100000000 + (h1 >>> 0)
}
