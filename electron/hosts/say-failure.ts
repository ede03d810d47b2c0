import { asWritten, said, type Code } from '#shared/words/said.ts'
import { inEnglish } from '#shared/words/words.ts'
import { Failure } from '#engine/platform/failure.ts'

/** Exit codes of every command: it worked, it failed for a reason outside the command, it was used wrongly. */
export const exitCodes = { ok: 0, failed: 1, usage: 2 } as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

const systemReasons: Readonly<Record<string, Code>> = {
  ENOENT: 'system.missing',
  EACCES: 'system.mayNotOpen',
  EPERM: 'system.mayNot',
  EISDIR: 'system.isFolder',
  ENOTDIR: 'system.noFolder',
  ENOSPC: 'system.diskFull',
  EROFS: 'system.diskReadOnly',
  ENAMETOOLONG: 'system.pathTooLong',
  EADDRINUSE: 'system.portTaken',
  EADDRNOTAVAIL: 'system.noSuchAddress',
}

/** One or two sentences for a person, never a stack. */
export function inWords(error: unknown): { message: string; exitCode: 1 | 2; usage: boolean } {
  if (!(error instanceof Error)) return { message: String(error), exitCode: 1, usage: false }
  const { code, path } = error as { code?: unknown; path?: unknown }
  if (typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS')) {
    return { message: `${error.message.split('. ')[0]}.`, exitCode: 2, usage: true }
  }
  // Of a call, the failure behind it.
  const failure = error.cause instanceof Failure ? error.cause : error
  if (failure instanceof Failure) {
    const exitCode = failure.kind === 'user' ? 2 : 1
    return { message: failure.message, exitCode, usage: failure instanceof UsageError }
  }
  const reason = typeof code === 'string' ? systemReasons[code] : undefined
  if (reason !== undefined) {
    const what = typeof path === 'string' ? `${path}: ` : ''
    return { message: `${what}${inEnglish(said(reason))}`, exitCode: 1, usage: false }
  }
  return { message: error.message, exitCode: 1, usage: false }
}

/** Tells a failure, on stderr as a rule, and returns the exit code. `EARSHOT_DEBUG=1` adds the stack for those who mend Earshot. */
export function sayFailure(error: unknown, tell: (line: string) => void, usage?: string): 1 | 2 {
  const said = inWords(error)
  tell(said.message)
  if (said.usage && usage) tell(usage)
  if (process.env.EARSHOT_DEBUG === '1' && error instanceof Error && error.stack) tell(error.stack)
  return said.exitCode
}

/** The command was called wrongly; its usage is shown. */
export class UsageError extends Failure {
  override name = 'UsageError'
  constructor(message: string) {
    super('user', asWritten(message))
  }
}
