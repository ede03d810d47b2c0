import { noWords } from './arguments.ts'
import type { Command } from './command.ts'
import { withEngine } from './with-engine.ts'

export const backupCommand: Command = {
  name: 'backup',
  summary: "Makes a consistent copy of the store in the station's folder of backups.",
  usage: '',
  help: ['A running station makes its backups itself (Settings).'],
  options: {},
  run: (args, terminal) => {
    noWords(args)
    return withEngine(args, async (engine) => {
      terminal.progress(() => 'Copying …')
      const { file, mentions } = await engine.store.backup()
      await terminal.print(terminal.json ? JSON.stringify({ file, mentions }) : `${mentions} mentions in ${file}`)
    })
  },
}
