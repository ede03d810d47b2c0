import type { Said } from '#shared/model/said.ts'
import { asWritten, said, type Code } from './said.ts'

/** What is counted as not readable, by the reasons that connectors and the intake give. */
const codes: Readonly<Record<string, Code>> = {
  'no date': 'dropped.noDate',
  'no id': 'dropped.noId',
  empty: 'dropped.empty',
  malformed: 'dropped.malformed',
  'too long': 'dropped.tooLong',
  'not JSON': 'dropped.notJson',
  'not an object': 'dropped.notAnObject',
  'not a post': 'dropped.notAPost',
  'not a Jetstream event': 'dropped.notAnEvent',
  'line too long': 'dropped.lineTooLong',
  'quote not closed': 'dropped.quoteNotClosed',
  'wrong number of cells': 'dropped.wrongCells',
  'file ends early': 'dropped.fileEndsEarly',
}

export function saidOfDrop(reason: string): Said {
  const code = codes[reason]
  return code === undefined ? asWritten(reason) : said(code)
}
