import type { Desk } from '#shared/model/desk.ts'
import type { Mention } from '#shared/model/mention.ts'
import { publicCase, type StoredCase } from '#engine/store/queries/cases.ts'

/** What a desk outside gets to know. JSON; the names are part of the webhook's interface. */
export interface Payload {
  /** The idempotency key: the same on every attempt. */
  id: string
  test: boolean
  at: string
  station: string
  desk: { id: string; name: string }
  case: { id: string; priority: string; dueAt: string | null; tags: string[]; needsApproval: boolean; openedAt: string }
  /** Why it came here. */
  reason: { rule: string; words: string[] }
  mention: {
    id: string
    network: string
    url: string | null
    author: string | null
    authorName: string | null
    title: string | null
    text: string
    publishedAt: string
    lang: string
    sentiment: string
    private: boolean
  }
}

const iso = (at: number): string => new Date(at).toISOString()

export function payloadOf(
  id: string,
  station: string,
  desk: Desk,
  known: StoredCase,
  mention: Mention,
  now: number,
): Payload {
  const { id: caseId, priority, dueAt, tags, needsApproval, openedAt, explanation } = publicCase(known)
  return {
    id,
    test: false,
    at: iso(now),
    station,
    desk: { id: desk.id, name: desk.name },
    case: {
      id: caseId,
      priority,
      dueAt: dueAt === null ? null : iso(dueAt),
      tags,
      needsApproval,
      openedAt: iso(openedAt),
    },
    reason: { rule: explanation.ruleName, words: explanation.words },
    mention: {
      id: mention.id,
      network: mention.network,
      url: mention.url,
      author: mention.author?.handle ?? null,
      authorName: mention.author?.name ?? null,
      title: mention.title,
      text: mention.text,
      publishedAt: iso(mention.publishedAt),
      lang: mention.lang,
      sentiment: mention.sentiment.label,
      private: mention.private,
    },
  }
}

/** A message that says it is only a test. */
export const testPayload = (id: string, station: string, desk: { id: string; name: string }, now: number): Payload => ({
  id,
  test: true,
  at: iso(now),
  station,
  desk,
  case: { id: 'test', priority: 'low', dueAt: null, tags: [], needsApproval: false, openedAt: iso(now) },
  reason: { rule: 'Test from Earshot', words: [] },
  mention: {
    id: 'test',
    network: 'test',
    url: null,
    author: null,
    authorName: null,
    title: null,
    text: 'This is a test message from Earshot. Nothing needs to be done.',
    publishedAt: iso(now),
    lang: 'en',
    sentiment: 'neutral',
    private: false,
  },
})

export const subjectOf = ({ test, case: c, mention }: Payload): string => {
  const text = mention.text.replace(/\s+/g, ' ').slice(0, 60)
  return test ? 'Earshot: test' : `[${c.priority}] ${mention.author ?? mention.network}: ${text}`
}

/** Plain text for a mail, and the body of a ticket. */
export function textOf({ case: c, reason, mention, desk }: Payload): string {
  const lines = [
    `${desk.name}, priority ${c.priority}${c.dueAt === null ? '' : `, the customer should hear back by ${c.dueAt}`}`,
    `Why: ${reason.rule}${reason.words.length > 0 ? ` (${reason.words.join(', ')})` : ''}`,
    ...(c.needsApproval ? ['The reply needs the approval of a second person.'] : []),
    '',
    `${mention.authorName ?? ''} ${mention.author ?? ''} on ${mention.network}, ${mention.publishedAt}`.trim(),
    ...(mention.title === null ? [] : [mention.title]),
    mention.text,
    ...(mention.url === null ? [] : ['', mention.url]),
    '',
    `Case ${c.id}`,
  ]
  return lines.join('\n')
}
