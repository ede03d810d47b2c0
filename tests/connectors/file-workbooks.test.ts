import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { kept } from '#engine/connectors/file/sheet/kept.ts'
import type { ZipEntry } from '#engine/connectors/file/sheet/zip.ts'
import { digitsOf, meaningOf, serialText } from '#engine/connectors/file/sheet/cell-format.ts'
import { readContent, times } from './reading-files.ts'
import { cell, odsOf, odsRow, odsText, texts, xlsxOf, zipOf } from '#tests/support/workbooks.ts'

const header = texts('id', 'created_at', 'author', 'text')
const post = (id: string, date: string, text = `Kaffora number ${id} leaks all over the table`): string[] => [
  cell.text(id),
  date,
  cell.text('mira'),
  cell.text(text),
]
const noon = 45_352.5 // 2024-03-01 12:00

describe('a workbook of Office Open XML', () => {
  it('is read like a table: dates as dates, in every format that means one', async () => {
    const read = await readContent(
      xlsxOf([
        {
          name: 'Posts',
          rows: [
            header,
            post('1', cell.number(noon, 1)),
            post('2', cell.number(45_352, 2)),
            post('3', cell.number(45_352.378472222, 5)),
          ],
        },
      ]),
    )
    expect(times(read)).toEqual(['2024-03-01T12:00:00Z', '2024-03-01T00:00:00Z', '2024-03-01T09:05:00Z'])
    expect(read.drafts[0]).toMatchObject({
      externalId: '1',
      author: { handle: 'mira' },
      text: 'Kaffora number 1 leaks all over the table',
    })
  })

  it('may count its days from 1904, with a format or without', async () => {
    for (const style of [1, 0]) {
      const rows = [header, post('1', cell.number(noon - 1_462, style)), post('2', cell.number(noon - 1_461, style))]
      const read = await readContent(xlsxOf([{ name: 'A', rows }], { epoch1904: true }))
      expect(times(read)).toEqual(['2024-03-01T12:00:00Z', '2024-03-02T12:00:00Z'])
    }
  })

  it('keeps date and time in columns of their own, and counts that are formatted', async () => {
    const rows = [
      texts('id', 'Date', 'Time', 'text', 'likes'),
      [
        ...texts('7'),
        cell.number(45_352, 2),
        cell.number(0.378472222, 3),
        cell.text('Where is my parcel now?'),
        cell.number('1204'),
      ],
      [
        ...texts('8'),
        cell.number(45_353, 2),
        cell.number(0.75, 3),
        cell.text('It is still not there, you know'),
        cell.number('12345'),
      ],
    ]
    const read = await readContent(xlsxOf([{ name: 'A', rows }]))
    expect(times(read)).toEqual(['2024-03-01T09:05:00Z', '2024-03-02T18:00:00Z'])
    expect(read.drafts.map(({ engagement }) => engagement?.likes)).toEqual([1204, 12_345])
  })

  it('reads shared, rich and inline texts, escapes, phonetic marks, booleans and errors as people see them', async () => {
    const strings = [
      '<si><t>Grüße &amp; Küsse,</t></si>',
      '<si><r><t xml:space="preserve">bold </t></r><r><rPr><b/></rPr><t>and plain words</t></r></si>',
      '<si><t>課きく</t><rPh sb="0" eb="1"><t>カ</t></rPh></si>',
      '<si><t>two_x000D_\nlines of it</t></si>',
    ]
    const rows = [
      texts('created_at', 'text', 'flag', 'followers'),
      ...strings.map((_, i) => [cell.number(noon + i, 1), cell.shared(i), cell.of('b', '1'), cell.of('e', '#N/A')]),
    ]
    const read = await readContent(xlsxOf([{ name: 'A', rows }], { strings }), { mapping: { text: 'text' } })
    expect(read.drafts.map(({ text }) => text)).toEqual([
      'Grüße & Küsse,',
      'bold and plain words',
      '課きく',
      'two\nlines of it',
    ])
    expect(JSON.parse(read.drafts[0]!.raw!)).toMatchObject({ flag: 'TRUE', followers: '' })
  })

  it('takes the results of formulas, and says where there are none', async () => {
    const rows = [
      header,
      [cell.text('1'), cell.number(noon, 1), cell.text('a'), cell.formula('The result of the formula')],
    ]
    expect((await readContent(xlsxOf([{ name: 'A', rows }]))).drafts[0]!.text).toBe('The result of the formula')
  })

  it('keeps every digit of an id, and knows ids that a spreadsheet has rounded', async () => {
    const rows = (ids: string[]) => [
      header,
      ...ids.map((id, i) => [cell.number(id), ...post(id, cell.number(noon + i, 1)).slice(1)]),
    ]
    const exact = await readContent(xlsxOf([{ name: 'A', rows: rows(['2116681234567890123', '2116681234567890124']) }]))
    expect(exact.drafts.map(({ externalId }) => externalId)).toEqual(['2116681234567890123', '2116681234567890124'])
    const rounded = await readContent(
      xlsxOf([{ name: 'A', rows: rows(['2.1166812345678899E+18', '2.1166812345678899E+18']) }]),
    )
    expect(new Set(rounded.drafts.map(({ externalId }) => externalId)).size).toBe(2)
    expect(rounded.drafts[0]!.externalId).toMatch(/^row-/)
  })

  it('begins where the table begins: titles over merged cells, empty rows and empty columns are none of it', async () => {
    const shifted = (row: string[]): string[] => ['', '', ...row]
    const rows = [
      shifted(texts('Mentions of Kaffora, March 2024')),
      [],
      shifted(texts('Query:', 'kaffora OR "kaffora pro"')),
      [],
      shifted(header),
      shifted(post('1', cell.number(noon, 1))),
      [],
      shifted(post('2', cell.number(noon + 1, 1))),
    ]
    const read = await readContent(xlsxOf([{ name: 'Report', rows }]))
    expect(read.columns).toEqual(['id', 'created_at', 'author', 'text'])
    expect(read.drafts).toHaveLength(2)
    expect(read.leadIn).toBe(2)
  })

  it('names a column that has no name and holds something', async () => {
    const rows = [header, [...post('1', cell.number(noon, 1)), '', cell.text('aside')]]
    expect((await readContent(xlsxOf([{ name: 'A', rows }]))).columns).toEqual([
      'id',
      'created_at',
      'author',
      'text',
      'column 6',
    ])
  })

  it('of several sheets gives the largest that is not hidden, or the one that is asked for', async () => {
    const few = [header, post('few', cell.number(noon, 1))]
    const many = [header, ...[1, 2, 3].map((n) => post(`many${n}`, cell.number(noon, 1)))]
    const most = [header, ...[1, 2, 3, 4, 5].map((n) => post(`hidden${n}`, cell.number(noon, 1)))]
    // Cells that only have a look make no table larger.
    const styled = Array.from({ length: 400 }, () => Array.from({ length: 20 }, () => '<c s="2"/>'))
    const book = xlsxOf([
      { name: 'Summary', rows: [...few, ...styled] },
      { name: 'Data & more', rows: many },
      { name: 'Old', rows: most, hidden: true },
    ])
    const ids = async (sheet?: string) =>
      (await readContent(book, sheet === undefined ? {} : { sheet })).drafts.map(({ externalId }) => externalId)
    expect(await ids()).toEqual(['many1', 'many2', 'many3'])
    expect(await ids('Summary')).toEqual(['few'])
    expect(await ids('Old')).toHaveLength(5)
    await expect(ids('None')).rejects.toThrow('file.txt has no sheet "None". Sheets: Summary, Data & more, Old.')
  })

  it('reads 20,000 rows', async () => {
    const rows = [header, ...Array.from({ length: 20_000 }, (_, i) => post(String(i), cell.number(noon + i / 1440, 1)))]
    expect((await readContent(xlsxOf([{ name: 'A', rows }]))).drafts).toHaveLength(20_000)
  })
})

describe('a spreadsheet in OpenDocument', () => {
  const head = odsRow(...['id', 'created_at', 'likes', 'text'].map((text) => odsText(text)))
  const row = (id: string, date: string, text: string): string =>
    odsRow(
      odsText(id),
      `<table:table-cell office:value-type="date" office:date-value="${date}"><text:p>01.03.24</text:p></table:table-cell>`,
      '<table:table-cell office:value-type="float" office:value="1204"><text:p>1.204</text:p></table:table-cell>',
      odsText(text),
    )

  it('is read by its values and not by what they look like', async () => {
    const read = await readContent(
      odsOf({
        Posts:
          head +
          row('1', '2024-03-01T09:05:00', 'Grüße\nin two lines of it') +
          row('2', '2024-03-02', 'The second one of them'),
      }),
    )
    expect(times(read)).toEqual(['2024-03-01T09:05:00Z', '2024-03-02T00:00:00Z'])
    expect(read.drafts.map(({ text, engagement }) => [text, engagement?.likes])).toEqual([
      ['Grüße\nin two lines of it', 1204],
      ['The second one of them', 1204],
    ])
    expect(read.columns).toEqual(['id', 'created_at', 'likes', 'text'])
  })

  it('leaves out comments and hidden tables, and keeps blanks, tabs and repeated cells', async () => {
    const noted = odsRow(
      odsText('3'),
      '<table:table-cell office:value-type="date" office:date-value="2024-03-03"/>',
      '<table:table-cell/>',
      '<table:table-cell office:value-type="string"><office:annotation><text:p>a remark</text:p></office:annotation><text:p>before<text:s text:c="2"/>and <text:span>after</text:span></text:p></table:table-cell>',
    )
    const copy = row('4', '2024-03-04', 'hidden away from everybody')
    const read = await readContent(
      odsOf({ Hidden: head + copy + copy + copy, Shown: head + noted }, { hidden: ['Hidden'] }),
    )
    expect(read.drafts).toMatchObject([{ externalId: '3', text: 'before and after' }])
  })
})

describe('an archive', () => {
  it('with files of text gives the largest, or the one that is asked for', async () => {
    const csv = 'id,date,text\n1,2024-03-01,The only row of this one\n'
    const zip = zipOf({
      'a/posts.csv': csv + '2,2024-03-02,And another row of it\n',
      'b/few.csv': csv,
      '__MACOSX/a/._posts.csv': csv.repeat(9),
    })
    expect((await readContent(zip)).drafts).toHaveLength(2)
    expect((await readContent(zip, { sheet: 'b/few.csv' })).drafts).toHaveLength(1)
  })

  it('that cannot be read is refused in a sentence that says what to do', async () => {
    const refused = (content: Buffer) =>
      readContent(content).then(
        () => 'read',
        (error: Error) => error.message,
      )
    const whole = xlsxOf([{ name: 'A', rows: [header, post('1', cell.number(noon, 1))] }])
    expect(await refused(whole.subarray(0, 400))).toMatch(/damaged or was not copied to its end/)
    expect(await refused(zipOf({ 'xl/workbook.bin': 'x' }))).toMatch(/binary workbook/)
    expect(await refused(zipOf({ 'readme.md': 'x' }))).toMatch(/without a workbook/)
    expect(await refused(zipOf({ 'a.csv': 'x' }, { locked: true }))).toMatch(/password/)
    const compound = Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(2_000)])
    expect(await refused(compound)).toMatch(/old format of Excel/)
    expect(await refused(Buffer.concat([compound, Buffer.from('EncryptedPackage', 'utf16le')]))).toMatch(/password/)
    const manifest = { 'META-INF/manifest.xml': '<manifest:encryption-data manifest:checksum="x"/>' }
    expect(await refused(odsOf({ A: '' }, { files: manifest }))).toMatch(/password/)
  })

  it('that was made to fill the machine does not', async () => {
    const refused = (content: Buffer) =>
      readContent(content).then(
        () => 'read',
        (error: Error) => error.message,
      )
    const blanks = ' '.repeat(100 * 1024 * 1024)
    expect(
      await refused(
        xlsxOf([{ name: 'A', rows: [] }], {
          files: { 'xl/worksheets/sheet1.xml': `<worksheet>${blanks}</worksheet>` },
        }),
      ),
    ).toMatch(/unpacks to more/)
    expect(await refused(zipOf({ 'a.csv': 'id,text\n' }, { size: 2 ** 32 - 2 }))).not.toBe('read')
    const deep = '<a>'.repeat(100_000)
    expect(await refused(xlsxOf([{ name: 'A', rows: [] }], { files: { 'xl/worksheets/sheet1.xml': deep } }))).toMatch(
      /nested/,
    )
    const wide = odsRow(
      `<table:table-cell office:value-type="string" table:number-columns-repeated="16384"><text:p>some words here</text:p></table:table-cell>`,
    )
    const tall = wide.replace('<table:table-row>', '<table:table-row table:number-rows-repeated="1048576">')
    const read = await readContent(odsOf({ A: tall }), { date: 0, mapping: { text: '1' } }).catch(
      (error: Error) => error.message,
    )
    expect(typeof read === 'string' || read.drafts.length <= 100).toBe(true)
    const entities = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    const rows = [header, post('1', cell.number(noon, 1), '&b;&b; and words')]
    const book = xlsxOf([{ name: 'A', rows }])
    expect((await readContent(book)).drafts[0]!.text).toContain('&b;')
    expect(entities).toContain('ENTITY')
  })
})

describe('a stored number', () => {
  it.each([
    ['12', '12'],
    ['-3', '-3'],
    ['0.30000000000000004', '0.3'],
    ['1.5', '1.5'],
    ['1E3', '1000'],
    ['2.1166812345678899E+18', '2116681234567890000'],
    ['123456789012345678', '123456789012345678'],
    ['1e-7', '1e-7'],
    ['', ''],
    ['45352.378472222219', '45352.3784722222'],
  ])('%s is %s', (stored, shown) => expect(digitsOf(stored)).toBe(shown))

  it.each([
    ['dd/mm/yyyy hh:mm', 'date'],
    ['[$-407]d. mmmm yyyy', 'date'],
    ['h:mm AM/PM', 'time'],
    ['[h]:mm:ss', 'time'],
    ['General', 'number'],
    ['0.00" dd"', 'number'],
    ['#,##0.00 [Red]', 'number'],
    ['mmm-yy', 'date'],
    ['0.00E+00', 'number'],
    ['yyyy\\-mm\\-dd;@', 'date'],
    ['@', 'number'],
    ['[Blue]0', 'number'],
  ] as const)('shown as %s means a %s', (code, meaning) => expect(meaningOf(200, code)).toBe(meaning))

  it('beyond what is a day stays a number', () => {
    expect([serialText(-1, 'date', false), serialText(3e6, 'date', false), serialText(0.5, 'time', true)]).toEqual([
      null,
      null,
      '12:00:00',
    ])
  })
})

describe('a sheet that is looked through before it is read', () => {
  const text = async (stream: AsyncIterable<unknown>): Promise<string> => {
    let all = ''
    for await (const chunk of stream) all += Buffer.from(chunk as Uint8Array).toString()
    return all
  }
  const entryOf = (size: number): { entry: ZipEntry; opened: () => number } => {
    let opened = 0
    const open = (): Promise<Readable> => {
      opened++
      return Promise.resolve(Readable.from([Buffer.from('one '), Buffer.from('two')]))
    }
    return { entry: { name: 'sheet1.xml', size, packed: 5, locked: false, open }, opened: () => opened }
  }

  it('is unpacked once, unless it is too long to be kept', async () => {
    for (const [size, times] of [
      [7, 1],
      [100 * 1024 ** 2, 3],
    ] as const) {
      const { entry, opened } = entryOf(size)
      const part = kept(entry)
      for (let look = 0; look < 2; look++) expect(await text(await part.open())).toBe('one two')
      expect(await text(await part.openLast())).toBe('one two')
      expect(opened()).toBe(times)
    }
  })

  it('is unpacked again where the first look ended early', async () => {
    const { entry, opened } = entryOf(7)
    const part = kept(entry)
    for await (const _ of await part.open()) break
    expect(await text(await part.open())).toBe('one two')
    expect(await text(await part.openLast())).toBe('one two')
    expect(opened()).toBe(2)
  })
})
