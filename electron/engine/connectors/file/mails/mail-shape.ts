/** What mail looks like in a file: the lines that begin one, told from text that only speaks of mail. */

const NEWLINE = 0x0a
/** Characters of a line that are looked at. */
const MOST_LINE = 1_000

const KNOWN_FIELD =
  /^(?:received(?:-spf)?|return-path|delivered-to|delivery-date|envelope-to|apparently-to|from|sender|reply-to|to|b?cc|subject|date|message-id|in-reply-to|references|mime-version|content-[\w-]+|status|precedence|auto-submitted|importance|priority|user-agent|organi[sz]ation|lines|errors-to|mailing-list|comments|keywords|newsgroups|path|xref|autocrypt|authentication-results|(?:x|list|arc|resent|thread|disposition|original|dkim|domainkey|return-receipt|feedback|accept|msip|require)-[\w.-]+)\s*:/i
const FIELD = /^[!-9;-~]{1,76}:(?:\s|$)/
/** What a program writes into every mail, and hardly anybody above a table. */
const OF_MAIL =
  /^(?:received|return-path|delivered-to|message-id|mime-version|content-transfer-encoding|dkim-signature|arc-seal|x-gmail-labels|x-mozilla-status|x-apple-[\w-]+|x-mailer)\s*:/i

const DAY = '(?:mon|tue|wed|thu|fri|sat|sun)'
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)'
const CLOCK = String.raw`\d{1,2}:\d{2}(?::\d{2})?`
/** `From lea@mill.example Mon Mar  2 08:15:00 2026`, with a zone before or behind the year, or a sender of several words (pipermail). */
const STAMPED = new RegExp(
  String.raw`^From (?:\S.{0,300}? +)?${DAY},? +(?:${MONTH} +\d{1,2}|\d{1,2} +${MONTH}),? +(?:${CLOCK}(?: +\S{1,12}){0,2} +\d{4}|\d{4} +${CLOCK})\b`,
  'i',
)
/** Without a date: as Thunderbird and some exports write it. */
const BARE = /^From (?: *(?:-|\?\?\?@\?\?\?|MAILER-DAEMON|\S+@\S+))?\s*$/i

/** The line of `bytes` at `at`, without its end; null: its end is not in sight. */
export function lineAt(bytes: Buffer, at: number, whole: boolean): { text: string; next: number } | null {
  const end = bytes.indexOf(NEWLINE, at)
  if (end < 0 && !whole && bytes.length - at < MOST_LINE) return null
  const stop = end < 0 ? bytes.length : end
  const text = bytes.toString('latin1', at, Math.min(stop, at + MOST_LINE)).replace(/\r$/, '')
  return { text, next: end < 0 ? bytes.length : end + 1 }
}

/**
 * Whether a mail of an mbox begins at the line at `at`, which begins with `From `. A sentence of somebody's may begin so as well:
 * either the line holds a date as programs write it, or it is bare behind an empty line; and a head follows.
 * @param afterBlank an empty line, or nothing at all, stands before it.
 * @returns null: more bytes must be seen.
 */
export function beginsMail(bytes: Buffer, at: number, afterBlank: boolean, whole: boolean): boolean | null {
  const first = lineAt(bytes, at, whole)
  if (first === null) return null
  const isStamped = STAMPED.test(first.text)
  if (!isStamped && !(afterBlank && BARE.test(first.text))) return false
  const second = lineAt(bytes, first.next, whole)
  if (second === null) return null
  if (KNOWN_FIELD.test(second.text) || /^>+From /.test(second.text)) return true
  // A mail without a head, or one whose head begins with a field that nobody knows.
  return isStamped && afterBlank && (second.text === '' || FIELD.test(second.text))
}

/** When the line that begins a mail says that it arrived, as it is written; '': it does not. */
export const stampOf = (line: string): string =>
  new RegExp(`${DAY},? +(?:${MONTH}|\\d{1,2}).*$`, 'i').exec(line)?.[0]?.trim() ?? ''

/** The fields at the beginning of `bytes`, and whether their head ends there. */
function headLines(bytes: Buffer): string[] {
  const lines: string[] = []
  for (let at = 0; at < bytes.length && lines.length < 200;) {
    const line = lineAt(bytes, at, true)!
    if (line.text === '') break
    lines.push(line.text)
    at = line.next
  }
  return lines
}

/**
 * Whether these bytes are the beginning of a mail. The lines above a table ("From: 2026-01-01") look like a head as well: what only
 * programs write, or a sender's address beside a date or a subject, tells. `named`: the file's name says so already.
 */
export function isMailHead(bytes: Buffer, named: boolean): boolean {
  const lines = headLines(bytes)
  const fields = lines.filter((line) => !/^[ \t]/.test(line))
  if (fields.length < 2 || !fields.every((line) => FIELD.test(line) || /^>+From /.test(line))) {
    // A head may be cut off, or one of its lines be broken.
    const good = fields.filter((line) => KNOWN_FIELD.test(line)).length
    if (good < 3 || good * 2 < fields.length) return false
  }
  const known = fields.filter((line) => KNOWN_FIELD.test(line))
  if (known.length < 2) return false
  if (named || known.some((line) => OF_MAIL.test(line))) return true
  const has = (pattern: RegExp): boolean => known.some((line) => pattern.test(line))
  return has(/^from:.*[^\s@<>]@[^\s@<>]/i) && has(/^(?:date|subject):/i) && has(/^(?:to|cc|date):/i)
}

/** Where the first line stands that has something on it; a mark of order is none. */
export function firstWords(bytes: Buffer): number {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  while (at < bytes.length && (bytes[at] === 0x0d || bytes[at] === NEWLINE || bytes[at] === 0x20)) at++
  return at
}

const MBOX_NAME = /(?:\.(?:mbox|mbx)|(?:^|[/\\])mbox)(?:\.gz)?$/i
const MAIL_NAME = /\.(?:eml|emlx|mht)(?:\.gz)?$/i

export type MailShape = 'mbox' | 'eml' | 'emlx'

/** What the first bytes of a file are, if they are mail. `name` may say it, where they leave it open. */
export function shapeOf(head: Buffer, name: string): MailShape | null {
  const start = firstWords(head)
  const bytes = head.subarray(start)
  if (bytes.toString('latin1', 0, 5) === 'From ' && beginsMail(bytes, 0, true, true) === true) return 'mbox'
  // Apple Mail: the number of the mail's bytes, the mail, and what Apple Mail knows of it.
  const first = lineAt(bytes, 0, true)
  if (first && /^\d{1,12} *$/.test(first.text) && isMailHead(bytes.subarray(first.next), false)) return 'emlx'
  if (isMailHead(bytes, MAIL_NAME.test(name)) && !MBOX_NAME.test(name)) return 'eml'
  // Something else stands before the first mail: only where the name says what it is.
  if (!MBOX_NAME.test(name)) return null
  for (let at = bytes.indexOf('\nFrom '); at >= 0; at = bytes.indexOf('\nFrom ', at + 1))
    if (beginsMail(bytes, at + 1, isAfterBlank(bytes, at + 1), true)) return 'mbox'
  return isMailHead(bytes, true) ? 'eml' : null
}

/** Whether an empty line stands before `at`, which begins a line. */
export const isAfterBlank = (bytes: Buffer, at: number): boolean =>
  at < 2 ? true : bytes[at - 2] === NEWLINE || (bytes[at - 2] === 0x0d && (at < 3 || bytes[at - 3] === NEWLINE))
