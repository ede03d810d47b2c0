import type { DropReason } from '#shared/words/dropped.ts'
import type { Said } from '#shared/model/said.ts'
import { said } from '#shared/words/said.ts'
import { saidOf } from '#engine/platform/failure.ts'
import { TruncatedFile } from '../bytes.ts'
import type { SheetInfo } from '../sheet/container.ts'
import { headed } from './chunks.ts'
import { arrivedAt, headOf, type Head } from './head.ts'
import { shapeOf, stampOf, type MailShape } from './mail-shape.ts'
import { leadOf, MboxSplitter, type Stretch } from './mbox.ts'
import { placeOf } from './places.ts'
import { deliveredIn, unheardByFlags, unheardByHead, unheardByPlace, type Unheard } from './state.ts'

/** Of one mail. Words mostly stand before what is attached. */
export const MAIL_BYTES = 2 * 1024 * 1024
/** Bytes that tell what a file is. */
export const SNIFF_BYTES = 64 * 1024

/** A mail as it lies in a file. */
export interface FoundMail {
  /** From 1, in the order in which they are read. */
  no: number
  /** Bytes before it in its file. */
  at: number
  /** In a folder or an archive; null: the one file that there is. */
  file: string | null
  /** Its beginning. */
  bytes: Buffer
  head: Head
  receivedAt: number | null
  /** Why it is none that somebody sent to anybody; null: it is one. */
  unheard: Unheard | null
}

/** What lies between mails, or beside them. */
export interface NoMail {
  reason: DropReason
  /** The mail before it; 0: none. */
  no: number
  at: number
  file: string | null
  detail: Said
}

export type Found = { mail: FoundMail } | { none: NoMail }

export type MailForm = 'mbox' | 'eml' | 'maildir' | 'folder' | 'archive'

/** One file of mail, or of mails. */
export interface MailFile {
  name: string | null
  chunks: AsyncIterable<Uint8Array>
  /** Known already; null: its first bytes tell. */
  shape?: MailShape | null
}

/** What holds mails: a file, a folder of them, an archive. */
export interface Mails {
  form: MailForm
  /** Mailboxes to choose from; none where there is only one. */
  boxes: SheetInfo[]
  /** The one that was asked for; null: all. */
  box: string | null
  found: AsyncGenerator<Found>
  bytesRead(): number
  totalBytes: number | null
  close(): Promise<void>
}

/** Numbers the mails of one file after another. */
export class MailReader {
  private no = 0

  /** Everything of a file: its mails, and what is none. A file that breaks off gives what came before. */
  async *read(file: MailFile): AsyncGenerator<Found> {
    const { name } = file
    let read = 0
    try {
      const place = name === null ? 'mail' : placeOf(name)
      if (place === 'unfinished') {
        yield this.none('not a mail', name, 0, said('file.mailUnfinished'))
        return
      }
      const { head, all, close } = await headed(file.chunks, SNIFF_BYTES)
      const shape =
        file.shape ?? (head.length === 0 ? null : shapeOf(head, name ?? '')) ?? (inMaildir(name) ? 'eml' : null)
      if (shape === null) {
        await close()
        yield this.none('not a mail', name, 0, said(head.length === 0 ? 'file.mailEmpty' : 'file.mailNone'))
        return
      }
      const counted = async function* (): AsyncGenerator<Uint8Array> {
        for await (const chunk of all) {
          yield chunk
          read += chunk.byteLength
        }
      }
      yield* shape === 'mbox' ? this.mbox(counted(), name) : this.single(counted(), name, shape)
    } catch (error) {
      if (isAbort(error)) throw error
      const reason = error instanceof TruncatedFile ? 'file ends early' : 'not readable'
      yield this.none(reason, name, read, saidOf(error))
    }
  }

  /** An archive breaks off between two files. */
  endsEarly(why: Said): Found {
    return this.none('file ends early', null, 0, why)
  }

  private none(reason: DropReason, file: string | null, at: number, detail: Said): Found {
    return { none: { reason, no: this.no, at, file, detail } }
  }

  private mail(bytes: Buffer, file: string | null, at: number, stamp: string): Found {
    const head = headOf(bytes)
    const own = file?.split('/').at(-1) ?? ''
    const unheard =
      (inMaildir(file) ? unheardByFlags(own) : null) ??
      unheardByHead(head) ??
      (file === null ? null : unheardByPlace(file))
    const receivedAt = (inMaildir(file) ? deliveredIn(own) : null) ?? arrivedAt(head, stamp)
    return { mail: { no: ++this.no, at, file, bytes, head, receivedAt, unheard } }
  }

  private async *mbox(chunks: AsyncIterable<Uint8Array>, file: string | null): AsyncGenerator<Found> {
    const splitter = new MboxSplitter(MAIL_BYTES)
    let failure: unknown
    try {
      for await (const chunk of chunks) yield* this.stretches(splitter.push(chunk), file)
    } catch (error) {
      if (isAbort(error)) throw error
      failure = error
    }
    yield* this.stretches(splitter.push(new Uint8Array(), true), file)
    if (failure !== undefined) throw failure
  }

  private *stretches(stretches: Stretch[], file: string | null): Generator<Found> {
    for (const stretch of stretches) {
      const { at, size, line, bytes } = stretch
      const lead = leadOf(stretch)
      if (lead === 'nothing') continue
      if (lead === 'garbage') yield this.none('not a mail', file, at, said('file.mailGarbage', { n: size }))
      else yield this.mail(bytes, file, at, line === null ? '' : stampOf(line))
    }
  }

  private async *single(
    chunks: AsyncIterable<Uint8Array>,
    file: string | null,
    shape: 'eml' | 'emlx',
  ): AsyncGenerator<Found> {
    const kept: Uint8Array[] = []
    let have = 0
    for await (const chunk of chunks) {
      if (have < MAIL_BYTES) kept.push(chunk)
      have += chunk.byteLength
    }
    const bytes = Buffer.concat(kept).subarray(0, MAIL_BYTES)
    yield this.mail(shape === 'emlx' ? withoutCount(bytes) : withoutMark(bytes), file, 0, '')
  }
}

const inMaildir = (path: string | null): boolean => /(?:^|\/)(?:cur|new)\/[^/]+$/.test(path ?? '')

const isAbort = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'AbortError' || (error as NodeJS.ErrnoException).code === 'ABORT_ERR')

/** Apple Mail writes the number of a mail's bytes before it, and what it knows of it behind. */
function withoutCount(bytes: Buffer): Buffer {
  const end = bytes.indexOf(0x0a)
  const length = Number(bytes.toString('latin1', 0, end).trim())
  return bytes.subarray(end + 1, end + 1 + length)
}

const withoutMark = (bytes: Buffer): Buffer =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes
