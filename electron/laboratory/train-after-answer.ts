import { writeFile } from 'node:fs/promises'
import { besideTextOf } from '#engine/cases/gratitude.ts'
import {
  outcomes,
  readerOf,
  trainAfterAnswer,
  type AfterAnswerReader,
} from '#engine/understanding/after-answer/after-answer.ts'
import type { CorpusRow } from '#engine/understanding/after-answer/corpus.ts'
import type { Understanding } from '#engine/understanding/understand.ts'
import { afterAnswerExamples, afterAnswerFiles, rowsOf } from './after-answer-examples.ts'
import { shippedLexicon, shippedUnderstanding } from './evaluate-models.ts'

/** Trains what reads messages after an answer from the corpus' folder, and says how well it reads the part of it that it has not seen. */
export async function trainAfterAnswerFile(corpus: string, out: string, say: (line: string) => void): Promise<void> {
  const examples = await afterAnswerExamples(corpus)
  const lexicon = await shippedLexicon()
  const classifier = trainAfterAnswer(examples, lexicon)
  const bytes = classifier.toBytes()
  await writeFile(out, bytes)
  say(`${examples.length} texts`)
  const understanding = await shippedUnderstanding()
  for (const name of afterAnswerFiles) {
    const rows = (await rowsOf(corpus, name)).filter(({ check }) => check)
    say(name)
    for (const line of figuresOf(
      readerOf(classifier, () => lexicon),
      rows,
      understanding,
    ))
      say(line)
  }
  say(`${out}: ${(bytes.length / 1e6).toFixed(2)} MB`)
}

function figuresOf(reader: AfterAnswerReader, rows: readonly CorpusRow[], understanding: Understanding): string[] {
  const said = rows.map(({ text, lang }) => {
    const understood = understanding.understand({ text, title: null, lang })
    return reader.read(text, understood.lang, besideTextOf(understood)).outcome
  })
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
