import { cut } from '#shared/util/text-length.ts'
import type { Said } from '#shared/model/said.ts'
import type { FilePreview, PreviewRow } from '#shared/model/import.ts'
import { saidOfDrop } from '#shared/words/dropped.ts'
import { asWritten, said } from '#shared/words/said.ts'
import { leavesOrderOpen } from '#engine/connectors/text/dates.ts'
import { isDropped } from '#engine/connectors/draft.ts'
import { rowToDraft } from '#engine/connectors/file/draft.ts'
import { HISTORY_MS } from '#engine/connectors/file/file.ts'
import { kindNamed } from '#engine/connectors/file/kinds.ts'
import { exportNamed } from '#engine/connectors/file/known-exports.ts'
import { mended } from '#engine/connectors/file/mojibake.ts'
import type { FileInput } from '#engine/connectors/file/bytes.ts'
import type { HoldingOptions } from '#engine/connectors/file/holding.ts'
import { openMails } from '#engine/connectors/file/mails/open-mails.ts'
import { openSettled } from '#engine/connectors/file/open.ts'
import type { OpenedFile } from '#engine/connectors/file/open.ts'
import type { BadRow, Row } from '#engine/connectors/file/table.ts'
import { saysZone } from '#engine/connectors/file/when.ts'
import { droppedOf, leftRow, previewRow, SHOWN } from './preview-rows.ts'
import { previewMails } from './preview-mails.ts'

const ROWS = 10
const CELL = 200

/** Reads no more of the file than it takes to tell what its columns mean, or what its mails become. */
export async function previewFile(
  input: FileInput,
  name: string,
  { now, ...options }: Omit<HoldingOptions, 'signal'> & { now: number },
): Promise<FilePreview> {
  const found = await openMails(input, name, options)
  if (found.mails) return previewMails(found.mails, options, now)
  return previewRows(await openSettled(found.input, name, options), now)
}

async function previewRows(opened: OpenedFile, now: number): Promise<FilePreview> {
  const { table, draftOptions } = opened
  const { mapping, when } = draftOptions
  const problems: Said[] = []
  if (mapping.text === undefined && mapping.title === undefined) problems.push(said('file.chooseText'))
  if (mapping.publishedAt === undefined) problems.push(said('file.chooseDate'))
  problems.push(...openDates(opened))
  // The blocks begin with what was sampled: their first ones tell what is wrong with the first rows.
  const found: BadRow[] = []
  let seen = 0
  for await (const block of table.blocks()) {
    for (const bad of block.bad) found.push(bad)
    seen += block.rows.length
    if (seen >= table.sample.length) break
  }
  // What is wrong with the whole file has no line and is no row.
  const bad = found.filter(({ line }) => line > 0)
  for (const { line, detail } of found.slice(0, ROWS))
    problems.push(line > 0 ? said('file.lineProblem', { line, reason: detail }) : detail)
  const shown = (cell: string): string => cut(draftOptions.mojibake ? mended(cell) : cell, CELL)
  const rows = table.sample
    .slice(0, ROWS)
    .map((row) => Object.fromEntries(table.columns.map((column) => [column, shown(row.cell(column))])))
  const sheets = table.sheets.map(({ name, hidden }) => ({ name, hidden, chosen: name === table.sheet }))
  const fates = table.sample.map((row) => fateOf(row, opened, now))
  const dates = fates.flatMap(({ publishedAt, why }) => (publishedAt === null || why !== null ? [] : [publishedAt]))
  return {
    holds: 'rows',
    own: [],
    columns: table.columns,
    mapping,
    rows,
    becomes: fates.slice(0, SHOWN),
    dropped: droppedOf(fates, bad),
    looked: fates.length + bad.length,
    problems,
    notes: notesOf(opened),
    sheets,
    encoding: table.encoding(),
    dateOrder: when.order ?? null,
    zone: when.zone,
    history: { rows: dates.filter((date) => date < now - HISTORY_MS).length, of: dates.length },
  }
}

/** What an import makes of a row. */
function fateOf(row: Row, { draftOptions }: OpenedFile, now: number): PreviewRow {
  const draft = rowToDraft(row, draftOptions)
  if (isDropped(draft)) return leftRow(row.line, draft.reason, draft.detail ?? saidOfDrop(draft.reason))
  return previewRow(row.line, draft, now)
}

/** Dates that can be read in two ways: an example of them, for the question which. */
function openDates({ table, draftOptions: { mapping, when } }: OpenedFile): Said[] {
  const column = mapping.publishedAt
  if (column === undefined || when.order !== undefined) return []
  const row = table.sample.find((one) => leavesOrderOpen(one.cell(column)))
  return row ? [said('file.chooseDateOrder', { example: cut(row.cell(column), 40) })] : []
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
      notes.push(said('file.kindsUnknown', { kinds: cut([...unknown].slice(0, 5).join(', '), 100) }))
  }
  const dates = mapping.publishedAt
  const local = (cell: string): boolean => /\d:\d/.test(cell) && !saysZone(cell)
  if (dates !== undefined && mapping.zone === undefined && when.zone === null)
    if (table.sample.some((row) => local(row.cell(dates)))) notes.push(said('file.datesAsUtc'))
  return notes
}
