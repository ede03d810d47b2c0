import { readFile } from 'node:fs/promises'

/** One row of a file of labelled posts. */
export interface Labelled {
  set: string
  lang: string
  label: string
  text: string
}

/** Reads `set lang label text`, tab-separated with that header. Throws an Error that names file, line and what is wrong. */
export async function readLabelled(file: string): Promise<Labelled[]> {
  const content = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Error(`${file} cannot be read. Name a tab-separated file with the header: set lang label text.`, {
      cause,
    })
  })
  const lines = content.replace(/^\uFEFF/, '').split(/\r?\n/)
  if (lines[0]?.split('\t').join(' ') !== 'set lang label text') {
    throw new Error(`${file}, line 1: the header must be set, lang, label, text, separated by tabs.`)
  }
  const rows: Labelled[] = []
  for (let at = 1; at < lines.length; at++) {
    const line = lines[at]!
    if (line === '') continue
    const [set, lang, label, ...text] = line.split('\t')
    if (text.length === 0) throw new Error(`${file}, line ${at + 1}: four columns are needed, separated by tabs.`)
    if (label !== 'negative' && label !== 'neutral' && label !== 'positive') {
      throw new Error(`${file}, line ${at + 1}: the label is "${label}", it must be negative, neutral or positive.`)
    }
    rows.push({ set: set!, lang: lang!, label, text: text.join('\t') })
  }
  if (rows.length === 0) throw new Error(`${file} has a header and no rows.`)
  return rows
}
