import type { ParseArgsOptionsConfig } from 'node:util'
import type { ExitCode } from '../say-failure.ts'

/** What a command may say, and how. Results go to stdout, everything else to stderr. */
export interface Terminal {
  /** `--json`: one JSON value a line on stdout and nothing else there. */
  readonly json: boolean
  /** A line on stdout. Resolves when the reader has taken it, so that a slow pipe holds the command back. */
  print(line: string): Promise<void>
  /** Text of a file on stdout, line ends and all: as written where a program takes it, harmless where a person reads it. */
  write(text: string): Promise<void>
  /** A line on stderr. */
  note(line: string): void
  /** Says how far it is, at most once a second and never in the first: a command that is quick stays silent. */
  progress(text: () => string): void
  /** Ctrl-C, a polite kill, or a reader that went away. */
  readonly signal: AbortSignal
}

export interface Arguments {
  /** What is not an option. */
  words: string[]
  /** By name, as `parseArgs` gives them. */
  options: Record<string, string | boolean | (string | boolean)[] | undefined>
  /** `--data DIR` or the platform's own place; absolute. */
  dataDir: string
}

/** One command of `npm run earshot`. Each is a file of its own in this folder and listed in commands.ts. */
export interface Command {
  name: string
  /** One line for the overview. */
  summary: string
  /** Everything after the name: `FILE [--map field=column]… [--source NAME]`. */
  usage: string
  /** Lines that explain the options. */
  help: string[]
  /** Beside `--data`, `--json` and `--help`, which every command has. */
  options: ParseArgsOptionsConfig
  /** Resolves with nothing or an exit code (see say-failure.ts). Throws UsageError for a wrong call. */
  run(args: Arguments, terminal: Terminal): Promise<void | ExitCode>
}
