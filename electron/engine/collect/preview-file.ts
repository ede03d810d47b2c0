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
import { openSettled } from '#engine/connectors/file/open.ts'
import type { OpenedFile, OpenOptions } from '#engine/connectors/file/open.ts'
import type { BadRow, Row } from '#engine/connectors/file/table.ts'
import { saysZone } from '#engine/connectors/file/when.ts'
import { normalise } from '#engine/intake/normalise.ts'

const ROWS = 10
/** Rows whose mention is shown. */
const SHOWN = 5
const CELL = 200
const TEXT = 600

/** Reads no more of the file than it takes to tell what its columns mean. */
export async function previewFile(
  input: AsyncIterable<Uint8Array> | string,
  name: string,
  { now, ...options }: Omit<OpenOptions, 'signal'> & { now: number },
): Promise<FilePreview> {
  const opened = await openSettled(input, name, options)
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
  const none = {
    text: '',
    title: null,
    author: null,
    publishedAt: null,
    kind: null,
    lang: null,
    network: null,
    mood: null,
  }
  if (isDropped(draft))
    return { ...none, line: row.line, reason: draft.reason, why: draft.detail ?? saidOfDrop(draft.reason) }
  const normal = normalise(draft, now)
  const refused = 'reason' in normal ? normal.reason : null
  const { told, author } = draft
  return {
    line: row.line,
    text: cut(draft.text, TEXT),
    title: draft.title,
    author: author === null ? null : author.handle || author.name,
    publishedAt: draft.publishedAt,
    kind: draft.kind,
    lang: told?.lang ? draft.lang : null,
    network: told?.network ?? null,
    mood: told?.mood ?? null,
    reason: refused,
    why: refused === null ? null : saidOfDrop(refused),
  }
}

/** Rows that an import would leave out, by reason, with the first that has it. */
function droppedOf(fates: PreviewRow[], bad: BadRow[]): FilePreview['dropped'] {
  const dropped = new Map<string, FilePreview['dropped'][number]>()
  const add = (reason: string, line: number, why: Said): void => {
    const known = dropped.get(reason)
    if (known) known.n++
    else dropped.set(reason, { reason, n: 1, line, why })
  }
  for (const { line, reason, detail } of bad) add(reason, line, detail)
  for (const { line, reason, why } of fates) if (reason !== null && why !== null) add(reason, line, why)
  return [...dropped.values()].sort((a, b) => b.n - a.n)
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
