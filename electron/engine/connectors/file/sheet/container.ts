import type { Readable } from 'node:stream'
import { userFailure } from '#engine/platform/failure.ts'
import type { Parser } from '../table.ts'
import { behindCells } from './behind-cells.ts'
import { kept, type KeptEntry } from './kept.ts'
import { odsSheet } from './ods-sheet.ts'
import { sheetParser } from './records.ts'
import { readWorkbook, type SheetPart, type Workbook } from './workbook.ts'
import { xlsxSheet } from './xlsx-sheet.ts'
import { openZip, type Zip, type ZipEntry } from './zip.ts'

/** A table that a file of several holds. */
export interface SheetInfo {
  name: string
  hidden: boolean
  /** Filled cells, or bytes of a file in an archive: what the largest is told by. */
  size: number
}

/** The one table of an archive that is read. */
export interface Contained {
  sheets: SheetInfo[]
  chosen: string
  stream: Readable
  /** Bytes that the stream brings. */
  size: number
  /** null: a file of text, as if it lay there by itself. */
  parser: Parser | null
  close(): void
}

/** Texts that cells share are kept in memory. */
const MOST_STRINGS = 512 * 1024 ** 2
const MOST_SHEET = 4 * 1024 ** 3
/** A sheet is looked through to count its cells while it is no longer than this; a longer one is large by its length. */
const COUNTED = 64 * 1024 ** 2
const TEXT_FILE = /\.(csv|tsv|tab|txt|json|ndjson|jsonl|js)$/i

/**
 * Opens what lies in an archive: a workbook of either kind, or files of text. `asked`: the sheet or file that is read;
 * default: the largest one that is not hidden. Throws a Failure that names what there is, or what to do.
 */
export async function openContained(input: string | Uint8Array, name: string, asked?: string): Promise<Contained> {
  const zip = await openZip(input, name)
  try {
    return await contained(zip, name, asked)
  } catch (error) {
    zip.close()
    throw error
  }
}

async function contained(zip: Zip, name: string, asked: string | undefined): Promise<Contained> {
  const find = (path: string): ZipEntry | undefined => zip.entries.find((entry) => entry.name === path)
  const manifest = find('META-INF/manifest.xml')
  const content = find('content.xml')
  if (zip.entries.some(({ locked }) => locked)) throw userFailure('file.locked', { file: name })
  if (content && manifest && /<manifest:encryption-data/.test(await textOf(manifest)))
    throw userFailure('file.locked', { file: name })
  if (content) return odsFile(zip, content, name, asked)
  const workbook = await readWorkbook(zip)
  if (workbook !== null) return xlsxFile(zip, workbook, name, asked)
  if (zip.entries.some((entry) => /\.bin$/.test(entry.name) && entry.name.startsWith('xl/')))
    throw userFailure('file.binaryWorkbook', { file: name })
  return textFiles(zip, name, asked)
}

/** Tables shrink to a fiftieth; what shrinks to less than a five-hundredth was made to fill the machine. */
function bounded({ size, packed }: ZipEntry, name: string): void {
  if (size > MOST_SHEET || (size > COUNTED && size > packed * 500))
    throw userFailure('file.zipTooLarge', { file: name })
}

/** A small part as text; '' when it is not there. */
async function textOf(entry: ZipEntry | undefined): Promise<string> {
  if (!entry || entry.size > 4 * 1024 ** 2) return ''
  let text = ''
  for await (const chunk of await entry.open()) text += Buffer.from(chunk as Uint8Array).toString('utf8')
  return text
}

async function odsFile(zip: Zip, content: ZipEntry, name: string, asked: string | undefined): Promise<Contained> {
  bounded(content, name)
  const listing = odsSheet(-1)
  const decoder = new TextDecoder()
  for await (const chunk of await content.open()) listing.write(decoder.decode(chunk as Uint8Array, { stream: true }))
  listing.end()
  const sheets = listing.tables().map(({ name, hidden, cells }) => ({ name, hidden, size: cells }))
  const at = choose(sheets, name, asked)
  return {
    sheets,
    chosen: sheets[at]!.name,
    stream: await content.open(),
    size: content.size,
    parser: sheetParser('ods', odsSheet(at)),
    close: zip.close,
  }
}

async function xlsxFile(zip: Zip, workbook: Workbook, name: string, asked: string | undefined): Promise<Contained> {
  const { sheets, parts } = await counted(workbook)
  const at = choose(sheets, name, asked)
  const part = parts[at]!
  const { entry } = part
  bounded(entry, name)
  if (workbook.stringBytes > MOST_STRINGS) throw userFailure('file.zipTooLarge', { file: name })
  const reader = xlsxSheet(workbook, await workbook.strings(), await behindCells(part))
  return {
    sheets,
    chosen: sheets[at]!.name,
    stream: await entry.openLast(),
    size: entry.size,
    parser: sheetParser('xlsx', reader),
    close: zip.close,
  }
}

type KeptPart = SheetPart & { entry: KeptEntry }

/** The sheets with what they hold. What was unpacked to count the largest so far is kept, since that one is read next. */
async function counted(workbook: Workbook): Promise<{ sheets: SheetInfo[]; parts: KeptPart[] }> {
  const sheets: SheetInfo[] = []
  const parts: KeptPart[] = []
  let best = -1
  for (const [at, sheet] of workbook.sheets.entries()) {
    const part = { ...sheet, entry: kept(sheet.entry) }
    const { name, hidden } = sheet
    const size = workbook.sheets.length > 1 ? await cellsOf(part) : sheet.entry.size
    const isBest = !hidden && size > (sheets[best]?.size ?? 0)
    if (isBest && best >= 0) parts[best] = { ...workbook.sheets[best]!, entry: kept(workbook.sheets[best]!.entry) }
    if (isBest) best = at
    sheets.push({ name, hidden, size })
    parts.push(isBest ? part : { ...sheet, entry: kept(sheet.entry) })
  }
  return { sheets, parts }
}

/** Filled cells of a sheet: cells that only have a look are none. */
async function cellsOf({ entry }: SheetPart): Promise<number> {
  if (entry.size > COUNTED) return entry.size / 40
  let cells = 0
  let rest = ''
  for await (const chunk of await entry.open()) {
    const text = rest + Buffer.from(chunk as Uint8Array).toString('latin1')
    cells += text.match(/<(?:\w+:)?(?:v|is)>/g)?.length ?? 0
    rest = text.slice(text.lastIndexOf('<') === -1 ? text.length : text.lastIndexOf('<'))
    if (/>/.test(rest)) rest = ''
  }
  return cells
}

async function textFiles(zip: Zip, name: string, asked: string | undefined): Promise<Contained> {
  const files = zip.entries.filter((entry) => TEXT_FILE.test(entry.name) && !/(^|\/)(\.|__MACOSX)/.test(entry.name))
  if (files.length === 0) throw userFailure('file.zipWithoutTable', { file: name })
  const sheets = files.map((entry) => ({ name: entry.name, hidden: false, size: entry.size }))
  const entry = files[choose(sheets, name, asked)]!
  return { sheets, chosen: entry.name, stream: await entry.open(), size: entry.size, parser: null, close: zip.close }
}

function choose(sheets: SheetInfo[], name: string, asked: string | undefined): number {
  if (asked !== undefined && asked !== '') {
    const at = sheets.findIndex((sheet) => sheet.name === asked)
    if (at >= 0) return at
    const names = sheets
      .slice(0, 30)
      .map((sheet) => sheet.name)
      .join(', ')
    throw userFailure('file.sheetUnknown', { file: name, sheet: asked, sheets: names })
  }
  const places = sheets.map((_, at) => at)
  const seen = places.filter((at) => !sheets[at]!.hidden && sheets[at]!.size > 0)
  const best = (seen.length > 0 ? seen : places).toSorted((a, b) => sheets[b]!.size - sheets[a]!.size)[0]
  if (best === undefined) throw userFailure('file.noRows', { file: name })
  return best
}
