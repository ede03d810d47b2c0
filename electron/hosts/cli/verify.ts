import { noWords } from './arguments.ts'
import type { Command } from './command.ts'
import { withEngine } from './with-engine.ts'

export const verifyCommand: Command = {
  name: 'verify',
  summary: 'Checks the store: the file itself, what must agree in it, and the unbroken chain of the journal.',
  usage: '',
  help: ['Exit code 1 when something is wrong.'],
  options: {},
  run: (args, terminal) => {
    noWords(args)
    return withEngine(args, async (engine) => {
      const report = await engine.store.verify()
      if (terminal.json) await terminal.print(JSON.stringify(report))
      else {
        for (const { name, ok, detail } of report.checks)
          await terminal.print(`${ok ? 'ok  ' : 'BAD '} ${name}: ${detail}`)
        for (const problem of report.problems) terminal.note(problem)
        await terminal.print(
          `${report.mentions} mentions, ${report.journalEntries} journal entries, ${report.problems.length} problems`,
        )
      }
      return report.problems.length > 0 ? 1 : 0
    })
  },
}
