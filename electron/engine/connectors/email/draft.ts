import { cut } from '#shared/util/text-length.ts'
import type { DropReason } from '#shared/words/dropped.ts'
import type { Letter } from '#shared/model/letter.ts'
import type { Draft } from '#shared/model/mention.ts'
import type { Dropped } from '../connector.ts'
import { draftOf, dropped, withLinksOf } from '../draft.ts'
import { parseDate } from '../text/dates.ts'
import { langTag, rawOf } from '../text/raw.ts'
import { readMessage, type MailMessage } from './message.ts'
import { freshText } from './quoted/fresh-text.ts'
import { kindOf } from './machine.ts'
import { isAutomatic, readBounce, readReport } from './report.ts'
import { writerOf, type Writer } from './writer.ts'

/** A clock that is wrong by more than this is not believed: the mail was written no later than it arrived. */
const CLOCK_WRONG_MS = 15 * 60_000

/** Domain of ids that a station gives to its hand-offs: nobody else makes such (RFC 2606). */
const OURS = /@[\w-]+\.earshot\.invalid$/i
const TAG = /\[E-([0-9a-z]{12}-[0-9a-z]{16})\]/gi
const PLUS = /\+e-([0-9a-z]{12}-[0-9a-z]{16})@/i

export type ReadMail = { draft: Draft } | { dropped: Dropped } | { letter: Letter }

/** What was received, as a payload to keep: headers that say who, what and when, without the way that it took. */
const KEPT_HEADERS =
  'from sender reply-to x-original-from to cc subject date message-id in-reply-to references list-id auto-submitted'.split(
    ' ',
  )

/** Without comments and stray blanks, which the standard allows and nobody writes on purpose (RFC 5322 section 4.3). */
const plainDate = (date: string): string =>
  date
    .replace(/\([^()]*\)/g, ' ')
    .replace(/\s*:\s*/g, ':')
    .replace(/\s+/g, ' ')
    .trim()

function mentionOf(mail: MailMessage, receivedAt: number | null, author: Writer['author']): Draft | DropReason {
  const written = parseDate(plainDate(mail.date ?? ''))
  const believed = written !== null && (receivedAt === null || written <= receivedAt + CLOCK_WRONG_MS)
  // Both are the mail's own dates: the one that its writer, and the one that its receiver gave it.
  const publishedAt = believed ? written : receivedAt
  if (publishedAt === null) return 'no date'
  const text = freshText(mail.marked, { signature: false }) || mail.text
  if (text === '' && mail.subject === null && mail.media.length === 0) return 'empty'
  const headers = KEPT_HEADERS.map((name) => [name, mail.header(name)]).filter(([, value]) => value !== undefined)
  return draftOf({
    externalId: mail.id,
    kind: 'mail',
    text,
    title: mail.subject,
    author,
    publishedAt,
    lang: langTag(mail.language),
    threadId: mail.references[0] ?? mail.inReplyTo,
    inReplyTo: mail.inReplyTo ?? mail.references.at(-1) ?? null,
    links: withLinksOf(text, [...new Set(mail.links)]),
    media: mail.media,
    private: true,
    raw: rawOf({ headers: Object.fromEntries(headers), attachments: mail.attachments, text: mail.text }),
  })
}

const tagsOf = (subject: string, to: readonly string[]): string[] => [
  ...[...subject.matchAll(TAG)].map(([, tag]) => (tag as string).toLowerCase()),
  ...to.flatMap((address) => PLUS.exec(address)?.[1]?.toLowerCase() ?? []),
]

/**
 * A mail as a mention, as a letter that somebody in the house may have waited for, or as nothing with its reason. Never
 * rejects, whatever the bytes.
 * @param receivedAt when the server got it; null: it did not say.
 * @param own the mailbox's own address, lower case.
 */
export async function readMail(
  bytes: Uint8Array,
  receivedAt: number | null,
  own: string,
  where: string,
): Promise<ReadMail> {
  let mail: MailMessage
  try {
    mail = await readMessage(bytes)
  } catch (error) {
    return { dropped: dropped('not readable', where, cut((error as Error).message, 200)) }
  }
  const drop = (reason: DropReason): ReadMail => ({ dropped: dropped(reason, mail.hasId ? mail.id : where) })
  if (OURS.test(mail.id)) return drop('sent by Earshot')

  const kind = kindOf(mail)
  const report =
    readReport(mail) ?? (kind === 'bounce' || kind === 'delayed' ? readBounce(mail, kind === 'bounce') : null)
  const named = [report?.original, mail.inReplyTo, ...mail.references]
  const answers = [...new Set(named.filter((id) => typeof id === 'string' && id !== ''))] as string[]
  const tags = tagsOf(`${mail.subject ?? ''} ${report?.subject ?? ''}`, mail.to)
  const isReply = kind === 'absence' || kind === 'receipt'
  const { author, isOwn } = writerOf(mail, own)
  const why = report ? 'delivery report' : isReply ? 'automatic reply' : isOwn ? 'sent by this mailbox' : null
  const draft = why === null ? mentionOf(mail, receivedAt, author) : why
  if (tags.length === 0 && !report && !isReply && !answers.some((id) => OURS.test(id))) {
    return typeof draft === 'string' ? drop(draft) : { draft }
  }
  return {
    letter: {
      messageId: mail.id,
      from: mail.from,
      answers,
      tags,
      text: freshText(mail.marked, { signature: false }),
      automatic: isAutomatic(mail) || isReply || report !== null,
      report: report && {
        failed: report.failed,
        recipient: report.recipient,
        status: report.status,
        said: report.said,
      },
      draft: typeof draft === 'string' ? null : draft,
      dropped: typeof draft === 'string' ? draft : null,
    },
  }
}
