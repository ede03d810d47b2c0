import { answerQuestions } from './answer-questions.ts'
import { questions } from './questions.ts'

/** Entry of the reading thread. */
answerQuestions(questions)
