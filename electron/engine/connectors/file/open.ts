import type { Said } from '#shared/model/said.ts'
import { userFailure } from '#engine/platform/failure.ts'
import type { DraftOptions } from './draft.ts'
import { fileFields, guessMapping } from './mapping.ts'
import type { FileField, Mapping } from './mapping.ts'
import { openTable } from './table.ts'
import type { Table } from './table.ts'

export interface OpenOptions {
  /** Field → column; what is not named is guessed. */
  mapping?: Record<string, string>
  date?: number | null
  dateOrder?: 'guess' | 'dmy' | 'mdy'
  signal?: AbortSignal
}

export interface OpenedFile {
  table: Table
  draftOptions: DraftOptions
}

/** Opens a file and settles what its columns mean. Throws a Failure that names the file, its columns and what to do. */
export async function openFile(
  input: string | AsyncIterable<Uint8Array>,
  name: string,
  options: OpenOptions = {},
): Promise<OpenedFile> {
  const table = await openTable(input, name, options.signal)
  try {
    return await settle(table, name, options)
  } catch (error) {
    await table.close()
    throw error
  }
}

async function settle(table: Table, name: string, options: OpenOptions): Promise<OpenedFile> {
  if (table.sample.length === 0) {
    const bad = await firstBad(table)
    throw bad === null
      ? userFailure('file.noRows', { file: name })
      : userFailure('file.noRowsBecause', { file: name, why: bad })
  }
  const given = checkMapping(options.mapping ?? {}, table, name)
  const order = options.dateOrder === undefined || options.dateOrder === 'guess' ? undefined : options.dateOrder
  const { mapping, dateOrder } = guessMapping(table.columns, table.sample, given, order)
  const columns = namesOf(table)
  if (mapping.text === undefined && mapping.title === undefined)
    throw userFailure('file.noTextColumn', { file: name, columns })
  if (mapping.publishedAt === undefined && (options.date ?? null) === null)
    throw userFailure('file.noDateColumn', { file: name, columns })
  return { table, draftOptions: { mapping, dateOrder, date: options.date ?? null } }
}

async function firstBad(table: Table): Promise<Said | null> {
  for await (const block of table.blocks()) if (block.bad[0]) return block.bad[0].detail
  return null
}

const namesOf = (table: Table): string => table.columns.slice(0, 30).join(', ')

function checkMapping(given: Record<string, string>, table: Table, name: string): Mapping {
  const mapping: Mapping = {}
  for (const [field, column] of Object.entries(given)) {
    if (column === '') continue
    if (!(fileFields as readonly string[]).includes(field)) {
      throw userFailure('file.fieldUnknown', { field, fields: fileFields.join(', ') })
    }
    const found =
      table.columns.find((known) => known === column) ??
      table.columns.find((known) => known.toLowerCase() === column.toLowerCase())
    if (found === undefined) throw userFailure('file.columnUnknown', { file: name, column, columns: namesOf(table) })
    mapping[field as FileField] = found
  }
  return mapping
}
