import type { ReadableDb } from './handles.ts'
import { quickCheck } from './queries/check.ts'
import { verify } from './queries/verify.ts'

export interface QuestionContext {
  stationId: string
  /** Long loops look here now and then and return early: nobody waits for the answer any more. */
  cancelled(): boolean
}

/** A read with a name: only plain values in and out (they cross a thread). Other rooms add theirs here. */
export type Question<Input, Output> = (db: ReadableDb, input: Input, context: QuestionContext) => Output

export const questions = {
  'store.quickCheck': quickCheck,
  'store.verify': verify,
} satisfies Record<string, Question<never, unknown>>

export type QuestionName = keyof typeof questions
export type QuestionInput<Name extends QuestionName> = Parameters<(typeof questions)[Name]>[1]
export type QuestionOutput<Name extends QuestionName> = ReturnType<(typeof questions)[Name]>
