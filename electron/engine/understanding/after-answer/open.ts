import { existsSync, readFileSync } from 'node:fs'
import type { Log } from '#engine/platform/log.ts'
import { openAfterAnswer, type AfterAnswerReader } from './after-answer.ts'

/** The model in this file; null, with a word in the log, when it is missing or damaged. */
export function openAfterAnswerFile(path: string, log: Log): AfterAnswerReader | null {
  try {
    if (existsSync(path)) return openAfterAnswer(new Uint8Array(readFileSync(path)))
    log.log('warn', 'messages after an answer are read by words of thanks alone: the model is missing', { path })
  } catch (error) {
    log.log('warn', 'messages after an answer are read by words of thanks alone: the model is damaged', { path }, error)
  }
  return null
}
