import { describe, expect, it } from 'vitest'
import { cell, odsOf, odsRow, odsText, texts, xlsxOf } from '#tests/support/workbooks.ts'
import { readContent, times } from './reading-files.ts'

const header = texts('created_at', 'author', 'text', 'link')
const behind = (xml: string): { name: string; rows: string[][]; behind: string } => ({
  name: 'Posts',
  behind: xml,
  rows: [
    header,
    [...texts('2026-11-20 10:00', 'mira', 'The milk foam is cold'), cell.text('open')],
    ['', '', cell.text('And the pump is loud'), cell.text('open')],
    ['', '', cell.text('And nobody answers'), cell.text('https://forum.example/3')],
    [],
    [...texts('2026-11-21 09:00', 'teo', 'Mine works well')],
  ],
})
const rels =
  '<Relationships><Relationship Id="l1" Type="x/hyperlink" Target="https://forum.example/1?a=1&amp;b=2" TargetMode="External"/></Relationships>'
const files = { 'xl/worksheets/_rels/sheet1.xml.rels': rels }
const MERGED = '<mergeCells count="2"><mergeCell ref="A2:A5"/><mergeCell ref="B2:B5"/></mergeCells>'

describe('cells of a workbook that say more than their words', () => {
  it('merged over rows belong to each row that has something of its own', async () => {
    const read = await readContent(xlsxOf([behind(MERGED)]))
    expect(read.drafts.map(({ author, text }) => [author?.handle, text])).toEqual([
      ['mira', 'The milk foam is cold'],
      ['mira', 'And the pump is loud'],
      ['mira', 'And nobody answers'],
      ['teo', 'Mine works well'],
    ])
    expect(times(read)).toEqual([...Array<string>(3).fill('2026-11-20T10:00:00Z'), '2026-11-21T09:00:00Z'])
    expect(read.dropped).toEqual([])
  })

  it('under a link are the address where the column is one', async () => {
    const links =
      '<hyperlinks><hyperlink ref="D2" r:id="l1"/><hyperlink ref="D3" r:id="l1" location="c7"/></hyperlinks>'
    const { drafts } = await readContent(xlsxOf([behind(MERGED + links)], { files }))
    expect(drafts.map(({ url }) => url)).toEqual([
      'https://forum.example/1?a=1&b=2',
      'https://forum.example/1?a=1&b=2#c7',
      'https://forum.example/3',
      null,
    ])
  })

  it('of a column that somebody calls the link are, and of no other', async () => {
    const links = '<hyperlinks><hyperlink ref="C2" r:id="l1"/></hyperlinks>'
    const plain = await readContent(xlsxOf([behind(MERGED + links)], { files }))
    expect(plain.drafts[0]).toMatchObject({ text: 'The milk foam is cold', url: null })
    const sheet = {
      name: 'A',
      rows: [texts('date', 'text', 'Where'), texts('2026-11-20', 'The milk foam is cold', 'here')],
    }
    const mapped = await readContent(xlsxOf([{ ...sheet, behind: links }], { files }), { mapping: { url: 'Where' } })
    expect(mapped.drafts[0]).toMatchObject({ text: 'The milk foam is cold', url: 'https://forum.example/1?a=1&b=2' })
  })

  it('whose formula makes the link are read by it', async () => {
    const formula = '<c t="str"><f>HYPERLINK("https://forum.example/9","look")</f><v>look</v></c>'
    const rows = [texts('date', 'text', 'link'), [...texts('2026-11-20', 'The milk foam is cold'), formula]]
    const { drafts } = await readContent(xlsxOf([{ name: 'A', rows }]))
    expect(drafts[0]!.url).toBe('https://forum.example/9')
  })

  it('are read so in OpenDocument', async () => {
    const covered = '<table:covered-table-cell/>'
    const span = ' table:number-rows-spanned="3" table:number-columns-spanned="1"'
    const linked =
      '<table:table-cell office:value-type="string"><text:p><text:a xlink:href="https://forum.example/5">open</text:a></text:p></table:table-cell>'
    const formula =
      '<table:table-cell table:formula="of:=HYPERLINK(&quot;https://forum.example/6&quot;;&quot;open&quot;)" office:value-type="string"><text:p>open</text:p></table:table-cell>'
    const read = await readContent(
      odsOf({
        Posts:
          odsRow(...['created_at', 'author', 'text', 'link'].map((name) => odsText(name))) +
          odsRow(odsText('2026-11-20 10:00', span), odsText('mira', span), odsText('The milk foam is cold'), linked) +
          odsRow(covered, covered, odsText('And the pump is loud'), formula) +
          odsRow(covered, covered) +
          odsRow(odsText('2026-11-21 09:00'), odsText('teo'), odsText('Mine works well')),
      }),
    )
    expect(read.drafts.map(({ author, text, url }) => [author?.handle, text, url])).toEqual([
      ['mira', 'The milk foam is cold', 'https://forum.example/5'],
      ['mira', 'And the pump is loud', 'https://forum.example/6'],
      ['teo', 'Mine works well', null],
    ])
  })
})
