import type { SendResult } from '#shared/model/parcel.ts'
import type { Said } from '#shared/model/said.ts'
import { said } from '#shared/words/said.ts'
import { createHmac } from 'node:crypto'
import type { Channel } from '#shared/model/handoff.ts'
import type { Payload } from '#shared/model/handoff-payload.ts'
import type { Http, HttpRequest } from '#engine/platform/http.ts'
import { MailProblem, type Mailer } from '#engine/platform/mailer.ts'
import { subjectOf, textOf } from './payload.ts'
import { markdownSafe, oneLine, slackSafe, trackerSafe } from './neutral.ts'
import { post, result } from './post.ts'
import { fillTemplate, jsonText, urlText } from './template.ts'

export interface SendDeps {
  http: Http
  mailer: Mailer
  now(): number
  /** A secret of this channel by its key; null: not set. */
  secret(key: string): Promise<string | null>
}

/** Whether the receiver tells a second copy by the key, so that "unknown" may simply be sent again. */
export const honoursKey = (channel: Channel): boolean => channel.kind === 'webhook'

/** One attempt. Never throws for what the other side does; a fault of the configuration comes back as `refused`. */
export async function send(channel: Channel, payload: Payload, deps: SendDeps): Promise<SendResult> {
  switch (channel.kind) {
    case 'mail':
      return sendMail(channel, payload, deps)
    case 'webhook':
      return post(await webhookRequest(channel, payload, deps), channel, deps)
    case 'chat':
      return post(chatRequest(channel, payload), channel, deps)
    case 'tracker': {
      const request = await trackerRequest(channel, payload, deps)
      return 'problem' in request ? result('refused', request.problem) : post(request, channel, deps)
    }
  }
}

async function sendMail(channel: Channel, payload: Payload, { mailer, secret }: SendDeps): Promise<SendResult> {
  const { host = '', port = '587', secure = 'false', user = '', from = '', to = '' } = channel.config
  if (host === '' || from === '' || to === '') return result('refused', said('channel.mailIncomplete'))
  const server = { host, port: Number(port), secure: secure === 'true', user, password: await secret('password') }
  const reply = payload.answer?.reply
  const messageId = reply?.messageId ?? plainMessageId(payload.station, payload.id)
  try {
    await mailer.send(server, {
      from,
      to,
      subject: subjectOf(payload),
      text: textOf(payload),
      messageId,
      headers: { 'X-Earshot-Handoff': payload.id },
      ...(reply && { replyTo: reply.to }),
    })
    return result('sent')
  } catch (error) {
    if (error instanceof MailProblem) return result(error.outcome, error.said)
    throw error
  }
}

/** Of a hand-off that cannot be answered by mail. `.invalid` is no domain (RFC 2606): nobody else makes such ids. */
export const plainMessageId = (station: string, id: string): string => `${id}@${station}.earshot.invalid`

/**
 * Signed as GitHub and Stripe do: `x-earshot-signature: sha256=HMAC-SHA256(secret, timestamp + "." + body)` in hex, with
 * the timestamp (seconds) in `x-earshot-timestamp` so that a receiver can refuse old ones.
 */
export async function webhookRequest(
  channel: Channel,
  payload: { id: string },
  { secret, now }: Pick<SendDeps, 'secret' | 'now'>,
): Promise<HttpRequest> {
  const body = JSON.stringify(payload)
  const timestamp = String(Math.floor(now() / 1000))
  const key = await secret('secret')
  return {
    url: channel.config.url ?? '',
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'idempotency-key': payload.id,
      'x-earshot-timestamp': timestamp,
      ...(key === null ? {} : { 'x-earshot-signature': signature(key, timestamp, body) }),
    },
  }
}

export const signature = (secret: string, timestamp: string, body: string): string =>
  `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`

/** What makes a stranger's words only words in this chat. */
export const neutralOf = ({ config: { flavour = 'slack' } }: Channel): ((line: string) => string) =>
  flavour === 'slack' ? slackSafe : markdownSafe

function chatRequest(channel: Channel, payload: Payload): HttpRequest {
  // Ours, not a stranger's: the only markup in the message.
  const links = payload.answer?.links
  const named: [string, string][] = links
    ? [
        ['Accept', links.accept],
        ['Ask', links.ask],
        ['Done', links.done],
      ]
    : []
  return chatMessage(channel, textOf(payload, { links: false, neutral: neutralOf(channel) }), named)
}

/** `text` is neutral already; `named`: links of ours, by what they say. */
export function chatMessage(channel: Channel, text: string, named: [string, string][]): HttpRequest {
  const { url = '', flavour = 'slack' } = channel.config
  const withLinks = (link: (name: string, to: string) => string): string =>
    [text, ...(named.length > 0 ? [named.map(([name, to]) => link(name, to)).join('  ')] : [])].join('\n\n')
  const body =
    flavour === 'teams'
      ? teamsCard(text, named)
      : { text: withLinks((name, to) => (flavour === 'mattermost' ? `[${name}](${to})` : `<${to}|${name}>`)) }
  return { url, method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
}

const teamsCard = (text: string, named: [string, string][]) => ({
  type: 'message',
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: {
        type: 'AdaptiveCard',
        version: '1.4',
        body: [{ type: 'TextBlock', wrap: true, text }],
        ...(named.length > 0 && { actions: named.map(([title, to]) => ({ type: 'Action.OpenUrl', title, url: to })) }),
      },
    },
  ],
})

const neutralLines = (text: string): string => text.split('\n').map(trackerSafe).join('\n')

async function trackerRequest(
  channel: Channel,
  payload: Payload,
  deps: SendDeps,
): Promise<HttpRequest | { problem: Said }> {
  const { url = '', method = 'POST', headers = '{}', body = '' } = channel.config
  const values = {
    subject: subjectOf(payload, trackerSafe),
    text: textOf(payload, { links: true, neutral: trackerSafe }),
    id: payload.id,
    caseId: payload.case.id,
    priority: payload.case.priority,
    dueAt: payload.case.dueAt ?? '',
    author: payload.mention.author ?? '',
    url: payload.mention.url ?? '',
    network: payload.mention.network,
    desk: payload.desk.name,
    message: payload.message ?? '',
    acceptUrl: payload.answer?.links?.accept ?? '',
    askUrl: payload.answer?.links?.ask ?? '',
    doneUrl: payload.answer?.links?.done ?? '',
  }
  const secrets: Record<string, string> = {}
  for (const key of ['token', 'user', 'password', 'basic']) secrets[`secret.${key}`] = (await deps.secret(key)) ?? ''
  const filledUrl = fillTemplate(url, values, urlText)
  // Addresses and headers take a handle as it is; in a body it would ring whoever has that name there.
  const inBody = { ...values, author: trackerSafe(oneLine(values.author)), message: neutralLines(values.message) }
  const filledBody = fillTemplate(body, inBody, jsonText)
  // Secrets only in headers: a URL or a body is shown and logged in more places.
  const filledHeaders = fillTemplate(headers, { ...values, ...secrets }, jsonText)
  for (const filled of [filledUrl, filledBody, filledHeaders]) if (!filled.ok) return { problem: filled.error }
  try {
    if (filledBody.ok && filledBody.value !== '') JSON.parse(filledBody.value)
    const parsed = JSON.parse(filledHeaders.ok ? filledHeaders.value : '{}') as Record<string, string>
    return {
      url: filledUrl.ok ? filledUrl.value : '',
      method: method === 'PUT' ? 'PUT' : 'POST',
      body: filledBody.ok ? filledBody.value : '',
      headers: { 'content-type': 'application/json', 'idempotency-key': payload.id, ...parsed },
    }
  } catch (error) {
    return { problem: said('channel.templateNoJson', { why: (error as Error).message }) }
  }
}
