import { answer, startOf } from '#engine/platform/thread-work.ts'
import { textFolder } from '#engine/platform/text-folder.ts'
import { useConceptLines } from '#shared/query/concept-book.ts'
import { openReadable } from './connections.ts'
import type { Question, QuestionContext } from './questions.ts'
import type { ReaderStart } from './reader.ts'

/** The work of a reading thread: answers one question after the other on a read-only connection. */
export function answerQuestions(questions: Readonly<Record<string, Question<never, unknown>>>): void {
  const { file, searchFile, concepts } = startOf<ReaderStart>()
  if (concepts !== undefined) useConceptLines(() => textFolder(concepts))
  const db = openReadable(file, searchFile)
  const answers = Object.entries(questions).map(([name, question]) => [
    name,
    (input: never, context: QuestionContext) => question(db, input, context),
  ])
  answer(Object.fromEntries(answers))
}
