import type { Said } from '#shared/model/said.ts'
import { said } from '#shared/words/said.ts'
import { Failure, userFailure } from '#engine/platform/failure.ts'
import { isIP } from 'node:net'
import type { ImapFlow, ImapFlowError } from 'imapflow'
import type { Letter } from '#shared/model/letter.ts'
import type { Draft } from '#shared/model/mention.ts'
import type { Dropped, FetchContext } from '../connector.ts'
import { imapPort, ownAddress, type Config } from './config.ts'
import { readMail } from './draft.ts'

/** Of one mail. Text comes before attachments, so what is cut off is hardly ever words. */
const MAIL_BYTES_MOST = 512 * 1024
/** Mails that are fetched, read and let go of together. */
const AT_ONCE = 25
const DAY_MS = 86_400_000
const MB = 1024 * 1024

/** Where one folder was left. UIDs grow, as long as the folder keeps its UIDVALIDITY (RFC 9051 section 2.3.1.1). */
export interface Place {
  validity: string
  uid: number
  /** When the newest mail so far was received, ms. */
  seen: number
}

export interface FolderRead {
  drafts: Draft[]
  dropped: Dropped[]
  letters: Letter[]
  place: Place
  more: boolean
}

/** Opens a connection and logs in. Rejects with a Failure, or with the signal's reason. */
export async function openMailbox(context: FetchContext<Config>): Promise<ImapFlow> {
  const { config, signal } = context
  signal.throwIfAborted()
  const { host, security, user } = config
  const token = await context.secret('token')
  const password = token === null ? await context.secret('password') : null
  if (token === null && password === null) throw userFailure('email.secretNeeded', { name: user })
  const address = await context.resolve(host, imapPort(config)).catch((error: unknown) => {
    throw problemOf(error, context)
  })
  // Loaded with the first mailbox: many a station has none, and starts sooner without it.
  const { ImapFlow } = await import('imapflow')
  // Switched off while the keychain or the name was asked for: nothing would end the connection then.
  signal.throwIfAborted()
  const client = new ImapFlow({
    host: address,
    port: imapPort(config),
    secure: security === 'tls',
    // Never by default: a server that offers no STARTTLS any more may be somebody else in between.
    doSTARTTLS: security === 'starttls',
    ...(isIP(host) === 0 && { servername: host }),
    auth: token === null ? { user, pass: password ?? '' } : { user, accessToken: token },
    logger: false,
    disableAutoIdle: true,
    disableCompression: true,
    clientInfo: { name: 'Earshot' },
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    socketTimeout: 120_000,
    maxLiteralSize: 8 * MB,
    maxLineLength: 32 * MB,
    maxResponseSize: 64 * MB,
  })
  // What breaks the connection is told by the command that waits for it.
  client.on('error', () => {})
  const cut = (): void => client.close()
  signal.addEventListener('abort', cut, { once: true })
  client.once('close', () => signal.removeEventListener('abort', cut))
  try {
    await client.connect()
    return client
  } catch (error) {
    client.close()
    throw problemOf(error, context)
  }
}

/** Takes leave; a server that does not answer is left all the same. */
export async function leaveMailbox(client: ImapFlow, signal: AbortSignal): Promise<void> {
  if (client.usable && !signal.aborted) await client.logout().catch(() => {})
  client.close()
}

/**
 * The next mails of a folder behind its place, oldest first, at most `most`. Opened for reading only (EXAMINE) and fetched
 * with PEEK: nothing becomes read by being heard.
 */
export async function readFolder(
  client: ImapFlow,
  folder: string,
  place: Place | undefined,
  context: FetchContext<Config>,
  most: number,
): Promise<FolderRead> {
  const { config, signal } = context
  const mailbox = await client.mailboxOpen(folder, { readOnly: true })
  const validity = String(mailbox.uidValidity)
  const known = place?.validity === validity ? place : undefined
  const result: FolderRead = {
    drafts: [],
    dropped: [],
    letters: [],
    place: known ?? { validity, uid: 0, seen: place?.seen ?? 0 },
    more: false,
  }
  const uidNext = await nextUidOf(client, mailbox)
  if (mailbox.exists === 0 || (known && uidNext <= known.uid + 1)) return atEnd(result, uidNext)
  // Numbered anew: look again from a day before the newest that is known; what is known already is found by its id.
  const since = place ? Math.max(place.seen - DAY_MS, 0) : context.now() - config.days * DAY_MS
  const found = await client.search(known ? { uid: `${known.uid + 1}:*` } : { since: new Date(since) }, { uid: true })
  // `n:*` always names the newest one, also when it is below n.
  const uids = (found || []).filter((uid) => uid > (known?.uid ?? 0)).sort((a, b) => a - b)
  const now = uids.slice(0, most)
  for (let from = 0; from < now.length; from += AT_ONCE) {
    signal.throwIfAborted()
    const chunk = now.slice(from, from + AT_ONCE)
    const query = { uid: true, internalDate: true, source: { start: 0, maxLength: MAIL_BYTES_MOST } }
    const mails = await client.fetchAll(chunk.join(','), query, { uid: true })
    for (const { uid, internalDate, source } of mails.sort((a, b) => a.uid - b.uid)) {
      const received = timeOf(internalDate)
      if (source) keep(result, await readMail(source, received, ownAddress(config), `${folder} ${uid}`))
      if (received !== null) result.place = { ...result.place, seen: Math.max(result.place.seen, received) }
    }
    // Also past a mail that was deleted while it was being fetched.
    result.place = { ...result.place, uid: chunk.at(-1) as number }
  }
  result.more = uids.length > now.length
  return result.more ? result : atEnd(result, uidNext)
}

/** Some servers do not say it when a folder is opened (RFC 3501 section 6.3.1 lets them): one above the newest mail. */
async function nextUidOf(
  client: ImapFlow,
  { uidNext, exists }: { uidNext: number | undefined; exists: number },
): Promise<number> {
  if (uidNext !== undefined) return uidNext
  const newest = exists === 0 ? [] : await client.search({ uid: '*' }, { uid: true })
  return Math.max(0, ...(newest || [])) + 1
}

/** Everything below the next UID was looked at, also what is too old to be of interest. */
const atEnd = (result: FolderRead, uidNext: number): FolderRead => ({
  ...result,
  place: { ...result.place, uid: Math.max(result.place.uid, uidNext - 1) },
})

function keep(result: FolderRead, mail: Awaited<ReturnType<typeof readMail>>): void {
  if ('draft' in mail) result.drafts.push(mail.draft)
  else if ('letter' in mail) result.letters.push(mail.letter)
  else result.dropped.push(mail.dropped)
}

function timeOf(date: Date | string | undefined): number | null {
  const time = date === undefined ? Number.NaN : new Date(date).getTime()
  return Number.isFinite(time) ? time : null
}

/** What to tell the officer when a folder was not read. */
export async function folderProblem(
  error: unknown,
  client: ImapFlow,
  folder: string,
  context: FetchContext<Config>,
): Promise<Error> {
  const { mailboxMissing, responseStatus, command } = error as ImapFlowError
  const notThere = mailboxMissing || (responseStatus === 'NO' && /^(EXAMINE|SELECT)/.test(command ?? 'EXAMINE'))
  if (!notThere || !client.usable || context.signal.aborted) return problemOf(error, context)
  const all = await client.list().catch(() => [])
  const names = all.map(({ path }) => path).slice(0, 20)
  if (all.length === 0 || all.some(({ path }) => path === folder)) return problemOf(error, context)
  return userFailure('email.noFolder', { folder, folders: names.join(', ') })
}

const UNTRUSTED = /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO_|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|HOSTNAME_MISMATCH)/
const BUSY = ['UNAVAILABLE', 'INUSE', 'LIMIT', 'OVERQUOTA', 'SERVERBUG']

/** What a person must mend; null: it will pass. */
function userProblem(error: ImapFlowError, busy: boolean, config: Config): Said | null {
  const { host, user } = config
  const { code = '' } = error
  // A server that is full may say so by refusing the sign-in.
  if (error.authenticationFailed && !busy) return said('email.signInRefused', { host, user })
  if (UNTRUSTED.test(code)) return said('email.certificateUntrusted', { host, why: code })
  if (error.tlsFailed || code === 'UPGRADE_TIMEOUT' || code === 'STARTTLS_INJECTION')
    return said('email.noStartTls', { host })
  if (/^(EPROTO|ERR_SSL)/.test(code)) return said('email.noTls', { host, port: imapPort(config) })
  return null
}

function passingProblem({ code = '' }: ImapFlowError, busy: boolean, config: Config): Said {
  const { host } = config
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return said('email.serverNotFound', { host })
  if (code === 'ECONNREFUSED') return said('email.noAnswerAtPort', { host, port: imapPort(config) })
  if (/TIMEOUT$/.test(code)) return said('email.tooSlow', { host })
  if (code === 'ETHROTTLE') return said('email.asksToWait', { host })
  if (busy) return said('email.noRoom', { host })
  return said(/TooLarge$/.test(code) ? 'email.answerTooLarge' : 'email.brokeOff', { host })
}

/** What to tell the officer. Never holds what the server said to a password. */
export function problemOf(error: unknown, { config, signal }: Pick<FetchContext<Config>, 'config' | 'signal'>): Error {
  if (signal.aborted) return signal.reason as Error
  if (error instanceof Failure) return error
  const told = error as ImapFlowError
  const busy = BUSY.includes(told.serverResponseCode ?? '')
  const user = userProblem(told, busy, config)
  if (user !== null) return new Failure('user', user, { cause: error })
  const retryAfterMs = told.code === 'ETHROTTLE' ? told.throttleReset : null
  return new Failure('operational', passingProblem(told, busy, config), { cause: error, retryAfterMs })
}
