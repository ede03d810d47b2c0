import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvCell, csvLine } from '#engine/review/csv.ts'

const runs = /^[\s"']*[=+\-@|%＝＋－＠]/
/** As a spreadsheet whose lists go by `delimiter` splits it: a quotation mark within a cell protects nothing. */
const cells = (line: string, delimiter: string) =>
  (
    parse(line, { delimiter, relax_quotes: true, relax_column_count: true, skip_empty_lines: true }) as string[][]
  ).flat()

describe('a cell', () => {
  it.each([
    'Hallo;=HYPERLINK("https://evil.example")',
    'Hallo; =1+1',
    'Hallo;"=1+1',
    'a,=1+1',
    'a;b;@SUM(A1)',
    'line\n=1+1',
    'line\r\n-1+1',
    'tab\t+1',
    '=1;=2;=3',
    '＝1+1',
    ';=1',
    ';;=1',
    "'=1;'=2",
  ])('of %j begins no formula, whichever separator the spreadsheet goes by', (text) => {
    const line = csvLine(['men_1', text, 7])
    for (const delimiter of [',', ';', '\t']) {
      const found = cells(line, delimiter)
      expect(found.filter((cell) => runs.test(cell) && !cell.startsWith("'"))).toEqual([])
    }
    expect(cells(line, ',')[1]!.replaceAll("'", '')).toBe(text.replaceAll("'", ''))
  })
  it('is written as it is where nothing can be run', () => {
    expect(csvCell('Jörg Größe; 3 = drei, a-b "so" @ home')).toBe('"Jörg Größe; 3 = drei, a-b ""so"" @ home"')
    expect(csvCell(-3)).toBe('-3')
    expect(csvCell(null)).toBe('')
  })
  it('keeps its words, whatever they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ';', ',', '=', '-', '"', ' ', '\n', '@', 'ö') }), (text) => {
        const [cell = ''] = (parse(csvLine(['x', text]), { relax_column_count: true }) as string[][])[0]!.slice(1)
        expect(cell.replaceAll("'", '')).toBe(text)
      }),
    )
  })
})
