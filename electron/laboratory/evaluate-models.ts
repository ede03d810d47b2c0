import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  afterAnswerFile,
  openAfterAnswer,
  type AfterAnswerReader,
} from '#engine/understanding/after-answer/after-answer.ts'
import {
  createUnderstanding,
  modelFiles,
  type ModelFiles,
  type Understanding,
} from '#engine/understanding/understand.ts'
import { createEncoder, encoderFile } from '#engine/understanding/encoder/encoder.ts'
import { openPairModel, pairModelFile } from '#engine/understanding/problems/pair-model.ts'
import type { Encode } from '#engine/understanding/problems/traits.ts'
import { lexiconFile, openLexicon, type Lexicon } from '#engine/understanding/concepts/lexicon.ts'
import { sourceRoot } from '#hosts/root.ts'
import type { GroupingTools } from './group-shift.ts'

/** Understanding with the weights that are shipped, for measuring. A model whose file is missing is left out. */
export async function shippedUnderstanding(): Promise<Understanding> {
  const models = await Promise.all(
    Object.entries(modelFiles).map(async ([name, path]) => [
      name,
      await readFile(join(sourceRoot, 'resources', path)).catch(() => null),
    ]),
  )
  return createUnderstanding({ models: Object.fromEntries(models) as ModelFiles })
}

/** What reads messages after an answer, as it is shipped; null where its file is missing. */
export async function shippedAfterAnswer(): Promise<AfterAnswerReader | null> {
  const bytes = await readFile(join(sourceRoot, 'resources', afterAnswerFile)).catch(() => null)
  const lexicon = await shippedLexicon()
  return bytes && openAfterAnswer(bytes, () => lexicon)
}

/** The encoder that is shipped; null when its file is missing. */
export async function shippedEncode(): Promise<Encode | null> {
  const file = await readFile(join(sourceRoot, 'resources', encoderFile)).catch(() => null)
  return file && createEncoder(file).encode
}

/** What groups complaints of a shift, as it is shipped. */
export async function shippedGrouping(): Promise<GroupingTools> {
  const [lexicon, encode, file] = await Promise.all([
    shippedLexicon(),
    shippedEncode(),
    readFile(join(sourceRoot, 'resources', pairModelFile)).catch(() => null),
  ])
  return { lexicon, encode, model: file && openPairModel(file, lexicon.concepts) }
}

/** The lexicon that is shipped; without words when its file is missing. */
export const shippedLexicon = async (): Promise<Lexicon> =>
  openLexicon(await readFile(join(sourceRoot, 'resources', lexiconFile)).catch(() => null))
