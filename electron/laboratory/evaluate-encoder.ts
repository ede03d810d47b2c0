import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createEncoder, encoderFile, type Encoder } from '#engine/understanding/encoder/encoder.ts'
import { tokenize } from '#engine/understanding/tokens.ts'
import { sourceRoot } from '#hosts/root.ts'
import type { Arguments, Terminal } from '#hosts/cli/command.ts'
import { readCorpus } from './corpus.ts'
import { measureLikeBefore, type LikeBefore } from './encoder/like-before.ts'
import { measureRetrieval } from './encoder/retrieval.ts'
import { neededOptions, rounded } from './evaluate-file.ts'

/**
 * `earshot evaluate encoder --dir DIR`: of every report of a fault in the corpus' check part, whether the text that lies nearest to it in another
 * language, of all texts of its trade, tells of the same fault; and what "like this before" finds with it, and by words alone.
 */
export async function evaluateEncoder(args: Arguments, terminal: Terminal): Promise<void> {
  const { dir } = neededOptions(args, 'encoder', 'dir')
  const texts = (await readCorpus(dir)).filter(({ split }) => split === 'check')
  const bytes = await readFile(join(sourceRoot, 'resources', encoderFile))
  const began = performance.now()
  const encoder = createEncoder(bytes)
  const loadMs = performance.now() - began
  const vectors = texts.map(({ text }) => encoder.encode(text))
  const found = measureRetrieval(texts, (at) => vectors[at]!)
  const result = {
    model: encoder.model,
    ...found,
    first: rounded(found.first),
    five: rounded(found.five),
    anyLanguage: rounded(found.anyLanguage),
    textsPerSecond: rate(
      encoder,
      texts.map(({ text }) => text),
    ),
    loadMs: Math.round(loadMs),
    megabytes: rounded(bytes.length / 1e6),
    likeBefore: {
      byWords: allRounded(measureLikeBefore(texts, null)),
      byMeaning: allRounded(measureLikeBefore(texts, (at) => vectors[at]!)),
    },
  }
  if (terminal.json) return terminal.print(JSON.stringify(result))
  await terminal.print(
    `${result.model}: ${result.queries} reports of a fault; the nearest of another language tells of the same: ${percent(result.first)}, one of five: ${percent(result.five)}; the nearest of any language: ${percent(result.anyLanguage)}`,
  )
  await terminal.print(
    `${result.textsPerSecond} texts a second a thread, words cut before; read in ${result.loadMs} ms, ${result.megabytes.toFixed(1)} MB`,
  )
  for (const [how, { precision, recall, rightDesk }] of Object.entries(result.likeBefore))
    await terminal.print(
      `like this before, ${how === 'byWords' ? 'by words alone' : 'by meaning too'}: ${percent(precision)} of what is called alike is the same fault, ${percent(recall)} of the same fault is called alike; the votes name the right desk for ${percent(rightDesk)} of all texts`,
    )
}

const allRounded = ({ precision, recall, rightDesk }: LikeBefore): LikeBefore => ({
  precision: rounded(precision),
  recall: rounded(recall),
  rightDesk: rounded(rightDesk),
})
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`
const LONG_ENOUGH_MS = 1000
/** Of this process' own work: others on the machine do not count. */
const workedMs = (): number => process.cpuUsage().user / 1000

/** Of texts whose words are cut already. */
function rate(encoder: Encoder, texts: readonly string[]): number {
  const cut = texts.map((text) => ({ text, tokens: tokenize(text) }))
  const into = new Float32Array(encoder.dimensions)
  for (const { text, tokens } of cut) encoder.encode(text, tokens, into)
  const began = workedMs()
  let count = 0
  while (workedMs() - began < LONG_ENOUGH_MS) {
    for (const { text, tokens } of cut) encoder.encode(text, tokens, into)
    count += cut.length
  }
  return Math.round((count * 1000) / (workedMs() - began))
}
