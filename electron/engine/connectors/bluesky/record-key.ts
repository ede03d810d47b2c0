import { createHash } from 'node:crypto'

const ALPHABET = '234567abcdefghijklmnopqrstuvwxyz'
/** So far back the keys of answers that were written in the same millisecond are spread. */
const SPREAD_US = 600_000_000

/**
 * The record key of an answer: a TID (atproto.com/specs/tid: 53 bits of microseconds, 10 bits of a clock's number, in
 * sortable base 32) that is the same on every attempt, so that writing it again replaces instead of doubling. Within ten
 * minutes before `at`: of two keys of the same millisecond one in 6e11 pairs would be equal.
 */
export function recordKeyOf(key: string, at: number): string {
  const hash = createHash('sha256').update(key).digest()
  const back = hash.readUIntBE(0, 6) % SPREAD_US
  const clock = hash.readUInt16BE(6) & 0x3ff
  let rest = (BigInt(Math.max(0, at * 1000 - back)) << 10n) | BigInt(clock)
  let tid = ''
  for (let i = 0; i < 13; i++) {
    tid = ALPHABET[Number(rest & 31n)] + tid
    rest >>= 5n
  }
  return tid
}
