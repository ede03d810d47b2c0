import type { Log } from '#engine/platform/log.ts'
import { inWords } from './say-failure.ts'

/** Time for what is under way to be written; then it ends whatever still runs. */
const GRACE_MS = 5000

export interface GuardOptions {
  log: Log
  /** Says the one sentence: on stderr, or to the shell. */
  tell(line: string): void
  /** Ends in order what can be ended. */
  stop(): Promise<unknown>
  /** Default: the process itself. */
  exit?: (code: number) => void
}

/**
 * For what nobody caught: says in one sentence what happened, logs it whole, ends in order and then in any case. A process that
 * went on would answer with half of what it knew. Whoever started it starts it again: the shell does, and so do service managers;
 * a store that was found damaged is set aside then. Returns how to take the guard away.
 */
export function guardProcess({ log, tell, stop, exit = (code) => process.exit(code) }: GuardOptions): () => void {
  let ending = false
  const caught = (error: unknown): void => {
    // A reader that closed its end, as `| head` does, is told by the stream itself.
    if ((error as { code?: unknown } | null)?.code === 'EPIPE') return
    log.log('error', 'Something failed that nobody expected; this process ends', {}, error)
    if (ending) return
    ending = true
    process.exitCode = 1
    tell(
      `Earshot had to stop: ${inWords(error).message} Start it again; what was stored is kept. The log has the detail.`,
    )
    const cut = setTimeout(() => exit(1), GRACE_MS)
    stop().then(
      () => exit(1),
      (again: unknown) => {
        log.log('error', 'Ending in order failed as well', {}, again)
        exit(1)
      },
    )
    cut.unref()
  }
  process.on('uncaughtException', caught)
  process.on('unhandledRejection', caught)
  return () => {
    process.off('uncaughtException', caught)
    process.off('unhandledRejection', caught)
  }
}
