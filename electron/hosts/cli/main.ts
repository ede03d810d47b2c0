import { exitCodes, sayFailure, type ExitCode } from '../say-failure.ts'
import { readArguments } from './arguments.ts'
import type { Command, Terminal } from './command.ts'
import { commands } from './commands.ts'

const common = [
  '--data DIR   the station to use (default: the place of this platform)',
  '--json       JSON on stdout and nothing else',
  '--help       this text',
]

const usageOf = (command: Command): string =>
  [
    `Usage: earshot ${command.name} ${command.usage}`,
    '',
    command.summary,
    '',
    ...[...command.help, ...common].map((line) => `  ${line}`),
  ].join('\n')

async function overview(): Promise<string> {
  const all = await Promise.all(Object.values(commands).map((load) => load()))
  const width = Math.max(...all.map(({ name }) => name.length))
  const lines = all.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`)
  return ['Usage: earshot COMMAND [options]', '', ...lines, '', 'earshot COMMAND --help explains one of them.'].join(
    '\n',
  )
}

/**
 * Finds the command, reads its words, runs it and says failures in words. Resolves with the exit code. `terminal.end`: nothing
 * more is said of how far it is.
 */
export async function main(argv: readonly string[], terminal: Terminal & { end(): void }): Promise<ExitCode> {
  const [name, ...rest] = argv
  if (name === undefined || name === '--help' || name === 'help') {
    await terminal.print(await overview())
    return name === undefined ? exitCodes.usage : exitCodes.ok
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!load) {
    terminal.note(`There is no command "${name}".\n\n${await overview()}`)
    return exitCodes.usage
  }
  const command = await load()
  if (rest.includes('--help')) {
    await terminal.print(usageOf(command))
    return exitCodes.ok
  }
  try {
    return (await command.run(readArguments(command, rest), terminal)) ?? exitCodes.ok
  } catch (error) {
    return sayFailure(error, (line) => terminal.note(line), usageOf(command))
  } finally {
    terminal.end()
  }
}
