import { readFile, writeFile } from 'node:fs/promises'
import { trainClassifier, type Example } from '#engine/understanding/classify/classifier.ts'
import { readPhrases } from '#engine/understanding/intent/phrases.ts'
import { readCorpus } from './corpus.ts'
import { readMoodPhrases } from './mood-phrases.ts'

export interface IntentTraining {
  phrases: string
  moodPhrases: string
  corpus: string
  out: string
  say: (line: string) => void
}

/** A further intent of a text teaches as well, but less than its main one. */
const FURTHER = 0.3

/** Trains the classifier of intents from texts that the project wrote itself: phrases, and the training part of the desk corpus. */
export async function trainIntent({ phrases, moodPhrases, corpus, out, say }: IntentTraining): Promise<void> {
  const texts = (await readCorpus(corpus)).filter(({ split }) => split === 'train')
  const examples: Example[] = [
    ...readPhrases(await readFile(phrases, 'utf8'), phrases),
    ...readMoodPhrases(await readFile(moodPhrases, 'utf8'), moodPhrases).map(({ text, intent }) => ({
      text,
      label: intent,
    })),
    ...texts.flatMap(({ text, intents }) =>
      intents.map((label, at) => ({ text, label, weight: at === 0 ? 1 : FURTHER })),
    ),
  ]
  say(`${examples.length} examples`)
  const bytes = trainClassifier(examples, { balance: 0.5, pairs: false }).toBytes()
  await writeFile(out, bytes)
  say(`${out}: ${(bytes.length / 1e6).toFixed(2)} MB`)
}
