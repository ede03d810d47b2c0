import { asWritten } from '#shared/words/said.ts'
import { Failure } from '#engine/platform/failure.ts'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { parse } from 'csv-parse'
import type { Example } from '#engine/understanding/classify/classifier.ts'
import { UsageError } from '#hosts/say-failure.ts'

export interface Columns {
  text: string
  label: string
  /** Of which listen a row is, where that is asked. */
  listen?: string
}

export interface Labelled extends Example {
  listen?: string
}

const HEAD_BYTES = 65_536
const delimiters = [',', ';', '\t', '|']

/** The sign that parts most fields of the header; signs between quotation marks do not count. */
function delimiterOf(head: string): string {
  const header = (head.replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0] ?? '').replace(/"(?:[^"]|"")*"/g, '')
  const counts = delimiters.map((sign) => header.split(sign).length)
  return delimiters[counts.indexOf(Math.max(...counts))]!
}

async function headOf(file: string): Promise<string> {
  try {
    const handle = await open(file)
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
      return buffer.subarray(0, bytesRead).toString('utf8')
    } finally {
      await handle.close()
    }
  } catch (cause) {
    const { code } = cause as { code?: string }
    if (code === 'ENOENT') throw new UsageError(`There is no file ${file}.`)
    if (code === 'EISDIR') throw new UsageError(`${file} is a folder, not a file.`)
    throw new Failure('user', asWritten(`${file} cannot be read: ${(cause as Error).message}`), { cause })
  }
}

/**
 * Texts with their labels from a CSV file with a header: UTF-8 with or without a byte order mark, separated by comma, semicolon, tab or bar. Rows
 * without text or label are left out. Reads row by row: only the columns asked for are kept.
 */
export async function readLabelledCsv(file: string, { text, label, listen }: Columns): Promise<Labelled[]> {
  const head = await headOf(file)
  if (head.trim() === '') throw new UsageError(`${file} is empty.`)
  const parser = parse({
    columns: (header: string[]) => header.map((name) => name.trim()),
    bom: true,
    delimiter: delimiterOf(head),
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
  })
  const rows = createReadStream(file)
    .on('error', (error) => parser.destroy(error))
    .pipe(parser)
  const examples: Labelled[] = []
  let checked = false
  try {
    for await (const each of rows) {
      const row = each as Record<string, string>
      if (!checked) checkColumns(file, Object.keys(row), listen === undefined ? [text, label] : [text, label, listen])
      checked = true
      const value = row[label]?.trim()
      if (value && row[text]?.trim())
        examples.push({ text: row[text], label: value, ...(listen !== undefined && { listen: row[listen] ?? '' }) })
    }
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new Failure('user', asWritten(`${file} is not a CSV file that can be read: ${(error as Error).message}`), {
      cause: error,
    })
  }
  if (!checked) throw new UsageError(`${file} has a header and no rows.`)
  return examples
}

function checkColumns(file: string, columns: readonly string[], wanted: readonly string[]): void {
  for (const column of wanted) {
    if (!columns.includes(column))
      throw new UsageError(`${file} has no column "${column}". It has: ${columns.join(', ') || 'none'}.`)
  }
}
