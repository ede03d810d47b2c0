import { crc32, deflateRawSync } from 'node:zlib'

/** An archive of these files, as other programs write them; `size`: what it claims that a file unpacks to. */
export function zipOf(
  files: Record<string, string | Uint8Array>,
  more: { size?: number; locked?: boolean } = {},
): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content)
    const packed = deflateRawSync(bytes)
    const about = Buffer.alloc(26)
    about.writeUInt16LE(20, 0)
    about.writeUInt16LE(0x0800 | (more.locked ? 1 : 0), 2)
    about.writeUInt16LE(8, 4)
    about.writeUInt32LE(crc32(bytes), 10)
    about.writeUInt32LE(packed.length, 14)
    about.writeUInt32LE(more.size ?? bytes.length, 18)
    about.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), about, Buffer.from(name), packed])
    const entry = Buffer.alloc(16)
    entry.writeUInt32LE(at, 12)
    directory.push(
      Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), about, entry.subarray(2), Buffer.from(name)]),
    )
    parts.push(local)
    at += local.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 'latin1')
  end.writeUInt16LE(directory.length, 8)
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, listed, end])
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

export interface WrittenSheet {
  name: string
  /** Cells as XML, row by row; '' leaves one out. */
  rows: string[][]
  hidden?: boolean
  /** XML behind the rows. */
  behind?: string
}

const letters = (column: number): string =>
  (column >= 26 ? letters(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26))
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** A workbook of Office Open XML. Styles: 0 general, 1 date with time, 2 date, 3 time, 4 text, 5 a code of its own. */
export function xlsxOf(
  sheets: WrittenSheet[],
  more: { strings?: string[]; epoch1904?: boolean; format?: string; files?: Record<string, string> } = {},
): Buffer {
  const links = sheets.map(
    (_, i) => `<Relationship Id="rId${i + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`,
  )
  const named = sheets.map(
    ({ name, hidden }, i) =>
      `<sheet name="${escaped(name)}" sheetId="${i + 1}"${hidden ? ' state="hidden"' : ''} r:id="rId${i + 1}"/>`,
  )
  const formats = [0, 22, 14, 20, 49, 165].map((id) => `<xf numFmtId="${id}" fontId="0"/>`).join('')
  return zipOf({
    '[Content_Types].xml': `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    'xl/workbook.xml': `${HEAD}<workbook ${MAIN} xmlns:r="${OFFICE}"><workbookPr${more.epoch1904 ? ' date1904="1"' : ''}/><sheets>${named.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships>${links.join('')}<Relationship Id="s" Type="${OFFICE}/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship Id="f" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `${HEAD}<styleSheet ${MAIN}><numFmts><numFmt numFmtId="165" formatCode="${escaped(more.format ?? '[$-407]dd\\.mm\\.yyyy')}"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${formats}</cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `${HEAD}<sst ${MAIN}>${(more.strings ?? []).join('')}</sst>`,
    ...Object.fromEntries(
      sheets.map(({ rows, behind = '' }, i) => [
        `xl/worksheets/sheet${i + 1}.xml`,
        `${HEAD}<worksheet ${MAIN}><sheetData>${rows.map(rowXml).join('')}</sheetData>${behind}</worksheet>`,
      ]),
    ),
    ...more.files,
  })
}

const rowXml = (cells: string[], at: number): string => {
  const filled = cells.map((cell, column) => cell.replace('<c', `<c r="${letters(column)}${at + 1}"`))
  return cells.every((cell) => cell === '') ? '' : `<row r="${at + 1}">${filled.join('')}</row>`
}

/** Cells of a workbook as XML. */
export const cell = {
  text: (text: string): string => `<c t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`,
  number: (stored: string | number, style = 0): string => `<c s="${style}"><v>${stored}</v></c>`,
  shared: (at: number): string => `<c t="s"><v>${at}</v></c>`,
  of: (type: string, value: string): string => `<c t="${type}"><v>${escaped(value)}</v></c>`,
  formula: (result: string | null): string =>
    `<c t="str"><f>A1&amp;"x"</f>${result === null ? '' : `<v>${escaped(result)}</v>`}</c>`,
}
export const texts = (...row: string[]): string[] => row.map((text) => (text === '' ? '' : cell.text(text)))

/** A spreadsheet in OpenDocument; `tables`: XML of the rows by the table's name. */
export function odsOf(
  tables: Record<string, string>,
  more: { hidden?: string[]; files?: Record<string, string> } = {},
): Buffer {
  const styles =
    '<style:style style:name="ta1"><style:table-properties table:display="true"/></style:style><style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
  const all = Object.entries(tables).map(
    ([name, rows]) =>
      `<table:table table:name="${name}" table:style-name="${more.hidden?.includes(name) ? 'ta2' : 'ta1'}"><table:table-column table:number-columns-repeated="1024"/>${rows}<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>`,
  )
  return zipOf({
    mimetype: 'application/vnd.oasis.opendocument.spreadsheet',
    'content.xml': `${HEAD}<office:document-content><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:spreadsheet>${all.join('')}</office:spreadsheet></office:body></office:document-content>`,
    ...more.files,
  })
}
export const odsRow = (...cells: string[]): string => `<table:table-row>${cells.join('')}</table:table-row>`
export const odsText = (text: string, more = ''): string =>
  `<table:table-cell office:value-type="string"${more}>${text
    .split('\n')
    .map((line) => `<text:p>${escaped(line)}</text:p>`)
    .join('')}</table:table-cell>`
