import { CsvSplitter, guessDialect } from './csv.ts'
import { recordTable } from './record-table.ts'
import type { Parser } from './table.ts'

/** Reads records of separated values. */
export function csvParser(head: string): Parser {
  const { delimiter, backslash, width } = guessDialect(head)
  const splitter = new CsvSplitter(delimiter, backslash)
  const table = recordTable(width, { delimiter })
  return {
    format: 'csv',
    delimiter,
    columns: table.columns,
    leadIn: table.leadIn,
    parse: (text, last) => table.take(splitter.push(text, last, table.width())),
  }
}
