import type { Said } from '#shared/model/said.ts'
import { asWritten, said } from '#shared/words/said.ts'
import { leavesOrderOpen } from '#engine/connectors/text/dates.ts'
import { isDropped } from '#engine/connectors/draft.ts'
import { rowToDraft } from '#engine/connectors/file/draft.ts'
import { HISTORY_MS } from '#engine/connectors/file/file.ts'
import { kindNamed } from '#engine/connectors/file/kinds.ts'
import { exportNamed } from '#engine/connectors/file/known-exports.ts'
import { mended } from '#engine/connectors/file/mojibake.ts'
import { openSettled } from '#engine/connectors/file/open.ts'
import type { OpenedFile, OpenOptions } from '#engine/connectors/file/open.ts'
import { saysZone } from '#engine/connectors/file/when.ts'

export interface FilePreview {
  columns: string[]
  /** Field → column. */
  mapping: Record<string, string>
  rows: Record<string, string>[]
  problems: Said[]
  /** What was found out about the file: whose export, its encoding, what is put right or left out. */
  notes: Said[]
  /** Tables of a workbook or files of an archive, and the one that was looked at; none where there is nothing to choose. */
  sheets: { name: string; hidden: boolean; chosen: boolean }[]
  /** Rows of those that were looked at which an import would keep as history. */
  history: { rows: number; of: number }
}

const ROWS = 10
const CELL = 200

/** Reads no more of the file than it takes to tell what its columns mean. */
export async function previewFile(
  input: AsyncIterable<Uint8Array> | string,
  name: string,
  { now, ...options }: Pick<OpenOptions, 'encoding' | 'sheet'> & { now: number },
): Promise<FilePreview> {
  const opened = await openSettled(input, name, options)
  const { table, draftOptions } = opened
  const { mapping } = draftOptions
  const problems: Said[] = []
  if (mapping.text === undefined && mapping.title === undefined) problems.push(said('file.chooseText'))
  if (mapping.publishedAt === undefined) problems.push(said('file.chooseDate'))
  problems.push(...openDates(opened))
  // The blocks begin with what was sampled: their first ones tell what is wrong with the first rows.
  for await (const block of table.blocks()) {
    for (const bad of block.bad.slice(0, ROWS))
      problems.push(said('file.lineProblem', { line: bad.line, reason: bad.detail }))
    break
  }
  const shown = (cell: string): string => (draftOptions.mojibake ? mended(cell) : cell).slice(0, CELL)
  const rows = table.sample
    .slice(0, ROWS)
    .map((row) => Object.fromEntries(table.columns.map((column) => [column, shown(row.cell(column))])))
  const sheets = table.sheets.map(({ name, hidden }) => ({ name, hidden, chosen: name === table.sheet }))
  return {
    columns: table.columns,
    mapping,
    rows,
    problems,
    notes: notesOf(opened),
    sheets,
    history: historyIn(opened, now),
  }
}

function historyIn({ table, draftOptions }: OpenedFile, now: number): { rows: number; of: number } {
  const drafts = table.sample.map((row) => rowToDraft(row, draftOptions))
  const dates = drafts.flatMap((draft) => (isDropped(draft) ? [] : [draft.publishedAt]))
  return { rows: dates.filter((date) => date < now - HISTORY_MS).length, of: dates.length }
}

/** Dates that can be read in two ways: an example of them, for the question which. */
function openDates({ table, draftOptions: { mapping, when } }: OpenedFile): Said[] {
  const column = mapping.publishedAt
  if (column === undefined || when.order !== undefined) return []
  const row = table.sample.find((one) => leavesOrderOpen(one.cell(column)))
  return row ? [said('file.chooseDateOrder', { example: row.cell(column).slice(0, 40) })] : []
}

function notesOf({ table, draftOptions }: OpenedFile): Said[] {
  const { mapping, when, roundedIds, mojibake } = draftOptions
  const notes: Said[] = []
  const whose = exportNamed(table.columns)
  if (whose !== null) notes.push(said('file.looksLike', { what: asWritten(whose) }))
  if (table.encoding() !== 'utf-8') notes.push(said('file.encodingIs', { encoding: table.encoding() }))
  const sheet = table.sheets.find((one) => one.name === table.sheet)
  if (sheet && table.sheets.length > 1) notes.push(said('file.sheetIs', { sheet: sheet.name }))
  if (sheet?.hidden) notes.push(said('file.sheetHidden', { sheet: sheet.name }))
  if (table.unsolved > 0) notes.push(said('file.unsolved', { n: table.unsolved }))
  if (table.leadIn > 0) notes.push(said('file.leadIn', { n: table.leadIn }))
  if (mojibake) notes.push(said('file.mojibake'))
  if (roundedIds) notes.push(said('file.idsRounded', { column: mapping.externalId ?? '' }))
  const kinds = mapping.kind
  if (kinds !== undefined) {
    const unknown = new Set(
      table.sample.map((row) => row.cell(kinds).trim()).filter((kind) => kind !== '' && !kindNamed(kind)),
    )
    if (unknown.size > 0)
      notes.push(said('file.kindsUnknown', { kinds: [...unknown].slice(0, 5).join(', ').slice(0, 100) }))
  }
  const dates = mapping.publishedAt
  const local = (cell: string): boolean => /\d:\d/.test(cell) && !saysZone(cell)
  if (dates !== undefined && mapping.zone === undefined && when.zone === null)
    if (table.sample.some((row) => local(row.cell(dates)))) notes.push(said('file.datesAsUtc'))
  return notes
}
