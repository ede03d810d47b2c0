import type { DeliveryReport } from '#shared/model/letter.ts'
import { tidy } from '../text/html-to-text.ts'
import { idsIn, type MailMessage } from './message.ts'

/** Header-like lines, folded ones joined; names in lower case. The first of several wins. */
function fieldsOf(block: string): Map<string, string> {
  const fields = new Map<string, string>()
  for (const line of block.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const [, name, value] = /^([!-9;-~]+)\s*:\s*(.*)$/.exec(line) ?? []
    if (name !== undefined && !fields.has(name.toLowerCase())) fields.set(name.toLowerCase(), value ?? '')
  }
  return fields
}

/** `rfc822; jana@example.org` and `smtp; 550 5.1.1 …` name their kind first. */
const typed = (value: string | undefined): string =>
  tidy((value ?? '').replace(/^[\w-]+\s*;\s*/, '')).replace(/\s+/g, ' ')

const text = (bytes: Uint8Array | undefined): string => (bytes ? Buffer.from(bytes).toString('utf8') : '')

export interface ReadReport extends DeliveryReport {
  /** Message-ID of the mail that the report is about; null: it does not say. */
  original: string | null
  /** Its subject. */
  subject: string
}

/**
 * A delivery report (RFC 3464 in a multipart/report of RFC 6522); null: this mail is none. With several recipients, one
 * that failed counts.
 */
export function readReport(mail: MailMessage): ReadReport | null {
  const [status] = mail.parts('message/delivery-status')
  const type = mail.header('content-type') ?? ''
  if (status === undefined || !/^multipart\/report\b/i.test(type)) return null
  const [, ...recipients] = text(status)
    .split(/\r?\n[ \t]*(?:\r?\n)+/)
    .map(fieldsOf)
  const failed = recipients.find((fields) => fields.get('action')?.toLowerCase().startsWith('failed'))
  const told = failed ?? recipients[0] ?? fieldsOf(text(status))
  const [returned] = [
    ...mail.parts('message/rfc822'),
    ...mail.parts('text/rfc822-headers'),
    ...mail.parts('message/rfc822-headers'),
  ]
  const original = fieldsOf(text(returned).split(/\r?\n\r?\n/, 1)[0] ?? '')
  return {
    failed: failed !== undefined,
    recipient: typed(told.get('final-recipient') ?? told.get('original-recipient')).slice(0, 254),
    status: /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(told.get('status') ?? '')?.[0] ?? '',
    said: typed(told.get('diagnostic-code')).slice(0, 300),
    original: idsIn(original.get('message-id'))[0] ?? mail.inReplyTo,
    subject: original.get('subject') ?? '',
  }
}

const NAMED_ID = /^[> \t]*message-id\s*:\s*(<[^<>\s]+>)/gim
const RECIPIENT = /<([^<>\s@]+@[^<>\s@]+)>|(?:^|[\s("'（「【：])([^<>\s@:;,"'()（）「」【】：]+@[\w-]+(?:\.[\w-]+)+)/

/** What a server says in its own words of a mail that did not arrive: Exim, qmail, gateways, web mailers. */
export function readBounce(mail: MailMessage, failed: boolean): ReadReport {
  const [, bracketed, bare] = RECIPIENT.exec(mail.text.slice(0, 5_000)) ?? []
  const recipient = mail.header('x-failed-recipients')?.split(',')[0]?.trim() || bracketed || bare || ''
  const lines = mail.text.split('\n')
  const said = lines.find((line) => /(?<![\d.])[45](?:\.\d{1,3}\.\d{1,3}|\d\d[\s:-])/.test(line)) ?? ''
  const ids = [...mail.text.matchAll(NAMED_ID)].flatMap(([, id]) => idsIn(id))
  const [returned] = [...mail.parts('message/rfc822'), ...mail.parts('text/rfc822-headers')]
  const original = fieldsOf(text(returned).split(/\r?\n\r?\n/, 1)[0] ?? '')
  return {
    failed,
    recipient: recipient.slice(0, 254),
    status: /(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.])/.exec(mail.text)?.[0] ?? '',
    said: typed(said).slice(0, 300),
    original: idsIn(original.get('message-id'))[0] ?? ids[0] ?? mail.inReplyTo,
    subject: original.get('subject') ?? '',
  }
}

/**
 * Written by a machine to whoever wrote: absence notes and receipts. Auto-Submitted is RFC 3834; the others are what
 * programs did before and beside it.
 */
export function isAutomatic(mail: MailMessage): boolean {
  const submitted = mail.header('auto-submitted')?.toLowerCase() ?? 'no'
  return (
    !/^no\b/.test(submitted) ||
    mail.header('x-autoreply') !== undefined ||
    mail.header('x-autorespond') !== undefined ||
    mail.header('x-auto-reply-from') !== undefined ||
    /^auto[_-]?reply/i.test(mail.header('precedence') ?? '') ||
    /^multipart\/report\b/i.test(mail.header('content-type') ?? '')
  )
}
