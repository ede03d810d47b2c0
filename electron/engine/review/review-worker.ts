import { answerQuestions } from '#engine/store/answer-questions.ts'
import { reviewQuestions } from './questions.ts'

/** Entry of the thread that looks back. It keeps boards of the past, which the threads that answer pages need not. */
answerQuestions(reviewQuestions)
