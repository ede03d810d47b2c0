import { userFailure } from '#engine/platform/failure.ts'
import { open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { constants, gunzipSync } from 'node:zlib'
import { openBytes, TruncatedFile, type FileInput } from '../bytes.ts'
import { gathered } from '../contents.ts'
import { openZip, type Zip, type ZipEntry } from '../sheet/zip.ts'
import { headed } from './chunks.ts'
import { MailReader, SNIFF_BYTES, type Found, type MailForm, type Mails } from './mails.ts'
import { shapeOf } from './mail-shape.ts'
import { inOrder, placeOf } from './places.ts'
import { isTar, tarFiles } from './tar.ts'

export interface MailOptions {
  signal?: AbortSignal | undefined
  /** Which file of a folder or an archive; default: all. */
  sheet?: string | undefined
}

/** The mails that a file, a folder or an archive holds; null where it holds none, with what is to be read instead. */
export type MailsOrNot = { mails: Mails } | { mails: null; input: FileInput }

/** Mailboxes that are offered one by one. */
const MOST_BOXES = 100
const TABLE = /\.(csv|tsv|tab|txt|json|ndjson|jsonl|js)$/i

/** Looks whether there are mails. `name`: of the file, for sentences and as a hint. Throws a Failure for a folder without any. */
export async function openMails(input: FileInput, name: string, options: MailOptions): Promise<MailsOrNot> {
  if (typeof input === 'string' && (await isFolder(input))) return { mails: await folderMails(input, name, options) }
  const { raw, again } = await peeked(input)
  if (raw.toString('latin1', 0, 4) === 'PK\u0003\u0004') return zipMails(again, name, options)
  const head = unpacked(raw)
  const shape = shapeOf(head, name)
  if (shape === null && !isTar(head)) return { mails: null, input: again }
  const source = await openBytes(again, options.signal)
  const reader = new MailReader()
  const one = { name: null, chunks: source.chunks, shape }
  const found = isTar(head) ? tarMails(source.chunks, name, reader, options) : reader.read(one)
  const form = isTar(head) ? 'archive' : shape === 'mbox' ? 'mbox' : 'eml'
  return {
    mails: {
      form,
      boxes: [],
      box: null,
      found,
      bytesRead: source.read,
      totalBytes: source.total,
      close: () => source.close(),
    },
  }
}

const isFolder = async (path: string): Promise<boolean> => {
  try {
    return (await stat(path)).isDirectory()
  } catch {
    return false
  }
}

/** The first bytes as they lie there, and the input from its beginning. What cannot be read tells so whoever reads it. */
async function peeked(input: FileInput): Promise<{ raw: Buffer; again: FileInput }> {
  if (input instanceof Uint8Array) return { raw: Buffer.from(input.subarray(0, SNIFF_BYTES)), again: input }
  if (typeof input !== 'string') {
    const { head, all } = await headed(input, SNIFF_BYTES)
    return { raw: head.subarray(0, SNIFF_BYTES), again: all }
  }
  const file = await open(input, 'r').catch(() => null)
  if (file === null) return { raw: Buffer.alloc(0), again: input }
  try {
    if (!(await file.stat()).isFile()) return { raw: Buffer.alloc(0), again: input }
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SNIFF_BYTES), 0, SNIFF_BYTES, 0)
    return { raw: buffer.subarray(0, bytesRead), again: input }
  } catch {
    return { raw: Buffer.alloc(0), again: input }
  } finally {
    await file.close()
  }
}

/** The first bytes of what is packed; what cannot be unpacked is no mail. */
function unpacked(raw: Buffer): Buffer {
  if (raw[0] !== 0x1f || raw[1] !== 0x8b) return raw
  try {
    return gunzipSync(raw.subarray(0, 16 * 1024), { finishFlush: constants.Z_SYNC_FLUSH })
  } catch {
    return Buffer.alloc(0)
  }
}

async function* tarMails(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  reader: MailReader,
  { sheet }: MailOptions,
): AsyncGenerator<Found> {
  let any = false
  const none: Found[] = []
  try {
    for await (const file of tarFiles(chunks)) {
      if (placeOf(file.name) === 'beside' || (sheet && file.name !== sheet)) continue
      for await (const found of reader.read(file)) {
        any ||= 'mail' in found
        if (any) yield* none.splice(0)
        if (any) yield found
        else none.push(found)
      }
    }
  } catch (error) {
    if (!any || !(error instanceof TruncatedFile)) throw error
    yield reader.endsEarly(error.said)
  }
  if (!any) throw userFailure('file.archiveWithoutMail', { file: name })
}

interface Listed {
  name: string
  size: number
  chunks(): AsyncIterable<Uint8Array>
}

/** Mails of files that are known beforehand. */
function listedMails(files: Listed[], form: MailForm, options: MailOptions, done: () => void): Mails {
  const wanted = options.sheet ? files.filter(({ name }) => name === options.sheet) : files
  const boxes = files.filter(({ name }) => /\.(?:mbox|mbx)$/i.test(name) || !/\.[a-z]{3,4}$/i.test(name))
  const reader = new MailReader()
  let before = 0
  let current = 0
  async function* found(): AsyncGenerator<Found> {
    try {
      for (const file of wanted) {
        options.signal?.throwIfAborted()
        current = 0
        yield* reader.read({ name: file.name, chunks: counted(file) })
        before += file.size
        current = 0
      }
    } finally {
      done()
    }
  }
  async function* counted(file: Listed): AsyncGenerator<Uint8Array> {
    for await (const chunk of file.chunks()) {
      current += chunk.byteLength
      yield chunk
      options.signal?.throwIfAborted()
    }
  }
  const all = found()
  const isChoice = form !== 'maildir' && boxes.length > 1 && boxes.length <= MOST_BOXES
  return {
    form,
    boxes: isChoice ? boxes.map(({ name, size }) => ({ name, hidden: false, size })) : [],
    box: options.sheet || null,
    found: all,
    bytesRead: () => before + current,
    totalBytes: wanted.reduce((sum, { size }) => sum + size, 0),
    async close() {
      await all.return(undefined)
      done()
    },
  }
}

/** A Maildir, the folder of a mail program, or any folder with mails somewhere in it. Links are not followed. */
async function folderMails(folder: string, name: string, options: MailOptions): Promise<Mails> {
  const files: Listed[] = []
  let isMaildir = false
  const open = async function* (path: string): AsyncGenerator<Uint8Array> {
    yield* (await openBytes(path, options.signal)).chunks
  }
  async function walk(under: string): Promise<void> {
    options.signal?.throwIfAborted()
    const entries = await readdir(join(folder, under), { withFileTypes: true })
    entries.sort((a, b) => inOrder(a.name, b.name))
    isMaildir ||= entries.some((one) => one.isDirectory() && one.name === 'cur')
    for (const entry of entries) {
      const path = under === '' ? entry.name : `${under}/${entry.name}`
      if (entry.isDirectory()) await walk(path)
      if (!entry.isFile() || placeOf(path) === 'beside') continue
      const { size } = await stat(join(folder, path))
      files.push({ name: path, size, chunks: () => open(join(folder, path)) })
    }
  }
  await walk('')
  if (!(await anyMail(files))) throw userFailure('file.folderWithoutMail', { file: name })
  return listedMails(files, isMaildir ? 'maildir' : 'folder', options, () => {})
}

/** Files whose first bytes are looked at, to tell whether there is a mail among them. */
const MOST_TRIED = 2_000

async function anyMail(files: Listed[]): Promise<boolean> {
  if (files.some(({ name }) => placeOf(name) === 'mail')) return true
  for (const file of files.slice(0, MOST_TRIED)) if (await isMail(file)) return true
  return false
}

async function isMail({ name, chunks }: Listed): Promise<boolean> {
  try {
    const { head, close } = await headed(chunks(), SNIFF_BYTES)
    await close()
    return shapeOf(head, name) !== null
  } catch {
    return false
  }
}

/** An archive of mails: what Google Takeout gives, a folder of mails that somebody packed. */
async function zipMails(input: FileInput, name: string, options: MailOptions): Promise<MailsOrNot> {
  const archive = typeof input === 'string' || input instanceof Uint8Array ? input : await gathered(input, name)
  const not: MailsOrNot = { mails: null, input: archive }
  const zip = await openZip(archive, name).catch(() => null)
  // What is wrong with it is told by whoever opens it as what it is else.
  if (zip === null) return not
  const files = await mailsIn(zip)
  const tables = zip.entries.filter((entry) => TABLE.test(entry.name) && placeOf(entry.name) !== 'mail')
  const sizeOf = (all: { size: number }[]): number => all.reduce((sum, { size }) => sum + size, 0)
  const isAsked = files.some((file) => file.name === options.sheet)
  if (files.length === 0 || (options.sheet ? !isAsked : sizeOf(files) < sizeOf(tables))) {
    zip.close()
    return not
  }
  return { mails: listedMails(files, 'archive', options, () => zip.close()) }
}

async function mailsIn({ entries }: Zip): Promise<Listed[]> {
  const files: Listed[] = []
  const isDirectory = ({ name }: ZipEntry): boolean => name.endsWith('/')
  let tried = 0
  for (const entry of entries) {
    const place = placeOf(entry.name)
    if (isDirectory(entry) || entry.locked || place === 'beside') continue
    const listed: Listed = { name: entry.name, size: entry.size, chunks: () => chunksOf(entry) }
    // Of a workbook's parts and of tables none is a mailbox: those of mail programs have no ending.
    const mayBe = place === 'maybe' && !/\.[a-z0-9]{1,5}$/i.test(entry.name) && tried++ < MOST_TRIED
    if (place === 'mail' || place === 'unfinished' || (mayBe && (await isMail(listed)))) files.push(listed)
  }
  return files.some(({ name }) => placeOf(name) !== 'unfinished') ? files.sort((a, b) => inOrder(a.name, b.name)) : []
}

async function* chunksOf(entry: ZipEntry): AsyncGenerator<Uint8Array> {
  const stream = await entry.open()
  try {
    for await (const chunk of stream) yield chunk as Uint8Array
  } finally {
    stream.destroy()
  }
}
