/**
 * Several files, or a folder of them, as one: mails are often kept one a file. A tar (POSIX.1-1988, ustar) of parts that lie where they
 * are until they are read, so that a folder of gigabytes costs nothing here.
 */
interface Named {
  path: string
  file: File
}

const BLOCK = 512
/** Files that are taken together at most. */
const MOST_FILES = 200_000

/** More than are taken together: none of them is, since nobody could tell which were left out. */
export class TooManyFiles extends Error {
  override name = 'TooManyFiles'
  readonly most = MOST_FILES
}

const encoder = new TextEncoder()

/** The head of a file in a tar; a path that is too long for one is put before it as GNU does. */
function headOf(path: string, size: number, type: '0' | 'L'): Uint8Array<ArrayBuffer> {
  const head = new Uint8Array(BLOCK)
  const put = (text: string, at: number): void => head.set(encoder.encode(text), at)
  const octal = (n: number, width: number): string => n.toString(8).padStart(width, '0')
  head.set(encoder.encode(path).subarray(0, 100), 0)
  put('0000644', 100)
  put('0000000', 108)
  put('0000000', 116)
  put(octal(size, 11), 124)
  put('00000000000', 136)
  put('        ', 148)
  put(type, 156)
  put('ustar\u000000', 257)
  put(
    `${octal(
      head.reduce((sum, byte) => sum + byte, 0),
      6,
    )}\u0000 `,
    148,
  )
  return head
}

const padding = (size: number): Uint8Array<ArrayBuffer> => new Uint8Array((BLOCK - (size % BLOCK)) % BLOCK)

/** `name`: of the whole, without an ending. */
function together(files: Named[], name: string): File {
  const parts: BlobPart[] = []
  for (const { path, file } of files) {
    const bytes = encoder.encode(path)
    if (bytes.length > 100) parts.push(headOf('././@LongLink', bytes.length, 'L'), bytes, padding(bytes.length))
    parts.push(headOf(path, file.size, '0'), file, padding(file.size))
  }
  parts.push(new Uint8Array(BLOCK * 2))
  return new File(parts, `${name}.tar`)
}

/** undefined: there is none. Throws TooManyFiles. */
export function asOne(files: Named[], name?: string): File | undefined {
  const [first] = files
  if (first === undefined) return undefined
  if (files.length > MOST_FILES) throw new TooManyFiles()
  return files.length === 1 && name === undefined
    ? first.file
    : together(files, name ?? `${first.path.replace(/\.\w+$/, '')} +${files.length - 1}`)
}

/** What was chosen in a field for files; it forgets its choice, so that the same file can be chosen again. */
export async function pickedFile(input: HTMLInputElement): Promise<File | undefined> {
  const files = [...(input.files ?? [])]
  input.value = ''
  return asOne(files.map((file) => ({ path: file.name, file })))
}

/** What was dropped: a file, several, or a folder with all that is in it. */
export async function droppedFile(transfer: DataTransfer | null): Promise<File | undefined> {
  // To be asked for at once: what was dropped is forgotten when the event is over.
  const entries = [...(transfer?.items ?? [])].flatMap((item) => item.webkitGetAsEntry?.() ?? [])
  const plain = [...(transfer?.files ?? [])].map((file) => ({ path: file.name, file }))
  if (!entries.some((entry) => entry.isDirectory)) return asOne(plain)
  const files: Named[] = []
  for (const entry of entries) await gather(entry, '', files)
  return asOne(files, entries[0]?.name)
}

async function gather(entry: FileSystemEntry, under: string, files: Named[]): Promise<void> {
  if (files.length > MOST_FILES) throw new TooManyFiles()
  const path = `${under}${entry.name}`
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))
    files.push({ path, file })
    return
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  for (;;) {
    // A hundred at a time.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return
    for (const one of some) await gather(one, `${path}/`, files)
  }
}
