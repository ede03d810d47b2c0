import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AfterAnswerExample, Outcome } from '#engine/understanding/after-answer/after-answer.ts'
import { readAfterAnswerCorpus, type CorpusRow } from '#engine/understanding/after-answer/corpus.ts'
import { readCorpus, type CorpusText } from './corpus.ts'

/** A longer text is not written like a message after an answer; in UTF-16 code units. */
const LONGEST = 300
/** Of the desk corpus' texts that need somebody, every so manieth: there are ten times as many as of the others, and with fewer more was closed wrongly. */
const EVERY = 2
/** What a text of the desk corpus counts for; one that was written as a message after an answer counts 1. */
const weights: Readonly<Record<Outcome, number>> = { confirmed: 1, reopens: 0.35, neither: 0.5 }

/** Messages after an answer: the plain ones, those that are hard to tell, further ones by register, turns that are hardest, and such for checking alone. */
export const afterAnswerFiles = [
  'after-the-answer.tsv',
  'after-the-answer-hard.tsv',
  'after-the-answer-registers.tsv',
  'after-the-answer-turns.tsv',
  'after-the-answer-check.tsv',
] as const
/** Of which nothing is learned. */
const forChecking: string = 'after-the-answer-check.tsv'

/** The rows of one of them. */
export async function rowsOf(dir: string, name: (typeof afterAnswerFiles)[number]): Promise<CorpusRow[]> {
  const file = join(dir, name)
  return readAfterAnswerCorpus(await readFile(file, 'utf8'), file, name === forChecking ? 1 : undefined)
}

/** All of them, those for checking too. */
export async function afterAnswerRows(dir: string): Promise<CorpusRow[]> {
  return (await Promise.all(afterAnswerFiles.map((name) => rowsOf(dir, name)))).flat()
}

/** What the model learns from, in order: messages after an answer, and what the desk corpus' trades for training say like them. */
export async function afterAnswerExamples(dir: string): Promise<AfterAnswerExample[]> {
  const own = (await afterAnswerRows(dir)).filter(({ check }) => !check)
  let opening = 0
  const desk = (await readCorpus(dir)).flatMap((text) => {
    const label = outcomeOf(text)
    if (label === null || text.split !== 'train' || text.text.length > LONGEST) return []
    if (label === 'reopens' && opening++ % EVERY > 0) return []
    return [{ lang: text.lang, text: text.text, label, weight: weights[label] }]
  })
  return [...own.map(({ lang, text, outcome }) => ({ lang, text, label: outcome })), ...desk]
}

function outcomeOf({ intents, mood }: CorpusText): Outcome | null {
  const [main] = intents
  if (main === 'thanks') return mood === 'positive' && intents.length === 1 ? 'confirmed' : null
  if (main === 'other') return 'neither'
  return main === 'praise' || main === 'noise' ? null : 'reopens'
}
