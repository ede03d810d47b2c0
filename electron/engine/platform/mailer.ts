import { Readable } from 'node:stream'
import { createTransport } from 'nodemailer'

export interface MailServer {
  host: string
  port: number
  /** TLS from the first byte; otherwise STARTTLS where the server offers it. */
  secure: boolean
  user: string
  password: string | null
}

export interface Letter {
  from: string
  to: string
  subject: string
  text: string
  /** Without angle brackets; the same on every attempt, so that a receiver can tell a second copy. */
  messageId: string
}

/**
 * Why a letter is not surely delivered. `refused`: the server said no for good. `later`: nothing was accepted, try again.
 * `unknown`: the connection was lost after the letter was handed over and before the answer; it may have been accepted.
 */
export class MailProblem extends Error {
  override name = 'MailProblem'
  readonly outcome: 'refused' | 'later' | 'unknown'
  constructor(outcome: MailProblem['outcome'], message: string, cause: unknown) {
    super(message, { cause })
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
  const said = error.response ? ` It said: ${error.response.slice(0, 200)}` : ''
  if (code === 'EAUTH')
    return new MailProblem('refused', `The mail server ${host} refused the user or password.${said}`, error)
  if (responseCode !== undefined) {
    const outcome = responseCode >= 500 ? 'refused' : 'later'
    return new MailProblem(outcome, `The mail server ${host} did not take the letter.${said}`, error)
  }
  // Handed over, and no answer came: nobody here can know.
  if (handedOver) {
    return new MailProblem('unknown', `The mail server ${host} took the letter and did not confirm it.`, error)
  }
  return new MailProblem('later', `The mail server ${host} cannot be reached.`, error)
}

const oneLine = (text: string): string => text.replace(/[\r\n\0]+/g, ' ').trim()

export function createMailer(options: { timeoutMs?: number } = {}): Mailer {
  const { timeoutMs = 20_000 } = options
  return {
    async send({ host, port, secure, user, password }, { from, to, subject, text, messageId }) {
      const transport = createTransport({
        host,
        port,
        secure,
        ...(user === '' ? {} : { auth: { user, pass: password ?? '' } }),
        connectionTimeout: timeoutMs,
        greetingTimeout: timeoutMs,
        socketTimeout: timeoutMs,
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
      try {
        await transport.sendMail({
          from: oneLine(from),
          to: oneLine(to),
          subject: oneLine(subject),
          text: content,
          messageId: `<${messageId}>`,
        })
      } catch (error) {
        throw problemOf(error as SmtpError, host, handedOver)
      } finally {
        transport.close()
      }
    },
  }
}
