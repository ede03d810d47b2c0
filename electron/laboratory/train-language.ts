import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { writeWeights } from '#engine/understanding/binary.ts'
import { gramHash } from '#engine/understanding/language/model.ts'

interface EldData {
  type: string
  languages: Record<string, string>
  ngrams: Record<string, Record<string, number>>
}

/** ELD leaves this much out of every score to save space (see its languageDetector.js). */
const BASE = 53

/** Makes `language.bin` out of ELD's n-gram frequencies (a development dependency). Returns its size in bytes. */
export async function trainLanguage(out: string): Promise<number> {
  const root = fileURLToPath(import.meta.resolve('eld')).replace(/[/\\]src[/\\].*$/, '')
  const { ngramsData } = (await import(pathToFileURL(`${root}/src/ngrams/small.js`).href)) as { ngramsData: EldData }
  const { dictionary } = (await import(pathToFileURL(`${root}/src/dictionary.js`).href)) as {
    dictionary: Record<string, string> | string[]
  }
  const { version } = JSON.parse(await readFile(`${root}/package.json`, 'utf8')) as { version: string }
  const byteOf = new Map<string, number>()
  for (const [byte, sign] of Object.entries(dictionary)) byteOf.set(sign, Number(byte))

  const languages = Object.keys(ngramsData.languages).map((key) => ngramsData.languages[key]!)
  const grams = Object.entries(ngramsData.ngrams)
  const slots = 2 ** Math.ceil(Math.log2(grams.length * 1.6))
  const keys = new Uint32Array(slots)
  const starts = new Uint32Array(slots)
  const langs: number[] = []
  const scores: number[] = []
  for (const [gram, byLanguage] of grams) {
    const begin = gram.startsWith(' ')
    const end = gram.length > 1 && gram.endsWith(' ')
    const signs = gram.slice(begin ? 1 : 0, end ? -1 : undefined)
    const bytes = Uint8Array.from(signs, (sign) => byteOf.get(sign) ?? sign.charCodeAt(0))
    const hash = gramHash(bytes, 0, bytes.length, begin, end)
    let slot = hash & (slots - 1)
    while (starts[slot] !== 0) slot = (slot + 1) & (slots - 1)
    keys[slot] = hash
    starts[slot] = langs.length + 1
    const entries = Object.entries(byLanguage)
    langs.push(entries.length)
    scores.push(0)
    for (const [lang, value] of entries) {
      langs.push(Number(lang))
      scores.push(value)
    }
  }
  const file = writeWeights(
    { model: `earshot-language 1 (ELD ${version} ${ngramsData.type})`, languages, base: BASE },
    { keys, starts, langs: Uint8Array.from(langs), scores: Uint8Array.from(scores) },
  )
  await writeFile(out, file)
  return file.length
}
