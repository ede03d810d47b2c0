import type { Said } from '#shared/model/said.ts'
import { said } from '#shared/words/said.ts'
import { guessMapping } from '#engine/connectors/file/mapping.ts'
import { openTable } from '#engine/connectors/file/table.ts'

export interface FilePreview {
  columns: string[]
  /** Field → column. */
  mapping: Record<string, string>
  rows: Record<string, string>[]
  problems: Said[]
}

const ROWS = 10
const CELL = 200

/** Reads no more than the file's first part, and guesses what its columns mean. */
export async function previewFile(input: AsyncIterable<Uint8Array> | string, name: string): Promise<FilePreview> {
  const table = await openTable(input, name)
  const { mapping } = guessMapping(table.columns, table.sample)
  const problems: Said[] = []
  if (mapping.text === undefined) problems.push(said('file.chooseText'))
  if (mapping.publishedAt === undefined) problems.push(said('file.chooseDate'))
  // The blocks begin with what was sampled: their first ones tell what is wrong with the first rows.
  for await (const block of table.blocks()) {
    for (const bad of block.bad.slice(0, ROWS))
      problems.push(said('file.lineProblem', { line: bad.line, reason: bad.detail }))
    break
  }
  const rows = table.sample
    .slice(0, ROWS)
    .map((row) => Object.fromEntries(table.columns.map((column) => [column, row.cell(column).slice(0, CELL)])))
  return { columns: table.columns, mapping, rows, problems }
}
