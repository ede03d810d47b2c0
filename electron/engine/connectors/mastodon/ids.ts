/** Ids order a timeline, dates do not: a post may be dated by whoever wrote it, its id is given by the server that lists it. */

/** Ids are decimal numbers of any length on Mastodon, and sortable words on its relatives. */
export const isNewer = (a: string, b: string): boolean => (a.length === b.length ? a > b : a.length > b.length)

/** Before the first server of the family was there. */
const EARLIEST = Date.UTC(2010, 0, 1)

/**
 * When the server gave this id, ms: Mastodon's hold milliseconds in the bits above 16 (lib/mastodon/snowflake.rb). null:
 * a relative that counts differently, as its ids' times would lie where none can be.
 */
export function timeOfId(id: string, now: number): number | null {
  if (!/^\d{15,20}$/.test(id)) return null
  const at = Number(BigInt(id) >> 16n)
  return at >= EARLIEST && at < now + 3_650 * 86_400_000 ? at : null
}

/** The least id of a moment. */
export const idOfTime = (at: number): string => String(BigInt(Math.max(0, Math.floor(at))) << 16n)
