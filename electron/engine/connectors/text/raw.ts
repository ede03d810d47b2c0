/** The most of a payload that is kept, in bytes of UTF-8. */
export const RAW_LIMIT = 64 * 1024

/** The payload as JSON text, or null when it is larger than 64 KiB or no JSON. */
export function rawOf(payload: unknown): string | null {
  let text: string | undefined
  try {
    text = typeof payload === 'string' ? payload : JSON.stringify(payload)
  } catch {
    return null
  }
  if (text === undefined || text.length > RAW_LIMIT) return null
  return text.length * 3 > RAW_LIMIT && Buffer.byteLength(text) > RAW_LIMIT ? null : text
}

/** The payload of something that its network gave no date: it is dated by when it was first seen, and says so here. */
export const undatedRaw = (payload: object): string | null => rawOf({ ...payload, earshotDate: 'first seen' })

/** A language tag if it is one (BCP 47 shape), else null. */
export function langTag(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const tag = value.trim().replaceAll('_', '-')
  return /^[a-z]{2,3}(-[a-z0-9]{1,8})*$/i.test(tag) && tag.length <= 35 ? tag : null
}

/** A count as networks give it: a non-negative whole number, else null. Never 0 for unknown. */
export function countOf(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? Math.floor(number) : null
}
