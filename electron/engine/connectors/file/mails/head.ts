import { readableHead, withoutEncodedWords } from '#engine/connectors/email/charset.ts'
import { parseDate } from '#engine/connectors/text/dates.ts'

/** A mail's own head, for what is asked before the mail is read: unfolded, encoded words decoded. */
export type Head = (name: string) => string | undefined

const MOST_HEAD = 256 * 1024

/** First value of each field, by lower-case name. */
export function headOf(bytes: Buffer): Head {
  const ends = [bytes.indexOf('\n\r\n'), bytes.indexOf('\n\n')].filter((at) => at >= 0)
  const head = bytes.subarray(0, Math.min(MOST_HEAD, ...ends.map((at) => at + 1)))
  const text = readableHead(head).toString('utf8')
  const fields = new Map<string, string>()
  for (const field of text.split(/\r?\n(?![ \t])/)) {
    const colon = field.indexOf(':')
    const name = field.slice(0, Math.max(0, colon)).trim().toLowerCase()
    if (name !== '' && !fields.has(name))
      fields.set(
        name,
        field
          .slice(colon + 1)
          .replace(/\r?\n[ \t]+/g, ' ')
          .trim(),
      )
  }
  return (name) => {
    const value = fields.get(name)
    return value === undefined ? undefined : withoutEncodedWords(value)
  }
}

/**
 * When a mail arrived, as the last server wrote it; null: none did. `stamp`: the date of the line that begins it in an mbox, which has no zone
 * and so decides nothing where the mail has a date of its own.
 */
export function arrivedAt(head: Head, stamp: string): number | null {
  const received = head('received')
  const written =
    received === undefined ? null : parseDate(received.slice(received.lastIndexOf(';') + 1).replace(/\([^()]*\)/g, ''))
  if (written !== null) return written
  const delivered = parseDate(head('delivery-date') ?? '')
  if (delivered !== null) return delivered
  return parseDate((head('date') ?? '').replace(/\([^()]*\)/g, '').trim()) === null ? parseDate(stamp) : null
}

const ADDRESS = /[^\s@<>,;:"()[\]]+@[^\s@<>,;:"()[\]]+/g
export const addressesIn = (value: string | undefined): string[] => (value ?? '').toLowerCase().match(ADDRESS) ?? []

/** Whose mailbox it was delivered to. */
export const deliveredTo = (head: Head): string[] => [
  ...new Set(
    ['delivered-to', 'x-delivered-to', 'x-original-to', 'envelope-to'].flatMap((name) => addressesIn(head(name))),
  ),
]
