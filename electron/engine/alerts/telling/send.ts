import type { AlertMessage } from '#shared/model/alert-message.ts'
import type { Channel } from '#shared/model/handoff.ts'
import type { SendResult } from '#shared/model/parcel.ts'
import type { Http } from '#engine/platform/http.ts'
import { MailProblem, type MailAccount, type Mailer } from '#engine/platform/mailer.ts'
import { said } from '#shared/words/said.ts'
import { cut } from '#shared/util/text-length.ts'
import { words } from '#shared/words/words.ts'
import { asItIs, oneLine, quoted, subjectSafe } from '#engine/handoffs/neutral.ts'
import { post, result } from '#engine/handoffs/post.ts'
import { chatMessage, neutralOf, webhookRequest } from '#engine/handoffs/send.ts'

/** Of what a mail's subject says, in UTF-16 units: the tag behind it is to be whole. */
const SUBJECT_MOST = 200

export interface Leaving {
  /** Of the parcel: the same on every attempt. */
  id: string
  message: AlertMessage
  /** Where the reader sees it and may take it; null: nowhere. */
  link: string | null
  /** Of a mail, so that a report about it is known. */
  messageId: string
  /** What stands in a mail's subject, so that an answer is known that kept nothing else; null: nothing. */
  tag: string | null
}

export interface AlertSendDeps {
  http: Http
  mailer: Mailer
  now(): number
  secret(key: string): Promise<string | null>
  /** The account of a source that sends mail; null: there is none. */
  account(sourceId: string): Promise<MailAccount | null>
}

/** The whole message as text. A stranger's words are set apart, and only words where they go. */
export function textOf({ lines }: AlertMessage, neutral: (line: string) => string): string {
  return lines.flatMap(({ text, quote }) => (quote ? quoted(text, neutral) : [neutral(oneLine(text))])).join('\n')
}

/** One attempt over a door that has its secrets already. Never throws for what the other side does. */
export async function sendAlert(channel: Channel, leaving: Leaving, deps: AlertSendDeps): Promise<SendResult> {
  const { id, message, link } = leaving
  if (channel.kind === 'mail') return sendMail(channel, leaving, deps)
  if (channel.kind === 'webhook')
    return post(await webhookRequest(channel, webhookBody(id, message, link), deps), channel, deps)
  const text = textOf(message, neutralOf(channel))
  const named: [string, string][] = link === null ? [] : [[words(message.language)(said('tell.open')), link]]
  return post(chatMessage(channel, text, named), channel, deps)
}

/** What a program is sent. `id` is the idempotency key as well. */
const webhookBody = (id: string, message: AlertMessage, link: string | null) => ({
  id,
  what: 'alert',
  test: message.saying === 'test',
  saying: message.saying,
  at: message.at,
  station: message.station,
  language: message.language,
  subject: oneLine(message.subject),
  text: textOf(message, asItIs),
  alert: message.alert,
  link,
})

async function sendMail(channel: Channel, leaving: Leaving, deps: AlertSendDeps): Promise<SendResult> {
  const { id, message, link, messageId, tag } = leaving
  const { to = '', account: sourceId = '' } = channel.config
  const account = sourceId === '' ? await ownServer(channel, deps) : await deps.account(sourceId)
  if (account === null || to === '')
    return result('refused', said(sourceId === '' ? 'channel.mailIncomplete' : 'recipient.accountGone'))
  const text = textOf(message, asItIs)
  try {
    await deps.mailer.send(account.server, {
      from: account.from,
      to,
      subject: `${subjectSafe(cut(oneLine(message.subject), SUBJECT_MOST))}${tag === null ? '' : ` [E-${tag}]`}`,
      text: link === null ? text : `${text}\n\n${words(message.language)(said('tell.openLink', { link }))}`,
      messageId,
      // Whoever answers absences by itself is not to answer this (RFC 3834).
      headers: { 'X-Earshot-Alert': id, 'Auto-Submitted': 'auto-generated' },
    })
    return result('sent')
  } catch (error) {
    if (error instanceof MailProblem) return result(error.outcome, error.said)
    throw error
  }
}

async function ownServer({ config }: Channel, { secret }: AlertSendDeps): Promise<MailAccount | null> {
  const { host = '', port = '587', secure = 'false', user = '', from = '' } = config
  if (host === '' || from === '') return null
  return {
    from,
    server: { host, port: Number(port), secure: secure === 'true', user, password: await secret('password') },
  }
}
