/**
 * Ids that are unique across stations without asking anyone: the station's own id followed by a local part.
 * A mention's local part is its row number, so a page of mentions needs no second index; everything made by
 * people (listens, desks, cases …) takes a random local part.
 */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz' // Crockford base 32, lower case: no i, l, o, u

/** `length` random base-32 characters (5 bits each) from the platform's cryptographic generator. */
export function randomId(length = 12): string {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(length))
  let id = ''
  for (const byte of bytes) id += ALPHABET[byte & 31]
  return id
}

/** `prefix_xxxxxxxxxxxx`, e.g. `lis_4k2…`: the prefix says what kind of thing an id names in a log or an export. */
export const newId = (prefix: string): string => `${prefix}_${randomId()}`

/** Station-unique id of the mention in row `seq` of station `station`. */
export const mentionId = (station: string, seq: number): string => `${station}-${seq.toString(36)}`

/** The row number inside a mention id, or undefined when the id is not one of `station`'s. */
export function mentionSeq(station: string, id: string): number | undefined {
  if (!id.startsWith(`${station}-`)) return undefined
  const local = id.slice(station.length + 1)
  if (!/^[0-9a-z]{1,11}$/.test(local)) return undefined
  const seq = Number.parseInt(local, 36)
  return Number.isSafeInteger(seq) ? seq : undefined
}

/**
 * Order of arrival of two mentions of one station by their ids: they grow, first in length, then as text. Between stations it
 * is an order as good as any.
 */
export const byArrival = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : Number(a > b))
