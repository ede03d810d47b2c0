import { asWritten } from '#shared/words/said.ts'
import { Failure } from '#engine/platform/failure.ts'
import { readLines, wrongLine } from './evaluate-file.ts'

/** One row of a file of labelled posts. */
export interface Labelled {
  set: string
  lang: string
  label: string
  text: string
}

/** Reads `set lang label text`, tab-separated with that header. Throws a Failure that names file, line and what is wrong. */
export async function readLabelled(file: string): Promise<Labelled[]> {
  const lines = await readLines(file, 'a tab-separated file with the header: set lang label text')
  if (lines[0]!.split('\t').join(' ') !== 'set lang label text') {
    throw wrongLine(file, 0, 'the header must be set, lang, label, text, separated by tabs.')
  }
  const rows: Labelled[] = []
  for (let at = 1; at < lines.length; at++) {
    const line = lines[at]!
    if (line.trim() === '') continue
    const [set, lang, label, ...text] = line.split('\t')
    if (text.length === 0) throw wrongLine(file, at, 'four columns are needed, separated by tabs.')
    if (label !== 'negative' && label !== 'neutral' && label !== 'positive') {
      throw wrongLine(file, at, `the label is "${label}", it must be negative, neutral or positive.`)
    }
    rows.push({ set: set!, lang: lang!, label, text: text.join('\t') })
  }
  if (rows.length === 0) throw new Failure('user', asWritten(`${file} has a header and no rows.`))
  return rows
}
