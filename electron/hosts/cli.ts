/** `npm run --silent earshot -- COMMAND …`: finds the command, reads its words, says failures in words. */
import { readArguments } from './cli/arguments.ts'
import type { Command } from './cli/command.ts'
import { commands } from './cli/commands.ts'
import { processTerminal } from './cli/terminal.ts'
import { exitCodes, sayFailure } from './say-failure.ts'

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

async function main(argv: string[]): Promise<number> {
  const [name, ...rest] = argv
  if (name === undefined || name === '--help' || name === 'help') {
    console.log(await overview())
    return name === undefined ? exitCodes.usage : exitCodes.ok
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!load) {
    console.error(`There is no command "${name}".\n\n${await overview()}`)
    return exitCodes.usage
  }
  const command = await load()
  if (rest.includes('--help')) {
    console.log(usageOf(command))
    return exitCodes.ok
  }
  const terminal = processTerminal(rest.includes('--json'))
  try {
    return (await command.run(readArguments(command, rest), terminal)) ?? exitCodes.ok
  } catch (error) {
    terminal.end()
    return sayFailure(error, usageOf(command))
  } finally {
    terminal.end()
  }
}

process.exitCode = await main(process.argv.slice(2))
