import { inEnglish } from '#shared/words/words.ts'
import { said } from '#shared/words/said.ts'
import type { Desk } from '#shared/model/desk.ts'
import type { DeskAnswerWays, Payload } from '#shared/model/handoff-payload.ts'
import type { Mention } from '#shared/model/mention.ts'
import { publicCase, type StoredCase } from '#engine/store/queries/cases.ts'

const iso = (at: number): string => new Date(at).toISOString()

export function payloadOf(
  id: string,
  station: string,
  desk: Desk,
  known: StoredCase,
  mention: Mention,
  now: number,
  message: { text: string; by: string } | null = null,
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
      deskId: known.deskId,
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
    message: message?.text ?? null,
    messageBy: message?.by ?? null,
    answer: null,
  }
}

/** A message that says it is only a test. */
export const testPayload = (id: string, station: string, desk: { id: string; name: string }, now: number): Payload => ({
  id,
  test: true,
  at: iso(now),
  station,
  desk,
  case: {
    id: 'test',
    deskId: desk.id,
    priority: 'low',
    dueAt: null,
    tags: [],
    needsApproval: false,
    openedAt: iso(now),
  },
  reason: { rule: 'Test from Earshot', words: [] },
  mention: {
    id: 'test',
    network: 'test',
    url: null,
    author: null,
    authorName: null,
    title: null,
    text: inEnglish(said('letter.test')),
    publishedAt: iso(now),
    lang: 'en',
    sentiment: 'neutral',
    private: false,
  },
  message: null,
  messageBy: null,
  answer: null,
})

export const subjectOf = ({ test, case: c, mention, message, answer }: Payload): string => {
  const text = mention.text.replace(/\s+/g, ' ').slice(0, 60)
  const tag = answer?.reply ? ` [E-${answer.reply.tag}]` : ''
  if (test) return 'Earshot: test'
  return `${message === null ? '' : 'Re: '}[${c.priority}] ${mention.author ?? mention.network}: ${text}${tag}`
}

/** Plain text for a mail, and the body of a ticket. Without `links` the receiver shows them in its own way. */
export function textOf(payload: Payload, links = true): string {
  const { case: c, reason, mention, desk, message, messageBy, answer } = payload
  const lines = [
    ...(message === null ? [] : [`${messageBy ?? 'The listening officer'} writes to you:`, message, '']),
    `${desk.name}, priority ${c.priority}${c.dueAt === null ? '' : `, the customer should hear back by ${c.dueAt}`}`,
    `Why: ${reason.rule}${reason.words.length > 0 ? ` (${reason.words.join(', ')})` : ''}`,
    ...(c.needsApproval ? [inEnglish(said('letter.approvalNeeded'))] : []),
    '',
    `${mention.authorName ?? ''} ${mention.author ?? ''} on ${mention.network}, ${mention.publishedAt}`.trim(),
    ...(mention.title === null ? [] : [mention.title]),
    mention.text,
    ...(mention.url === null ? [] : ['', mention.url]),
    '',
    ...(answer === null ? [] : waysOf(answer, links)),
    `Case ${c.id}`,
  ]
  return lines.join('\n')
}

function waysOf({ links, until, reply }: DeskAnswerWays, withLinks: boolean): string[] {
  const lines: string[] = []
  if (links && withLinks) {
    lines.push(`Accept: ${links.accept}`, `Ask: ${links.ask}`, `Done: ${links.done}`)
    lines.push(inEnglish(said('letter.linksUntil', { until: until.slice(0, 10) })))
  }
  // The words are those of desk-words.ts.
  if (reply) lines.push(inEnglish(said(lines.length > 0 ? 'letter.orReplyWith' : 'letter.replyWith')))
  return lines.length === 0 ? [] : [...lines, '']
}
