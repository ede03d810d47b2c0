/** Exit codes of every command: it worked, it failed for a reason outside the command, it was used wrongly. */
export const exitCodes = { ok: 0, failed: 1, usage: 2 } as const

const systemReasons: Record<string, string> = {
  ENOENT: 'It does not exist.',
  EACCES: 'This user may not open it.',
  EPERM: 'This user may not do that.',
  EISDIR: 'It is a folder.',
  ENOTDIR: 'A part of its path is not a folder.',
  ENOSPC: 'The disk is full.',
  EROFS: 'The disk is read-only.',
  EADDRINUSE: 'The port is taken. Choose another with --port.',
  EADDRNOTAVAIL: 'This machine has no such address.',
}

/** One or two sentences for a person, never a stack. */
export function inWords(error: unknown): { message: string; exitCode: 1 | 2; usage: boolean } {
  if (!(error instanceof Error)) return { message: String(error), exitCode: 1, usage: false }
  const { code, kind, path } = error as { code?: unknown; kind?: unknown; path?: unknown }
  if (typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS')) {
    return { message: `${error.message.split('. ')[0]}.`, exitCode: 2, usage: true }
  }
  if (error.name === 'UsageError') return { message: error.message, exitCode: 2, usage: true }
  if (kind === 'user' || code === 'BAD_INPUT' || code === 'NOT_FOUND')
    return { message: error.message, exitCode: 2, usage: false }
  if (typeof code === 'string' && code in systemReasons) {
    const what = typeof path === 'string' ? `${path}: ` : ''
    return { message: `${what}${systemReasons[code]}`, exitCode: 1, usage: false }
  }
  return { message: error.message, exitCode: 1, usage: false }
}

/** Prints a failure on stderr and returns the exit code. `EARSHOT_DEBUG=1` adds the stack for those who mend Earshot. */
export function sayFailure(error: unknown, usage?: string): 1 | 2 {
  const said = inWords(error)
  console.error(said.message)
  if (said.usage && usage) console.error(usage)
  if (process.env.EARSHOT_DEBUG === '1' && error instanceof Error) console.error(error.stack)
  return said.exitCode
}

/** The command was called wrongly; its usage is shown. */
export class UsageError extends Error {
  override name = 'UsageError'
}
