import { answer, startOf } from '#engine/platform/thread-work.ts'
import { openReadable } from './connections.ts'
import type { Question, QuestionContext } from './questions.ts'
import type { ReaderStart } from './reader.ts'

/** The work of a reading thread: answers one question after the other on a read-only connection. */
export function answerQuestions(questions: Readonly<Record<string, Question<never, unknown>>>): void {
  const { file, searchFile } = startOf<ReaderStart>()
  const db = openReadable(file, searchFile)
  const answers = Object.entries(questions).map(([name, question]) => [
    name,
    (input: never, context: QuestionContext) => question(db, input, context),
  ])
  answer(Object.fromEntries(answers))
}
