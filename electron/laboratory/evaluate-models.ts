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
import { sourceRoot } from '#hosts/root.ts'

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
  return bytes && openAfterAnswer(bytes)
}
