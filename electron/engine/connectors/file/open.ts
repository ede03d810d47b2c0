import type { Said } from '#shared/model/said.ts'
import { userFailure } from '#engine/platform/failure.ts'
import type { FileInput } from './bytes.ts'
import type { DraftOptions } from './draft.ts'
import { dateOrderOf, leavesOrderOpen } from '../text/dates.ts'
import type { DateOrder } from '../text/dates.ts'
import { areRounded } from './ids.ts'
import { isInPieces } from './json-cells.ts'
import { fileFields, guessMapping } from './mapping.ts'
import type { FileField, Guess, Mapping } from './mapping.ts'
import { isSpoiled } from './mojibake.ts'
import { decimalOf } from './numbers.ts'
import { openTable } from './table.ts'
import type { Row, Table } from './table.ts'
import { zoneIn } from './when.ts'

export interface OpenOptions {
  /** Field → column; '': none. What is not named is guessed. */
  mapping?: Record<string, string>
  date?: number | null
  dateOrder?: 'guess' | 'dmy' | 'mdy'
  /** An encoding's name, when the guess is wrong. */
  encoding?: string
  /** Of dates without one: an offset, an abbreviation, or a place (`Europe/Berlin`). Default UTC. */
  zone?: string
  /** Which table of a workbook or an archive; default: the largest that is not hidden. */
  sheet?: string
  signal?: AbortSignal
}

export interface OpenedFile {
  table: Table
  draftOptions: DraftOptions
}

/** Opens a file and settles what its columns mean. Throws a Failure that names the file, its columns and what to do. */
export async function openFile(input: FileInput, name: string, options: OpenOptions = {}): Promise<OpenedFile> {
  const opened = await openSettled(input, name, options)
  const { table, draftOptions } = opened
  const { mapping, date } = draftOptions
  const columns = namesOf(table)
  if (mapping.text !== undefined || mapping.title !== undefined)
    if (mapping.publishedAt !== undefined || date !== null) return opened
  await table.close()
  if (mapping.text === undefined && mapping.title === undefined)
    throw userFailure('file.noTextColumn', { file: name, columns })
  throw userFailure('file.noDateColumn', { file: name, columns })
}

/** Opens a file and guesses what its columns mean, also where nothing was found for what a mention needs. */
export async function openSettled(input: FileInput, name: string, options: OpenOptions = {}): Promise<OpenedFile> {
  const { signal, encoding, sheet } = options
  const table = await openTable(input, name, { signal, encoding, sheet })
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
  if (options.zone !== undefined && options.zone !== '' && zoneIn(options.zone) === null)
    throw userFailure('file.zoneUnknown', { zone: options.zone })
  const { mapping, when } = await decide(table, given, order)
  const rows = table.sample
  const cells = (field: FileField): string[] => {
    const column = mapping[field]
    return column === undefined ? [] : rows.map((row) => row.cell(column))
  }
  const counts = ['followers', 'likes', 'reposts', 'replies'] as const
  return {
    table,
    draftOptions: {
      mapping,
      when: { ...when, epoch1904: table.epoch1904, zone: when.zone ?? (options.zone || null) },
      decimals: Object.fromEntries(counts.map((field) => [field, decimalOf(cells(field))])),
      roundedIds: ['csv', 'xlsx', 'ods'].includes(table.format) && areRounded(cells('externalId')),
      pieces: areInPieces(cells('text')),
      mojibake: isSpoiled([...cells('text'), ...cells('title'), ...cells('author')]),
      date: options.date ?? null,
    },
  }
}

const areInPieces = (cells: string[]): boolean => {
  const filled = cells.filter((cell) => cell.trim() !== '')
  return filled.length > 0 && filled.every(isInPieces)
}

/** Rows that are read ahead at most to find out which comes first, the day or the month. */
const MOST_AHEAD = 100_000

/** The mapping; while the dates read so far leave day and month open, more of the file is looked at. */
export async function decide(table: Table, given: Mapping, order?: DateOrder): Promise<Guess> {
  const guess = guessMapping(table.columns, table.sample, given, order)
  const column = guess.mapping.publishedAt
  if (column === undefined || guess.when.order !== undefined) return guess
  const isOpen = (row: Row): boolean => leavesOrderOpen(row.cell(column))
  if (!table.sample.some(isOpen)) return guess
  let seen = table.sample.length
  while (seen < MOST_AHEAD) {
    const rows = await table.ahead()
    if (rows === null) break
    seen += rows.length
    const told = dateOrderOf(rows.map((row) => row.cell(column)))
    if (told) return { ...guess, when: { ...guess.when, order: told } }
  }
  return guess
}

async function firstBad(table: Table): Promise<Said | null> {
  for await (const block of table.blocks()) if (block.bad[0]) return block.bad[0].detail
  return null
}

const namesOf = (table: Table): string => table.columns.slice(0, 30).join(', ')

function checkMapping(given: Record<string, string>, table: Table, name: string): Mapping {
  const mapping: Mapping = {}
  for (const [field, column] of Object.entries(given)) {
    if (!(fileFields as readonly string[]).includes(field)) {
      throw userFailure('file.fieldUnknown', { field, fields: fileFields.join(', ') })
    }
    if (column === '') {
      mapping[field as FileField] = ''
      continue
    }
    const found =
      table.columns.find((known) => known === column) ??
      table.columns.find((known) => known.toLowerCase() === column.toLowerCase())
    if (found === undefined) throw userFailure('file.columnUnknown', { file: name, column, columns: namesOf(table) })
    mapping[field as FileField] = found
  }
  return mapping
}
