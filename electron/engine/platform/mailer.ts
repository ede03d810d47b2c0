import { cut } from '#shared/util/text-length.ts'
import { isIP } from 'node:net'
import { Readable } from 'node:stream'
import { systemClock, type Clock } from './clock.ts'
import type { Said } from '#shared/model/said.ts'
import { said, type Code } from '#shared/words/said.ts'
import { Failure } from './failure.ts'
import type { Resolve } from './resolve.ts'

export interface MailServer {
  host: string
  port: number
  /** TLS from the first byte; otherwise STARTTLS where the server offers it. */
  secure: boolean
  /** STARTTLS or nothing: without it a password could be asked for in the clear. */
  requireTls?: boolean
  user: string
  password: string | null
  /** An OAuth 2 access token in the place of a password (XOAUTH2). */
  token?: string | null
}

/** A mail account of the station: where its letters leave, and under which name. */
export interface MailAccount {
  server: MailServer
  from: string
}

export interface Letter {
  from: string
  to: string
  subject: string
  text: string
  /** Without angle brackets; the same on every attempt, so that a receiver can tell a second copy. */
  messageId: string
  replyTo?: string
  /** What it answers, and the conversation up to there, oldest first; ids without angle brackets. */
  inReplyTo?: string
  references?: readonly string[]
  /** Further headers of ours; never with a stranger's words in them. */
  headers?: Readonly<Record<string, string>>
}

/**
 * Why a letter is not surely delivered. `refused`: the server said no for good. `later`: nothing was accepted, try again.
 * `unknown`: the connection was lost after the letter was handed over and before the answer; it may have been accepted.
 */
export class MailProblem extends Failure {
  override name = 'MailProblem'
  readonly outcome: 'refused' | 'later' | 'unknown'
  constructor(outcome: MailProblem['outcome'], what: Code | Said, cause: unknown) {
    super(outcome === 'refused' ? 'user' : 'operational', what, { cause })
    this.outcome = outcome
  }
}

/** The engine's only door to SMTP. */
export interface Mailer {
  /** Resolves when the server has accepted the letter; rejects with MailProblem. */
  send(server: MailServer, letter: Letter): Promise<void>
}

interface SmtpError extends Error {
  code?: string
  responseCode?: number
  response?: string
}

function problemOf(error: SmtpError, host: string, handedOver: boolean): MailProblem {
  const { responseCode, code } = error
  /** With what the server said of it, where it said something. */
  const quoted = (plain: Code, withReason: Code): Said =>
    error.response ? said(withReason, { host, why: cut(error.response, 200) }) : said(plain, { host })
  // A server that cannot check it now says 454 (RFC 4954); it is tried again.
  if (code === 'EAUTH' && !(responseCode !== undefined && responseCode < 500))
    return new MailProblem('refused', quoted('mail.signInRefused', 'mail.signInRefusedSaid'), error)
  if (!handedOver && /certificate|altname/i.test(error.message))
    return new MailProblem('refused', said('mail.certificateUntrusted', { host }), error)
  if (code === 'ETLS') return new MailProblem('refused', said('mail.noStartTls', { host }), error)
  if (responseCode !== undefined) {
    const outcome = responseCode >= 500 ? 'refused' : 'later'
    return new MailProblem(outcome, quoted('mail.notTaken', 'mail.notTakenSaid'), error)
  }
  // Handed over, and no answer came: nobody here can know.
  if (handedOver) {
    return new MailProblem('unknown', said('mail.unconfirmed', { host }), error)
  }
  return new MailProblem('later', said('mail.unreachable', { host }), error)
}

const oneLine = (text: string): string => text.replace(/[\r\n\0]+/g, ' ').trim()

const bracketed = (id: string): string => `<${oneLine(id).replace(/[<>\s]/g, '')}>`

/** A server that is silent for so long is given up. */
const SILENCE_MS = 20_000
/** And one that has not taken the letter by then, however it keeps us waiting. */
export const LETTER_MS = 60_000

/** nodemailer's own option, which the types of the package do not know. */
const givenUpBy = (signal: AbortSignal): object => ({ signal })

/** `resolve`: finds the address under the station's rules; default: any address is connected to. */
export function createMailer(options: { clock?: Clock; resolve?: Resolve } = {}): Mailer {
  const { clock = systemClock, resolve } = options

  async function addressOf(host: string, port: number): Promise<string> {
    try {
      return resolve ? await resolve(host, port) : host
    } catch (error) {
      if (error instanceof Failure) throw new MailProblem('refused', error.said, error)
      throw problemOf(error as SmtpError, host, false)
    }
  }

  return {
    async send({ host, port, secure, requireTls = false, user, password, token = null }, letter) {
      const { from, to, subject, text, messageId, replyTo, inReplyTo, references = [], headers = {} } = letter
      const auth =
        token !== null ? { type: 'OAuth2' as const, user, accessToken: token } : { user, pass: password ?? '' }
      const address = await addressOf(host, port)
      // Loaded with the first letter, because many a station never writes one.
      const { createTransport } = await import('nodemailer')
      const transport = createTransport({
        host: address,
        port,
        secure,
        requireTLS: requireTls,
        ...(isIP(host) === 0 && { servername: host, tls: { servername: host } }),
        ...(user === '' ? {} : { auth }),
        connectionTimeout: SILENCE_MS,
        greetingTimeout: SILENCE_MS,
        socketTimeout: SILENCE_MS,
        // A post could otherwise name a file of this machine or an address to fetch.
        disableFileAccess: true,
        disableUrlAccess: true,
      })
      // The letter's text is read when the server has said that it wants the letter, and not before.
      let handedOver = false
      const content = Readable.from([Buffer.from(text)])
      content.once('end', () => {
        handedOver = true
      })
      const late = new AbortController()
      const cancel = clock.after(LETTER_MS, () => late.abort(new Error(`Not taken within ${LETTER_MS / 1000} s`)))
      try {
        await transport.sendMail({
          ...givenUpBy(late.signal),
          from: oneLine(from),
          to: oneLine(to),
          subject: oneLine(subject),
          text: content,
          messageId: bracketed(messageId),
          headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, oneLine(value)])),
          ...(replyTo !== undefined && { replyTo: oneLine(replyTo) }),
          ...(inReplyTo !== undefined && { inReplyTo: bracketed(inReplyTo) }),
          ...(references.length > 0 && { references: references.map(bracketed) }),
        })
      } catch (error) {
        throw problemOf(error as SmtpError, host, handedOver)
      } finally {
        cancel()
        transport.close()
      }
    },
  }
}
