import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { PASSPHRASE_LEAST } from '#shared/model/access.ts'
import { inEnglish } from '#shared/words/words.ts'
import { UsageError } from '../say-failure.ts'
import { textOption } from './arguments.ts'
import type { Arguments, Command, Terminal } from './command.ts'
import { withDeps } from './with-engine.ts'

const places = {
  keychain: "in this system's keychain",
  file: 'in a file sealed with a passphrase',
  locked: 'in a file sealed with a passphrase, which was not given',
  run: 'nowhere: for this run only',
  none: 'nowhere yet: this system has no keychain that answers',
}

/** The first line of a file that its owner alone should be able to read, as systemd's credentials or a secret of a container are. */
export function passphraseOf(args: Arguments): string | null {
  const file = textOption(args, 'passphrase-file')
  if (file === undefined) return null
  try {
    const [line = ''] = readFileSync(file, 'utf8').split(/\r?\n/)
    return line
  } catch (error) {
    throw new UsageError(`The file with the passphrase cannot be read: ${(error as Error).message}`)
  }
}

/** Asked for on the terminal, where it is not shown; else the first line of what is piped in. */
async function askPassphrase(terminal: Terminal, question: string): Promise<string> {
  const { stdin } = process
  if (!stdin.isTTY) {
    for await (const line of createInterface({ input: stdin, signal: terminal.signal })) return line
    return ''
  }
  terminal.note(question)
  stdin.setRawMode(true)
  try {
    let typed = ''
    for await (const bytes of stdin)
      for (const sign of String(bytes)) {
        if (sign === '\r' || sign === '\n') return typed
        if (sign === '\u0003' || sign === '\u0004') throw new UsageError('No passphrase was given.')
        typed = sign === '\u007f' || sign === '\b' ? [...typed].slice(0, -1).join('') : typed + sign
      }
    return typed
  } finally {
    stdin.setRawMode(false)
  }
}

export const secretsCommand: Command = {
  name: 'secrets',
  summary: 'Says where this station keeps its secrets, and seals a file for them where there is no keychain.',
  usage: '[seal | check] [--passphrase-file FILE]',
  help: [
    'seal                     makes the sealed file; the passphrase is asked for',
    'check                    whether a passphrase is the one of the sealed file',
    '--passphrase-file FILE   its first line is the passphrase',
  ],
  options: { 'passphrase-file': { type: 'string' } },
  run: (args, terminal) =>
    withDeps(args, async ({ places: kept }) => {
      const [what = 'show', ...more] = args.words
      if (more.length > 0 || !['show', 'seal', 'check'].includes(what))
        throw new UsageError(`"${args.words.join(' ')}" is not known here.`)
      if (what !== 'show') {
        const passphrase = passphraseOf(args) ?? (await askPassphrase(terminal, 'Passphrase:'))
        if (what === 'check') await kept.unlock(passphrase)
        else {
          if (passphrase.length < PASSPHRASE_LEAST)
            throw new UsageError(`A passphrase has at least ${PASSPHRASE_LEAST} characters.`)
          await kept.seal(passphrase)
        }
      }
      const { place, problem } = await kept.place()
      if (terminal.json) return terminal.print(JSON.stringify({ place }))
      await terminal.print(`Secrets are kept ${places[place]}.`)
      if (problem !== null) terminal.note(inEnglish(problem))
      if (place === 'none') terminal.note('"earshot secrets seal" makes a sealed file for them.')
    }),
}
