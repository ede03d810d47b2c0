import { cut } from '#shared/util/text-length.ts'
import { createHash } from 'node:crypto'
import type { Address, Attachment, Email } from 'postal-mime'
import { tidy } from '../text/html-to-text.ts'
import { bodyOf } from './body.ts'
import { readableHead, textOf } from './charset.ts'

/** A mail as far as it is of interest here. Ids are without angle brackets. */
export interface MailMessage {
  /** A stable hash where the mail has none. */
  id: string
  hasId: boolean
  /** `address` may be none that a mail can go to: a mere name, or empty. */
  from: { name: string; address: string } | null
  /** Every address that it went to, lower case. */
  to: string[]
  subject: string | null
  /** As it stands in the mail. */
  date: string | null
  inReplyTo: string | null
  /** The conversation up to here, oldest first. */
  references: string[]
  text: string
  /** The text with what is repeated marked by `>`, also where it was marked up, and without signatures that are. */
  marked: string
  links: string[]
  media: ('image' | 'video' | 'audio')[]
  attachments: { name: string | null; type: string }[]
  language: string | null
  /** First value of a header, lower-case name; undefined: it is not there. */
  header(name: string): string | undefined
  /** Lower case, as often as they occur. */
  headerNames: string[]
  /** Whom a header names. */
  addresses(name: string): { name: string; address: string }[]
  /** Parts of a type, decoded. For reports only. */
  parts(type: string): Uint8Array[]
}

/** Beyond this, headers and nesting are an attack and no mail. */
const LIMITS = { maxHeadersSize: 512 * 1024, maxNestingDepth: 64 }
/** Of the body. The parser takes its time for each; a mail of half a megabyte has 7,000 of them, a hostile one 250,000. */
const MOST_LINES = 20_000
const LONGEST_ID = 400
const MOST_REFERENCES = 100
const MOST_RECIPIENTS = 200

/** Message-IDs of a header. Some programs leave out the brackets, some put comments between. */
export function idsIn(value: string | undefined): string[] {
  if (value === undefined) return []
  const bracketed = [...value.matchAll(/<([^<>\s]+)>/g)].map(([, id]) => id as string)
  const found =
    bracketed.length > 0 ? bracketed : value.split(/[\s,]+/).filter((word) => /^[^@\s]+@[^@\s]+$/.test(word))
  return found.filter((id) => id.length <= LONGEST_ID).slice(-MOST_REFERENCES)
}

const flat = (addresses: Address | readonly Address[] | undefined): { name: string; address: string }[] =>
  [addresses ?? []].flat().flatMap((one) => (one.group ? one.group : [one as { name: string; address: string }]))

/** An address that a mail can go to; what is none is no author. */
export const isUsable = (address: string | undefined): boolean =>
  address !== undefined && address.length <= 254 && /^[^\s@<>]+@[^\s@<>]+$/.test(address)

const oneLine = (text: string): string => tidy(text).replace(/\s*\n\s*/g, ' ')

const bytesOf = ({ content }: Attachment): Uint8Array =>
  typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content as ArrayBuffer)

const mediaOf = (type: string): 'image' | 'video' | 'audio' | null =>
  (['image', 'video', 'audio'] as const).find((kind) => type.startsWith(`${kind}/`)) ?? null

/**
 * Reads the bytes of a mail, also when they were cut off after some length. Rejects for what is no mail at all. A mail that
 * is attached to another one is not read as part of it.
 */
export async function readMessage(bytes: Uint8Array): Promise<MailMessage> {
  const { default: PostalMime, addressParser } = await import('postal-mime')
  const parser = new PostalMime({ ...LIMITS, forceRfc822Attachments: true })
  decodeByEvidence(parser)
  const mail = await parser.parse(readable(bytes))
  const header = (name: string): string | undefined => mail.headers.find(({ key }) => key === name)?.value.trim()
  const body = bodyOf(mail)
  const [first] = flat(mail.from).filter(({ name, address }) => `${name}${address}`.trim() !== '')
  const from = flat(mail.from).find(({ address }) => isUsable(address)) ?? first ?? null
  const subject = mail.subject === undefined ? '' : oneLine(mail.subject)
  const [id] = idsIn(mail.messageId)
  const inReplyTo = idsIn(header('in-reply-to'))[0] ?? null
  const attached = mail.attachments.map((one) => ({
    name: one.filename === null ? null : cut(oneLine(one.filename), 200),
    type: one.mimeType,
  }))
  const media = new Set([...body.media, ...attached.flatMap(({ type }) => mediaOf(type) ?? [])])
  return {
    id: id ?? `sha256:${hashOf(mail, body.text)}`,
    hasId: id !== undefined,
    from: from && { name: cut(oneLine(from.name), 200), address: oneLine(from.address).slice(0, 254) },
    to: [...recipients(mail, header)],
    subject: subject === '' ? null : subject,
    date: header('date') ?? null,
    inReplyTo,
    references: idsIn(header('references')),
    text: body.text,
    marked: body.marked,
    links: body.links,
    media: [...media],
    attachments: attached.slice(0, 100),
    language: header('content-language')?.split(',')[0]?.trim() ?? null,
    header,
    headerNames: mail.headers.map(({ key }) => key),
    addresses: (name) => flat(addressParser(header(name) ?? '')).slice(0, MOST_RECIPIENTS),
    parts: (type) => mail.attachments.filter(({ mimeType }) => mimeType === type).map(bytesOf),
  }
}

/** A part of a mail as the parser holds it. */
interface Node {
  content: ArrayBuffer | null
  contentType: { parsed: { value: string; params: Record<string, string> } }
}

/**
 * Has the parser decode text by what its bytes are. It believes the charset that a part claims, and reads what claims none as
 * UTF-8; its own door for that is not public, so a test tells when it moves.
 */
function decodeByEvidence(parser: object): void {
  const inside = parser as { collectNode: (node: Node, ...rest: unknown[]) => Promise<void> }
  const collect = inside.collectNode.bind(parser)
  inside.collectNode = (node, ...rest) => {
    const { parsed } = node.contentType
    if (node.content !== null && /^text\//i.test(parsed.value)) {
      const text = Buffer.from(textOf(Buffer.from(node.content), parsed.params['charset'] ?? ''))
      node.content = new Uint8Array(text).buffer
      parsed.params['charset'] = 'utf-8'
    }
    return collect(node, ...rest)
  }
}

/** A head that any parser reads, and of the body the first lines. */
function readable(bytes: Uint8Array): Uint8Array {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const ends = [whole.indexOf('\r\n\r\n'), whole.indexOf('\n\n')].filter((at) => at >= 0)
  const split = ends.length > 0 ? Math.min(...ends) : whole.length
  const head = whole.subarray(0, split)
  const body = firstLines(whole.subarray(split))
  return Buffer.concat([readableHead(head), body])
}

function firstLines(body: Buffer): Buffer {
  let end = -1
  for (let lines = 0; lines < MOST_LINES; lines++) {
    end = body.indexOf(0x0a, end + 1)
    if (end === -1) return body
  }
  return body.subarray(0, end + 1)
}

function* recipients(mail: Email, header: (name: string) => string | undefined): Iterable<string> {
  const named = [mail.to, mail.cc].flatMap((list) => flat(list)).map(({ address }) => address)
  const envelope = ['delivered-to', 'x-original-to', 'envelope-to'].map((name) => header(name)?.replace(/[<>]/g, ''))
  const all = new Set([...named, ...envelope].flatMap((one) => (isUsable(one) ? [(one as string).toLowerCase()] : [])))
  yield* [...all].slice(0, MOST_RECIPIENTS)
}

/** The same for the same mail at every look: an id of the mail's own making. */
const hashOf = (mail: Email, text: string): string =>
  createHash('sha256')
    .update(JSON.stringify([mail.date ?? '', flat(mail.from), mail.subject ?? '', text]))
    .digest('hex')
    .slice(0, 40)
