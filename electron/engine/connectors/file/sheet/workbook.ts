import { linksOf } from './links.ts'
import { MOST_CELL } from './records.ts'
import { readXml } from './xml.ts'
import { meaningOf, type NumberMeaning } from './cell-format.ts'
import type { Zip, ZipEntry } from './zip.ts'

/** A sheet of a workbook in Office Open XML. */
export interface SheetPart {
  name: string
  hidden: boolean
  entry: ZipEntry
  /** What its links lead to. */
  rels: ZipEntry | undefined
}

export interface Workbook {
  sheets: SheetPart[]
  epoch1904: boolean
  /** Of the cells' style numbers. */
  meanings: NumberMeaning[]
  /** What the texts that cells share unpack to, bytes. */
  stringBytes: number
  /** Texts that cells share. Read when a sheet is. */
  strings(): Promise<string[]>
}

/** Path of a part that another one names: from the archive's root, or from beside the other. */
function partPath(from: string, target: string): string {
  const path = target.replaceAll('\\', '/')
  const parts = path.startsWith('/') ? [] : from.split('/').slice(0, -1)
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.join('/').toLowerCase()
}

/** Reads what a workbook says of itself: its sheets in order, its calendar, its formats. null: it is none. */
export async function readWorkbook(zip: Zip): Promise<Workbook | null> {
  const byPath = new Map(zip.entries.map((entry) => [entry.name.replaceAll('\\', '/').toLowerCase(), entry]))
  const path = [...byPath.keys()].find((name) => /(^|\/)workbook\d*\.xml$/.test(name))
  if (path === undefined) return null
  const at = path.lastIndexOf('/') + 1
  const links = await linksOf(byPath.get(`${path.slice(0, at)}_rels/${path.slice(at)}.rels`))
  const named: { name: string; hidden: boolean; link: string }[] = []
  let epoch1904 = false
  await readXml(await byPath.get(path)!.open(), {
    open(name, attributes) {
      if (name === 'workbookPr') epoch1904 = /^(1|true)$/i.test(attributes['date1904'] ?? '')
      if (name !== 'sheet') return
      const hidden = /hidden/i.test(attributes['state'] ?? '')
      const link = Object.entries(attributes).find(([key]) => /^\w+:id$/.test(key))?.[1] ?? ''
      named.push({ name: attributes['name'] ?? '', hidden, link })
    },
  })
  const part = (type: string, usual: string): ZipEntry | undefined => {
    const link = [...links.values()].find((one) => one.type.endsWith(type))
    return byPath.get(link ? partPath(path, link.target) : path.slice(0, at) + usual)
  }
  const sheets = named.flatMap(({ name, hidden, link }, i): SheetPart[] => {
    const target = links.get(link)?.target ?? `worksheets/sheet${i + 1}.xml`
    const at = partPath(path, target)
    const entry = byPath.get(at)
    const rels = byPath.get(at.replace(/([^/]+)$/, '_rels/$1.rels'))
    // Sheets of charts and dialogs hold no cells.
    return entry && !/chartsheet|dialogsheet/.test(links.get(link)?.type ?? '') ? [{ name, hidden, entry, rels }] : []
  })
  const strings = part('/sharedStrings', 'sharedstrings.xml')
  return {
    sheets,
    epoch1904,
    meanings: await meaningsOf(part('/styles', 'styles.xml')),
    stringBytes: strings?.size ?? 0,
    strings: () => sharedStrings(strings),
  }
}

async function meaningsOf(entry: ZipEntry | undefined): Promise<NumberMeaning[]> {
  if (!entry) return []
  const codes = new Map<number, string>()
  const formats: number[] = []
  let inCells = false
  await readXml(await entry.open(), {
    open(name, attributes) {
      const id = Number(attributes['numFmtId'] ?? 0)
      if (name === 'numFmt') codes.set(id, attributes['formatCode'] ?? '')
      else if (name === 'cellXfs') inCells = true
      else if (name === 'xf' && inCells) formats.push(id)
    },
    close(name) {
      if (name === 'cellXfs') inCells = false
    },
  })
  return formats.map((id) => meaningOf(id, codes.get(id)))
}

/** Pieces of one text are joined; how it is read aloud (`rPh`) is none of it. */
async function sharedStrings(entry: ZipEntry | undefined): Promise<string[]> {
  const strings: string[] = []
  if (!entry) return strings
  let text = ''
  let inText = false
  let aloud = false
  await readXml(await entry.open(), {
    open(name) {
      if (name === 'si') text = ''
      else if (name === 'rPh') aloud = true
      else if (name === 't') inText = !aloud
    },
    text(chunk) {
      if (inText && text.length < MOST_CELL) text += chunk
    },
    close(name) {
      if (name === 't') inText = false
      else if (name === 'rPh') aloud = false
      else if (name === 'si') strings.push(unescaped(text))
    },
  })
  return strings
}

/** `_x000D_`: characters that XML cannot hold, as workbooks write them (ECMA-376 part 1, 22.4.2.4). */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9a-f]{4})_/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    : text
