import { readFile, writeFile } from 'node:fs/promises'
import {
  outcomes,
  readerOf,
  trainAfterAnswer,
  type AfterAnswerReader,
} from '#engine/understanding/after-answer/after-answer.ts'
import { readAfterAnswerCorpus, type CorpusRow } from '#engine/understanding/after-answer/corpus.ts'

/** Trains what reads messages after an answer, and says how well it reads the part of the corpus that it has not seen. */
export async function trainAfterAnswerFile(corpus: string, out: string, say: (line: string) => void): Promise<void> {
  const rows = readAfterAnswerCorpus(await readFile(corpus, 'utf8'), corpus)
  const learned = rows.filter(({ check }) => !check)
  const checked = rows.filter(({ check }) => check)
  const classifier = trainAfterAnswer(learned.map(({ lang, text, outcome }) => ({ lang, text, label: outcome })))
  const bytes = classifier.toBytes()
  await writeFile(out, bytes)
  say(`${rows.length} texts`)
  for (const line of figuresOf(readerOf(classifier), checked)) say(line)
  say(`${out}: ${(bytes.length / 1e6).toFixed(2)} MB`)
}

function figuresOf(reader: AfterAnswerReader, rows: readonly CorpusRow[]): string[] {
  const said = rows.map(({ text, lang }) => reader.read(text, lang).outcome)
  const count = (is: string, as: string): number =>
    rows.filter((row, at) => row.outcome === is && said[at] === as).length
  const closed = said.filter((one) => one === 'confirmed').length
  const all = rows.filter(({ outcome }) => outcome === 'confirmed').length
  const right = count('confirmed', 'confirmed')
  return [
    `checked on ${rows.length} others`,
    ...outcomes.map((is) => `${is}: ${outcomes.map((as) => `${count(is, as)} ${as}`).join(', ')}`),
    `confirmed: precision ${(right / closed).toFixed(3)}, recall ${(right / all).toFixed(3)}`,
  ]
}
