/**
 * A command on a case that cannot be done. `code` is the wire's: NOT_FOUND, CONFLICT (somebody was faster) or BAD_INPUT
 * (the case is not in a state for it). The message says what happened and what to do.
 */
export class CaseProblem extends Error {
  override name = 'CaseProblem'
  readonly code: 'NOT_FOUND' | 'CONFLICT' | 'BAD_INPUT'
  constructor(code: CaseProblem['code'], message: string) {
    super(message)
    this.code = code
  }
}
