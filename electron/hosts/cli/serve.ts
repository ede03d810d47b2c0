import { join } from 'node:path'
import { inEnglish } from '#shared/words/words.ts'
import { buildPage, isStale } from '../build-page.ts'
import { sourceRoot } from '../root.ts'
import { guardProcess } from '../process-guard.ts'
import { runStation } from '../running-station.ts'
import { listOption, noWords, numberOption, textOption } from './arguments.ts'
import { passphraseOf } from './secrets.ts'
import type { Command } from './command.ts'
import { withDeps } from './with-engine.ts'

export const serveCommand: Command = {
  name: 'serve',
  summary: 'Runs the station without a window and prints its addresses as one JSON line; each lets one browser in.',
  usage: '[--port N] [--sample] [--host ADDRESS] [--name HOST]… [--new-keys] [--passphrase-file FILE]',
  help: [
    '--port N         port to listen on (default: any free one)',
    '--sample         play the sample shift instead of the station',
    '--host ADDRESS   address to listen on (default 127.0.0.1); anything else opens the station to the network',
    '--name HOST      a further host name by which browsers may reach it, e.g. that of a proxy with TLS',
    '--passphrase-file FILE   its first line opens the sealed file of secrets, see "earshot secrets"',
    '--new-keys       everybody who was let in is locked out, walls too',
  ],
  options: {
    port: { type: 'string' },
    sample: { type: 'boolean', default: false },
    host: { type: 'string' },
    name: { type: 'string', multiple: true },
    'passphrase-file': { type: 'string' },
    'new-keys': { type: 'boolean', default: false },
  },
  async run(args, terminal) {
    noWords(args)
    const port = numberOption(args, 'port', 0, 0, 65_535)
    if (isStale(sourceRoot)) {
      terminal.note('Building the page …')
      await buildPage(sourceRoot)
    }
    return withDeps(args, async (deps) => {
      for (const note of deps.notes) terminal.note(inEnglish(note))
      const passphrase = passphraseOf(args)
      if (passphrase !== null) await deps.places.unlock(passphrase)
      const running = await runStation({
        deps,
        pageFolder: join(sourceRoot, 'out/renderer'),
        port,
        address: textOption(args, 'host'),
        names: listOption(args, 'name'),
        newKeys: args.options['new-keys'] === true,
        sample: args.options.sample === true,
      })
      const unguard = guardProcess({ log: deps.log, tell: (line) => terminal.note(line), stop: () => running.stop() })
      try {
        const { port: used } = running.station
        if (port !== 0 && used !== port) terminal.note(`Port ${port} is taken; this station uses ${used}.`)
        const { url, wallUrl } = running.station
        await terminal.print(JSON.stringify({ url, wallUrl }))
        await stopped(terminal.signal)
      } finally {
        await running.stop()
        unguard()
      }
    })
  },
}

const stopped = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
