import { CaseProblem } from '#engine/platform/case-problem.ts'

type Thrower = (options: { message: string }) => Error
type Errors = Record<CaseProblem['code'], Thrower>

/** Does it, and turns a command that cannot be done into the wire's error of the same name. */
export function attempt<T>(errors: Errors, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof CaseProblem) throw errors[error.code]({ message: error.message })
    throw error
  }
}

/** The same for what takes time. */
export async function attemptLater<T>(errors: Errors, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof CaseProblem) throw errors[error.code]({ message: error.message })
    throw error
  }
}
