import type { PublicMention } from '#shared/model/mention.ts'

const signs = { negative: '▼', neutral: '●', positive: '▲' } as const
/** Control characters of a post must not reach the terminal: they can move its cursor and hide lines. */
const control = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu

/** A mention in one line: time (UTC), network, author, sentiment, text. */
export function mentionLine(mention: PublicMention): string {
  const time = new Date(mention.publishedAt).toISOString().slice(0, 19).replace('T', ' ')
  const author = mention.author?.handle ?? '–'
  const { label, confidence } = mention.sentiment
  const said = mention.title ? `${mention.title} – ${mention.text}` : mention.text
  const parts = [`${time}Z`, mention.network, author, `${signs[label]} ${label} ${Math.round(confidence * 100)}%`, said]
  return parts.map((part) => part.replace(control, ' ').trim()).join('  ')
}
