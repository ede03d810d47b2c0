import type { Said } from '#shared/model/said.ts'
import { said } from '#shared/words/said.ts'
import { userFailure } from '#engine/platform/failure.ts'
import { unknownText } from '../text/decode.ts'
import { TruncatedFile, openBytes } from './bytes.ts'
import { CsvSplitter, guessDelimiter } from './csv.ts'
import { looksLikeHeader } from './header.ts'
import { JsonSplitter, cellOf, columnsOf } from './json.ts'
import type { JsonRecord } from './json.ts'

/** A row of any format: cells by column name. */
export interface Row {
  /** Line of the file, from 1. */
  line: number
  /** '' when the row has no such cell. */
  cell(column: string): string
  /** The row as JSON text. */
  raw(): string
}

/** A row that could not be read. */
export interface BadRow {
  line: number
  reason: string
  column: string | null
  detail: Said
}

export interface Block {
  rows: Row[]
  bad: BadRow[]
}

export interface Table {
  format: 'csv' | 'json' | 'ndjson'
  delimiter: string | null
  columns: string[]
  /** The first rows, up to 500: they come again with `blocks`. */
  sample: Row[]
  /** Everything, in order and in blocks as the file is read; once only. */
  blocks(): AsyncIterable<Block>
  encoding(): string
  bytesRead(): number
  totalBytes: number | null
  /** Lets go of the file before its end. */
  close(): Promise<void>
}

const SAMPLE_ROWS = 500
/** Characters that must be there before the format is guessed, unless the file ends sooner. */
const SNIFF_CHARS = 64 * 1024

/** Opens a file of mentions and finds out how it is written. Throws a Failure when it is empty or unreadable. */
export async function openTable(
  input: string | AsyncIterable<Uint8Array>,
  name: string,
  signal?: AbortSignal,
): Promise<Table> {
  const bytes = await openBytes(input, signal)
  const decoding = unknownText()
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
  while (!ended && head.length < SNIFF_CHARS) {
    const next = await stream.next()
    if (next.done) break
    head += next.value.text
    ended = next.value.last
  }
  if (head.trim() === '') throw userFailure('file.isEmpty', { file: name })
  const { parse, columns, format, delimiter } = parserFor(head, ended, name)

  const sample: Block[] = [parse(head, ended)]
  let rows = sample[0]!.rows.length
  while (!ended && rows < SAMPLE_ROWS) {
    const next = await stream.next()
    if (next.done) break
    ended = next.value.last
    const block = parse(next.value.text, ended)
    rows += block.rows.length
    sample.push(block)
  }
  const close = async (): Promise<void> => {
    await stream.return(undefined)
  }
  async function* blocks(): AsyncGenerator<Block> {
    try {
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
    sample: sampleRows,
    blocks,
    encoding: () => decoding.encoding,
    bytesRead: bytes.read,
    totalBytes: bytes.total,
    close,
  }
}

interface Parser {
  format: Table['format']
  delimiter: string | null
  columns(sample: Row[]): string[]
  parse(text: string, last: boolean): Block
}

function parserFor(head: string, whole: boolean, name: string): Parser {
  const first = head.trimStart()[0]
  if (first === '[' && /^\s*\[\s*([{\]]|$)/.test(head)) return jsonParser(true)
  if (first === '{') {
    const wrapped = whole ? wrappedArray(head) : null
    if (wrapped) return wrappedParser(wrapped)
    return jsonParser(false)
  }
  const isBinary = head.startsWith('%PDF') || head.startsWith('PK\u0003\u0004')
  if (isBinary || (head.match(/\u0000/g)?.length ?? 0) > head.length / 50)
    throw userFailure('file.noText', { file: name })
  return csvParser(head)
}

function jsonBlock(records: JsonRecord[], seen: Set<string>): Block {
  const block: Block = { rows: [], bad: [] }
  for (const { line, value, text, problem } of records) {
    if (problem) {
      block.bad.push({ line, reason: problem.reason, column: null, detail: problem.detail })
      continue
    }
    if (seen.size < 500) for (const column of columnsOf(value as object)) seen.add(column)
    block.rows.push({ line, cell: (column) => cellOf(value, column), raw: () => text })
  }
  return block
}

function jsonParser(array: boolean): Parser {
  const splitter = new JsonSplitter(array)
  const seen = new Set<string>()
  return {
    format: array ? 'json' : 'ndjson',
    delimiter: null,
    columns: () => [...seen],
    parse: (text, last) => jsonBlock(splitter.push(text, last), seen),
  }
}

/** `{"statuses": [{…}, {…}], …}`: an answer of some API saved as a file. */
function wrappedArray(text: string): object[] | null {
  try {
    const value = JSON.parse(text) as Record<string, unknown>
    const lists = Object.values(value).filter(
      (inner): inner is object[] =>
        Array.isArray(inner) && inner.length > 0 && inner.every((one) => typeof one === 'object' && one !== null),
    )
    return lists.sort((a, b) => b.length - a.length)[0] ?? null
  } catch {
    return null
  }
}

function wrappedParser(values: object[]): Parser {
  const seen = new Set<string>()
  let given = false
  return {
    format: 'json',
    delimiter: null,
    columns: () => [...seen],
    parse() {
      if (given) return { rows: [], bad: [] }
      given = true
      return jsonBlock(
        values.map((value) => ({ line: 1, value, text: JSON.stringify(value), problem: null })),
        seen,
      )
    },
  }
}

function csvParser(head: string): Parser {
  const delimiter = guessDelimiter(head)
  const splitter = new CsvSplitter(delimiter)
  const width = new CsvSplitter(delimiter).push(head, true)[0]?.cells.length ?? 1
  let columns: string[] = []
  let index = new Map<string, number>()
  let begun = false
  return {
    format: 'csv',
    delimiter,
    columns: () => columns,
    parse(text, last) {
      const block: Block = { rows: [], bad: [] }
      const records = splitter.push(text, last, width)
      for (const [at, { line, cells, problem }] of records.entries()) {
        if (!begun) {
          begun = true
          const header = looksLikeHeader(
            cells,
            records.slice(at + 1, at + 20).map((record) => record.cells),
          )
          columns = header ? uniqueNames(cells) : cells.map((_, i) => String(i + 1))
          index = new Map(columns.map((column, i) => [column, i]))
          if (header) continue
        }
        if (problem) {
          const column = columns[problem.column] ?? null
          const detail =
            problem.reason === 'line too long'
              ? said('file.lineNeverEnds')
              : said('file.quoteNeverClosed', { column: column ?? problem.column + 1 })
          block.bad.push({ line, reason: problem.reason, column, detail })
          continue
        }
        // Empty cells too many are delimiters at the end of the line: spreadsheets write them.
        const spare = cells.slice(columns.length).some((cell) => cell !== '')
        if (spare || cells.length < columns.length) {
          const column = spare ? columns.at(-1)! : columns[cells.length]!
          const counts = { found: cells.length, wanted: columns.length, column }
          const detail = said(spare ? 'file.tooManyCells' : 'file.tooFewCells', counts)
          block.bad.push({ line, reason: 'wrong number of cells', column, detail })
          continue
        }
        block.rows.push(csvRow(line, cells, index, columns))
      }
      return block
    },
  }
}

const csvRow = (line: number, cells: string[], index: Map<string, number>, columns: string[]): Row => ({
  line,
  cell(column) {
    const at = index.get(column)
    return at === undefined ? '' : (cells[at] ?? '')
  },
  raw: () => JSON.stringify(Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? '']))),
})

/** Columns must be told apart: an empty or repeated name gets its number. */
function uniqueNames(names: string[]): string[] {
  const seen = new Set<string>()
  return names.map((name, i) => {
    let unique = name.trim() === '' ? `column ${i + 1}` : name.trim()
    if (seen.has(unique)) unique = `${unique} (${i + 1})`
    seen.add(unique)
    return unique
  })
}
