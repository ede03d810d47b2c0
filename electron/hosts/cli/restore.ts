import { resolve } from 'node:path'
import { restore } from '#engine/engine.ts'
import { UsageError } from '../say-failure.ts'
import type { Command } from './command.ts'
import { withDeps } from './with-engine.ts'

export const restoreCommand: Command = {
  name: 'restore',
  summary: 'Puts a backup in the place of the store. What was there is set aside, not deleted.',
  usage: '[BACKUP]',
  help: ['BACKUP   the file to restore (default: the newest sound one in the folder of backups)'],
  options: {},
  async run(args, terminal) {
    const [word, ...others] = args.words
    if (others.length > 0) throw new UsageError(`"${others[0]}" is one word too many.`)
    return withDeps(args, async (deps) => {
      const report = restore(deps, word === undefined ? null : resolve(word))
      if (terminal.json) return terminal.print(JSON.stringify(report))
      await terminal.print(`${report.mentions} mentions restored from ${report.from}`)
      if (report.setAside) await terminal.print(`What was there is now ${report.setAside}`)
    })
  },
}
