import type { SendResult } from '#shared/model/parcel.ts'
import { said } from '#shared/words/said.ts'
import { Failure } from '#engine/platform/failure.ts'
import { cut, graphemes } from '#shared/util/text-length.ts'
import { MailProblem, type Letter, type MailAccount, type MailServer } from '#engine/platform/mailer.ts'
import type { ReplyingAccount, ReplyChoice, ReplyContext, Replying, ReplyTo, OutgoingReply } from '../connector.ts'
import { notSent, refused, sent } from '../outgoing.ts'
import { ownAddress, smtpPort, type Config } from './config.ts'
import { idsIn } from './message.ts'

const ADDRESS = /^[^\s@<>",;]+@[^\s@<>",;]+$/
/** Of answers from one mailbox: providers take a burst for spam. */
const PACE_MS = 1_000
const MOST_REFERENCES = 20

const NO_SERVER = said('email.noOutgoingServer')
const NO_PASSWORD = said('email.noSecret')

interface Kept {
  headers?: Partial<Record<'reply-to' | 'references' | 'message-id', string>>
}

/** What the mail said besides; nothing when it came from elsewhere or was too large to keep. */
function keptOf(to: ReplyTo): NonNullable<Kept['headers']> {
  try {
    return (JSON.parse(to.raw ?? '{}') as Kept | null)?.headers ?? {}
  } catch {
    return {}
  }
}

/** Where an answer goes: where the customer asked for it, else to the writer; never to ourselves. null: nobody is known. */
function recipientOf(to: ReplyTo, config: Config): string | null {
  const wished = /<([^<>]+)>/.exec(keptOf(to)['reply-to'] ?? '')?.[1] ?? keptOf(to)['reply-to']?.trim() ?? ''
  const author = to.mention.author?.handle ?? ''
  return [wished, author].find((one) => ADDRESS.test(one) && one.toLowerCase() !== ownAddress(config)) ?? null
}

function ways(to: ReplyTo, config: Config, secretsSet: readonly string[]): ReplyChoice[] {
  const why =
    config.smtpHost === '' || ownAddress(config) === ''
      ? NO_SERVER
      : secretsSet.length === 0
        ? NO_PASSWORD
        : recipientOf(to, config) === null
          ? said('email.customerWithoutAddress')
          : null
  return [{ way: 'mail', limit: null, audience: 'customer', why }]
}

/** `Re:` once, also behind a German or Dutch one. */
function subjectOf({ mention }: ReplyTo): string {
  const subject = (mention.title ?? cut(mention.text, 60)).toWellFormed().replace(/\s+/g, ' ').trim()
  return /^(re|aw|antw)\s*:/i.test(subject) ? subject : `Re: ${subject}`
}

/** Quoted as RFC 5322 wants a name with anything but letters in it. */
const senderOf = (config: Config): string => {
  const address = ownAddress(config)
  const name = config.senderName.replace(/[\r\n\0]+/g, ' ')
  return name === '' ? address : `"${name.replace(/[\\"]/g, '\\$&')}" <${address}>`
}

/** The same on every attempt, so that the customer's mail program can tell a second copy. */
const messageIdOf = (config: Config, key: string): string => `${key}@${ownAddress(config).split('@')[1] ?? ''}`

function letterOf(config: Config, answer: OutgoingReply): Letter | null {
  const { to, text, key } = answer
  const recipient = recipientOf(to, config)
  if (recipient === null) return null
  const kept = keptOf(to)
  const [answered] = idsIn(kept['message-id'] ?? `<${to.mention.externalId}>`).filter((id) => id.includes('@'))
  const before = idsIn(kept.references)
  return {
    from: senderOf(config),
    to: recipient,
    subject: subjectOf(to),
    text,
    messageId: messageIdOf(config, key),
    ...(answered !== undefined && {
      inReplyTo: answered,
      references: [...new Set([...before.slice(-MOST_REFERENCES), answered])],
    }),
  }
}

async function serverOf({ config, secret }: ReplyContext<Config>): Promise<MailServer> {
  return {
    host: config.smtpHost,
    port: smtpPort(config),
    secure: config.smtpSecurity === 'tls',
    requireTls: config.smtpSecurity === 'starttls',
    user: config.user,
    password: await secret('password'),
    token: await secret('token'),
  }
}

async function mailAccount(context: ReplyContext<Config>): Promise<MailAccount | null> {
  const { config } = context
  if (config.smtpHost === '' || ownAddress(config) === '') return null
  const server = await serverOf(context)
  return server.password === null && !server.token ? null : { server, from: senderOf(config) }
}

async function send(context: ReplyContext<Config>, answer: OutgoingReply): Promise<SendResult> {
  const { config, mailer } = context
  const letter = letterOf(config, answer)
  if (config.smtpHost === '' || ownAddress(config) === '') return refused(NO_SERVER)
  if (letter === null) return refused('email.customerWithoutAddress')
  const server = await serverOf(context)
  if (server.password === null && !server.token) return refused(NO_PASSWORD)
  try {
    await mailer.send(server, letter)
    return sent({ externalId: letter.messageId, url: null })
  } catch (error) {
    if (error instanceof MailProblem) return notSent(error.outcome, error.said)
    throw error
  }
}

/** Nothing is asked of the server: what customers see is what is configured. */
function account({ config }: ReplyContext<Config>): Promise<ReplyingAccount> {
  const address = ownAddress(config)
  if (config.smtpHost === '' || address === '') return Promise.reject(new Failure('user', NO_SERVER))
  return Promise.resolve({ name: senderOf(config).replaceAll('"', ''), authorId: address, limit: null })
}

/** By SMTP. A mail that has left cannot be taken back, so there is no `withdraw`. */
export const replying: Replying<Config> = {
  ways,
  compose: (text) => ({ text, length: graphemes(text) }),
  // Most servers take a second copy for a second letter, whatever its id.
  repeatable: () => false,
  paceMs: PACE_MS,
  account,
  send,
  mailAccount,
}
