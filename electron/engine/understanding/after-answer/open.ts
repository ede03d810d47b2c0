import { fileBytes } from '#engine/platform/file-bytes.ts'
import type { Log } from '#engine/platform/log.ts'
import { openAfterAnswer, type AfterAnswerReader } from './after-answer.ts'
import type { Meanings } from './meaning.ts'

/** The model in this file; null, with a word in the log, when it is missing or damaged. */
export function openAfterAnswerFile(path: string, meanings: () => Meanings, log: Log): AfterAnswerReader | null {
  try {
    const bytes = fileBytes(path)
    if (bytes) return openAfterAnswer(bytes, meanings)
    log.log('warn', 'messages after an answer are read by words of thanks alone: the model is missing', { path })
  } catch (error) {
    log.log('warn', 'messages after an answer are read by words of thanks alone: the model is damaged', { path }, error)
  }
  return null
}
