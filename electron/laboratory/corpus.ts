import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { wrongLine } from './evaluate-file.ts'

export const corpusLanguages = ['en', 'de', 'es', 'fr', 'it', 'nl', 'pt'] as const
export const corpusKinds = ['post', 'reply', 'review', 'forum', 'mail', 'phone', 'chat'] as const
export const corpusIntents = [
  'complaint',
  'question',
  'praise',
  'suggestion',
  'lead',
  'churn',
  'press',
  'job',
  'legal',
  'violence',
  'thanks',
  'noise',
  'other',
] as const
const moods = { '-': 'negative', '0': 'neutral', '+': 'positive' } as const
const marks = { n: 'negation', i: 'irony', b: 'name' } as const

/** An invented text of the desk corpus, see resources/corpus/README.md. */
export interface CorpusText {
  industry: string
  split: 'train' | 'check'
  /** Texts of one meaning, over people and languages. */
  group: string
  /** Of a fault: what is broken and how. */
  part: string | null
  symptom: string | null
  lang: (typeof corpusLanguages)[number]
  kind: (typeof corpusKinds)[number]
  /** Towards the company. */
  mood: (typeof moods)[keyof typeof moods]
  /** The main one first. */
  intents: (typeof corpusIntents)[number][]
  /** What makes the mood hard to read. */
  marks: (typeof marks)[keyof typeof marks][]
  text: string
}

/** Every text of the folder's `.txt` files, in their order. Throws a Failure that names file and line. */
export async function readCorpus(dir: string): Promise<CorpusText[]> {
  const files = (await readdir(dir)).filter((name) => name.endsWith('.txt')).sort()
  const texts = await Promise.all(files.map(async (name) => parse(await readFile(join(dir, name), 'utf8'), name)))
  return texts.flat()
}

interface Head {
  industry: string
  split: CorpusText['split']
}

function parse(content: string, file: string): CorpusText[] {
  const texts: CorpusText[] = []
  let head: Head | null = null
  let block: Pick<CorpusText, 'group' | 'part' | 'symptom'> | null = null
  content.split('\n').forEach((line, at) => {
    if (line.trim() === '' || line.startsWith('#')) return
    const wrong = (why: string): Error => wrongLine(file, at, why)
    const parts = line.slice(1).split('|')
    if (line.startsWith('@')) {
      const split = parts.at(-1)?.trim()
      if (split !== 'train' && split !== 'check') throw wrong('an industry ends with train or check.')
      head = { industry: parts[0]!.trim(), split }
    } else if (line.startsWith('=')) {
      const named = (name: string): string | null =>
        parts
          .find((part) => part.trim().startsWith(`${name}:`))
          ?.split(':')[1]
          ?.trim() ?? null
      block = { group: `${file}:${at + 1}`, part: named('part'), symptom: named('symptom') }
    } else if (head === null || block === null) throw wrong('a text stands in a block (=) of an industry (@).')
    else texts.push({ ...head, ...block, ...textOf(line, wrong) })
  })
  return texts
}

type Told = Pick<CorpusText, 'lang' | 'kind' | 'mood' | 'intents' | 'marks' | 'text'>

/** `en | review | - | complaint | n | text`; the text may have further bars. */
function textOf(line: string, wrong: (why: string) => Error): Told {
  const fields = line.split('|')
  if (fields.length < 6) throw wrong('six fields are needed: language, kind, mood, intents, marks and the text.')
  const [lang, kind, mood, intents, signs] = fields.slice(0, 5).map((field) => field.trim()) as [string, ...string[]]
  const text = fields.slice(5).join('|').trim()
  const oneOf = <Word extends string>(words: readonly Word[], word: string | undefined, what: string): Word => {
    if (!words.includes(word as Word)) throw wrong(`"${word}" is no ${what}.`)
    return word as Word
  }
  if (text === '') throw wrong('the text is empty.')
  return {
    lang: oneOf(corpusLanguages, lang, 'language of the corpus'),
    kind: oneOf(corpusKinds, kind, 'kind'),
    mood: moods[oneOf(['-', '0', '+'], mood, 'mood')],
    intents: intents!.split(',').map((word) => oneOf(corpusIntents, word.trim(), 'intent')),
    marks: [...signs!].map((sign) => marks[oneOf(['n', 'i', 'b'], sign, 'mark')]),
    text,
  }
}

const RUN = 6
const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []

/** Every run of six words of a text, for finding what was written twice. */
export function runsOf(text: string): string[] {
  const words = wordsOf(text)
  return words.slice(RUN - 1).map((_, at) => words.slice(at, at + RUN).join(' '))
}
