import { inEnglish } from '#shared/words/words.ts'
import { said } from '#shared/words/said.ts'
import type { Desk } from '#shared/model/desk.ts'
import type { DeskAnswerWays, Payload } from '#shared/model/handoff-payload.ts'
import type { Mention } from '#shared/model/mention.ts'
import { cut } from '#shared/util/text-length.ts'
import { publicCase, type StoredCase } from '#engine/store/queries/cases.ts'
import { asItIs, oneLine, quoted, subjectSafe } from './neutral.ts'

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

/** At most this much of a post stands in a subject, in UTF-16 units. */
const SUBJECT_TEXT = 60

/** `neutral`: what makes a stranger's words only words where they go. */
export const subjectOf = (payload: Payload, neutral: (line: string) => string = subjectSafe): string => {
  const { test, case: c, mention, message, answer } = payload
  const tag = answer?.reply ? ` [E-${answer.reply.tag}]` : ''
  if (test) return 'Earshot: test'
  const who = neutral(oneLine(mention.author ?? mention.network))
  const text = neutral(cut(oneLine(mention.text), SUBJECT_TEXT))
  return `${message === null ? '' : 'Re: '}[${c.priority}] ${who}: ${text}${tag}`
}

interface Form {
  /** Without links the receiver shows them in its own way. */
  links: boolean
  neutral(line: string): string
}

/**
 * Plain text for a mail, and the body of a ticket or a message. What the customer wrote is set apart as a quotation; in our own
 * lines a name or a word of theirs never stands first.
 */
export function textOf(payload: Payload, { links, neutral }: Form = { links: true, neutral: asItIs }): string {
  const { case: c, reason, mention, desk, message, messageBy, answer } = payload
  const plain = (text: string): string => neutral(oneLine(text))
  const who = [mention.authorName ?? '', mention.author ?? '']
    .map(oneLine)
    .filter((one) => one !== '')
    .join(' ')
  const lines = [
    ...(message === null
      ? []
      : [`${plain(messageBy ?? 'The listening officer')} writes to you:`, ...message.split('\n').map(neutral), '']),
    `${plain(desk.name)}, priority ${c.priority}${c.dueAt === null ? '' : `, the customer should hear back by ${c.dueAt}`}`,
    `Why: ${plain(reason.rule)}${reason.words.length > 0 ? ` (${plain(reason.words.join(', '))})` : ''}`,
    ...(c.needsApproval ? [inEnglish(said('letter.approvalNeeded'))] : []),
    '',
    `Written by ${who === '' ? 'somebody' : neutral(who)} on ${plain(mention.network)}, ${mention.publishedAt}:`,
    ...(mention.title === null ? [] : quoted(mention.title, neutral)),
    ...quoted(mention.text, neutral),
    ...(mention.url === null ? [] : ['', `Post: ${oneLine(mention.url)}`]),
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
