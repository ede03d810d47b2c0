import { readFile } from 'node:fs/promises'
import { readPhrases } from '#engine/understanding/intent/phrases.ts'
import { readCorpus } from './corpus.ts'
import type { Labelled } from './evaluate-posts.ts'
import { readMoodPhrases } from './mood-phrases.ts'

/** Names of the sets that the project wrote itself. */
export const PHRASES = 'phrases'
export const MOOD_PHRASES = 'mood-phrases'
export const DESK = 'desk'

const moodOf: Readonly<Record<string, string>> = {
  complaint: 'negative',
  legal: 'negative',
  violence: 'negative',
  churn: 'negative',
  praise: 'positive',
  thanks: 'positive',
}

/** The training part of the desk corpus; trades take turns in `parts` folds. */
export async function deskTexts(dir: string, parts: number): Promise<(Labelled & { fold: number })[]> {
  const texts = (await readCorpus(dir)).filter(({ split }) => split === 'train')
  const trades = [...new Set(texts.map(({ industry }) => industry))]
  const foldOf = (industry: string): number => trades.indexOf(industry) % parts
  return texts.map(({ industry, lang, mood, text }) => ({ set: DESK, lang, label: mood, text, fold: foldOf(industry) }))
}

/** The phrases of intents, by the mood that each has. */
export async function phraseTexts(file: string): Promise<Labelled[]> {
  const language = /[äöüß]|\b(?:der|die|das|ich|nicht|ist|und|ein|eine|mit|auf|wir|ihr|mein|keine?)\b/iu
  return readPhrases(await readFile(file, 'utf8'), file).map(({ label, text }) => ({
    set: PHRASES,
    lang: language.test(text) ? 'de' : 'en',
    label: moodOf[label] ?? 'neutral',
    text,
  }))
}

/** The phrases whose mood is written beside them. */
export const moodPhraseTexts = async (file: string): Promise<Labelled[]> =>
  readMoodPhrases(await readFile(file, 'utf8'), file).map(({ lang, mood, text }) => ({
    set: MOOD_PHRASES,
    lang,
    label: mood,
    text,
  }))
