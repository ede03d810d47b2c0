import { readFile, writeFile } from 'node:fs/promises'
import { trainClassifier } from '#engine/understanding/classify/classifier.ts'
import { readPhrases } from '#engine/understanding/intent/phrases.ts'

/** Trains the classifier of intents from phrases that the project wrote itself. */
export async function trainIntent(phrases: string, out: string, say: (line: string) => void): Promise<void> {
  const examples = readPhrases(await readFile(phrases, 'utf8'), phrases)
  say(`${examples.length} phrases`)
  const bytes = trainClassifier(examples, { balance: 0.5, pairs: false }).toBytes()
  await writeFile(out, bytes)
  say(`${out}: ${(bytes.length / 1e6).toFixed(2)} MB`)
}
