import { intents } from '#shared/model/mention.ts'
import type { SentimentLabel } from '#shared/model/sentiment.ts'
import { wrongLine } from './evaluate-file.ts'

/** A line of `resources/models/mood-phrases.txt`. */
export interface MoodPhrase {
  lang: string
  mood: SentimentLabel
  intent: (typeof intents)[number]
  text: string
}

const moods: Readonly<Record<string, SentimentLabel>> = { '-': 'negative', '0': 'neutral', '+': 'positive' }

/** Reads lines of `language|mood|intent|text`; `#` begins a comment. Throws a Failure that names `file` and the line. */
export function readMoodPhrases(content: string, file: string): MoodPhrase[] {
  return content.split(/\r?\n/).flatMap((line, at) => {
    if (line.trim() === '' || line.startsWith('#')) return []
    const [lang, sign, label, text] = line.split('|')
    const mood = moods[sign ?? '']
    const intent = intents.find((one) => one === label)
    if (!lang || mood === undefined || intent === undefined || !text?.trim())
      throw wrongLine(file, at, 'a language, a mood (-, 0 or +), an intent and a text are needed.')
    return [{ lang, mood, intent, text: text.trim() }]
  })
}
