import type { DropReason } from '#shared/words/dropped.ts'
import type { Draft } from '#shared/model/mention.ts'

/** Texts beyond this are cut; an officer reads the rest at the source. */
export const MAX_TEXT = 20_000
const MAX_RAW_BYTES = 65_536
const EARLIEST = Date.UTC(1990, 0, 1)
/** Clocks of networks run ahead of ours, and some date in local time: a day is forgiven. */
const AHEAD_MS = 86_400_000

export type Normalised = { draft: Draft } | { reason: DropReason }

const plain = /^[\x20-\x7e]*$/
// Everything of Unicode's Cc but tab and line feed; U+FEFF and the bidirectional overrides, which can turn a handle around.
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufeff\u202a-\u202e\u2066-\u2069]/g

/** NFC, without control characters and lone surrogates, trimmed. Line feeds stay. */
export function cleanText(text: string): string {
  if (plain.test(text)) return text.trim()
  return text.toWellFormed().replace(/\r\n?/g, '\n').replace(control, '').normalize('NFC').trim()
}

/** Not inside a surrogate pair. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text
  const last = text.charCodeAt(length - 1)
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length)
}

const line = (text: string | null, length: number): string | null => {
  if (text === null) return null
  const clean = cut(cleanText(text), length)
  return clean === '' ? null : clean
}

/** An id is compared, not read: it is kept exactly, and only an absurd one is shortened, distinguishably. */
function exactId(id: string | null): string | null {
  if (id === null) return null
  const whole = plain.test(id) ? id.trim() : id.toWellFormed().replace(control, '').trim()
  if (whole === '') return null
  if (whole.length <= 512) return whole
  let hash = 5381
  for (let i = 0; i < whole.length; i++) hash = (Math.imul(hash, 33) ^ whole.charCodeAt(i)) >>> 0
  return `${cut(whole, 480)}#${whole.length}-${hash.toString(36)}`
}

function webUrl(url: string | null): string | null {
  if (url === null || url.length > 4096 || !/^https?:\/\/[^\s]+$/i.test(url)) return null
  return plain.test(url) ? url : url.toWellFormed().replace(control, '')
}

const count = (n: number | null): number | null => (n !== null && Number.isSafeInteger(n) && n >= 0 ? n : null)

/**
 * Makes a connector's draft safe to store, or says why it is refused: `no id`, `no date`, `date before 1990`, `date in the
 * future`, `empty`. Never guesses a date or an id.
 */
export function normalise(draft: Draft, now: number): Normalised {
  const externalId = exactId(draft.externalId)
  if (externalId === null) return { reason: 'no id' }
  if (!Number.isFinite(draft.publishedAt)) return { reason: 'no date' }
  const publishedAt = Math.trunc(draft.publishedAt)
  if (publishedAt < EARLIEST) return { reason: 'date before 1990' }
  if (publishedAt > now + AHEAD_MS) return { reason: 'date in the future' }
  const title = line(draft.title, 1000)
  let text = cleanText(draft.text)
  if (text.length > MAX_TEXT) text = `${cut(text, MAX_TEXT)} … (cut here, ${text.length} characters in all)`
  if (text === '' && title === null && draft.media.length === 0) return { reason: 'empty' }
  const { author, engagement } = draft
  const authorId = author ? exactId(author.id) : null
  return {
    draft: {
      externalId,
      kind: draft.kind,
      text,
      title,
      url: webUrl(draft.url),
      author:
        author && authorId !== null
          ? {
              id: authorId,
              handle: line(author.handle, 200) ?? authorId,
              name: line(author.name, 200),
              url: webUrl(author.url),
              followers: count(author.followers),
            }
          : null,
      publishedAt,
      lang: draft.lang !== null && /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(draft.lang) ? draft.lang : null,
      country: draft.country !== null && /^[A-Z]{2}$/.test(draft.country) ? draft.country : null,
      threadId: exactId(draft.threadId),
      inReplyTo: exactId(draft.inReplyTo),
      engagement: engagement && {
        likes: count(engagement.likes),
        reposts: count(engagement.reposts),
        replies: count(engagement.replies),
      },
      links: draft.links.length === 0 ? draft.links : draft.links.filter((url) => webUrl(url) !== null).slice(0, 50),
      media: draft.media,
      private: draft.private,
      ...(draft.told && { told: draft.told }),
      raw: draft.raw !== null && draft.raw.length <= MAX_RAW_BYTES ? draft.raw.toWellFormed() : null,
    },
  }
}
