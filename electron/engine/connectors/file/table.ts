import type { DropReason } from '#shared/words/dropped.ts'
import type { Said } from '#shared/model/said.ts'
import { userFailure } from '#engine/platform/failure.ts'
import { isEncoding, unknownText } from '../text/decode.ts'
import { TruncatedFile, type FileInput } from './bytes.ts'
import { openContents, type Contents } from './contents.ts'
import { csvParser } from './csv-table.ts'
import { jsonParserFor } from './json-table.ts'
import type { SheetInfo } from './sheet/container.ts'

/** A row of any format: cells by column name. */
export interface Row {
  /** Line of the file, from 1. */
  line: number
  /** '' when the row has no such cell. */
  cell(column: string): string
  /** Where the words of a cell lead, when they are no address themselves. Sheets only. */
  target?(column: string): string | undefined
  /** The row as JSON text. */
  raw(): string
}

/** A row that could not be read. */
export interface BadRow {
  line: number
  reason: DropReason
  column: string | null
  detail: Said
}

export interface Block {
  rows: Row[]
  bad: BadRow[]
}

export interface Table {
  format: 'csv' | 'json' | 'ndjson' | 'xlsx' | 'ods'
  delimiter: string | null
  columns: string[]
  /** Records before the header: a report's title, its query, its dates. */
  leadIn: number
  /** Tables that the file holds, and which of them this is; a file of one table has none to choose. */
  sheets: SheetInfo[]
  sheet: string | null
  /** Cells of the first rows that hold a formula without its result. */
  unsolved: number
  /** Its days are counted from 1904. */
  epoch1904: boolean
  /** The first rows, up to 500: they come again with `blocks`. */
  sample: Row[]
  /** Everything, in order and in blocks as the file is read; once only. */
  blocks(): AsyncIterable<Block>
  encoding(): string
  bytesRead(): number
  totalBytes: number | null
  /** Reads one block more before its time, to settle what the first rows leave open; null at the end. */
  ahead(): Promise<Row[] | null>
  /** Lets go of the file before its end. */
  close(): Promise<void>
}

const SAMPLE_ROWS = 500
/** Characters that must be there before the format is guessed, unless the file ends sooner. */
const SNIFF_CHARS = 64 * 1024
/** Characters in which the rows of a document must have begun. */
const MOST_HEAD = 16 * 1024 * 1024

export interface TableOptions {
  signal?: AbortSignal | undefined
  /** An encoding's name, when the guess is wrong. */
  encoding?: string | undefined
  /** Which table of a workbook or an archive; default: the largest that is not hidden. */
  sheet?: string | undefined
}

/** Opens a file of mentions and finds out how it is written. Throws a Failure when it is empty or unreadable. */
export async function openTable(
  input: FileInput,
  name: string,
  { signal, encoding, sheet }: TableOptions = {},
): Promise<Table> {
  if (encoding !== undefined && !isEncoding(encoding)) throw userFailure('file.encodingUnknown', { encoding })
  const contents = await openContents(input, name, { signal, sheet })
  try {
    return await tableOf(contents, name, encoding)
  } catch (error) {
    contents.close()
    throw error
  }
}

/** Long: one stream of characters; guessing the format, reading on and ending early all take from it. */
async function tableOf(bytes: Contents, name: string, encoding: string | undefined): Promise<Table> {
  const decoding = unknownText(bytes.parser ? 'utf-8' : encoding)
  const bad: BadRow[] = []
  async function* texts(): AsyncGenerator<{ text: string; last: boolean }> {
    try {
      for await (const chunk of bytes.chunks) yield { text: decoding.decode(chunk), last: false }
    } catch (error) {
      if (!(error instanceof TruncatedFile)) throw error
      bad.push({ line: 0, reason: 'file ends early', column: null, detail: error.said })
    }
    yield { text: decoding.end(), last: true }
  }
  const stream = texts()
  let head = ''
  let ended = false
  const readMore = async (chars: number): Promise<void> => {
    while (!ended && head.length < chars) {
      const next = await stream.next()
      if (next.done) break
      head += next.value.text
      ended = next.value.last
    }
  }
  await readMore(SNIFF_CHARS)
  if (head.trim() === '') throw userFailure('file.isEmpty', { file: name })
  let parser = bytes.parser ?? parserFor(head, ended, name)
  // A document may say much about itself before its rows begin.
  for (let chars = SNIFF_CHARS * 4; parser === null; chars *= 4) {
    await readMore(chars)
    parser = parserFor(head, ended || chars > MOST_HEAD, name)
  }
  const { parse, columns, format, delimiter } = parser

  const sample: Block[] = [parse(head, ended)]
  let rows = sample[0]!.rows.length
  const ahead = async (): Promise<Row[] | null> => {
    if (ended) return null
    const next = await stream.next()
    if (next.done) return null
    ended = next.value.last
    const block = parse(next.value.text, ended)
    sample.push(block)
    return block.rows
  }
  while (rows < SAMPLE_ROWS) {
    const more = await ahead()
    if (more === null) break
    rows += more.length
  }
  const close = async (): Promise<void> => {
    await stream.return(undefined)
    bytes.close()
  }
  async function* blocks(): AsyncGenerator<Block> {
    try {
      // Where the first rows are all there are, how the file ends is known with them.
      if (ended) sample.at(-1)!.bad.push(...bad.splice(0))
      yield* sample.splice(0)
      if (!ended) for await (const { text, last } of stream) yield parse(text, last)
      if (bad.length > 0) yield { rows: [], bad: bad.splice(0) }
    } finally {
      await close()
    }
  }
  const sampleRows = sample.flatMap((block) => block.rows).slice(0, SAMPLE_ROWS)
  return {
    format,
    delimiter,
    columns: columns(sampleRows),
    leadIn: parser.leadIn?.() ?? 0,
    sheets: bytes.sheets,
    sheet: bytes.sheet,
    unsolved: parser.unsolved?.() ?? 0,
    epoch1904: parser.epoch1904 ?? false,
    sample: sampleRows,
    ahead,
    blocks,
    encoding: () => decoding.encoding,
    bytesRead: bytes.read,
    totalBytes: bytes.total,
    close,
  }
}

/** What a format makes of text as it arrives. */
export interface Parser {
  format: Table['format']
  delimiter: string | null
  columns(sample: Row[]): string[]
  leadIn?(): number
  unsolved?(): number
  epoch1904?: boolean
  parse(text: string, last: boolean): Block
}

/** null: more of the file must be seen. */
function parserFor(head: string, whole: boolean, name: string): Parser | null {
  const json = jsonParserFor(head, whole)
  if (json !== 'no JSON') return json
  const isBinary = head.startsWith('%PDF')
  if (isBinary || (head.match(/\u0000/g)?.length ?? 0) > head.length / 50)
    throw userFailure('file.noText', { file: name })
  return csvParser(head)
}
