import { noWords } from './arguments.ts'
import type { Command } from './command.ts'
import { withEngine } from './with-engine.ts'

export const verifyCommand: Command = {
  name: 'verify',
  summary: 'Checks the store: the file itself, what must agree in it, and the unbroken chain of the journal.',
  usage: '[--mend]',
  help: [
    'Exit code 1 when something is wrong.',
    '--mend   first makes panes and charts anew where they do not follow from the mentions, as a running station does daily',
  ],
  options: { mend: { type: 'boolean' } },
  run: (args, terminal) => {
    noWords(args)
    return withEngine(args, async (engine) => {
      const mended = args.options['mend'] === true ? await engine.intake.mend() : null
      await engine.intake.backfilled()
      if (mended && !terminal.json)
        await terminal.print(
          `made anew from the mentions: ${mended.entries} entries of panes, ${mended.buckets} hours and days of charts` +
            (mended.listens > 0 ? `; history of ${mended.listens} listens matched again` : ''),
        )
      const report = await engine.store.verify()
      if (terminal.json) await terminal.print(JSON.stringify(report))
      else {
        for (const { name, ok, detail } of report.checks)
          await terminal.print(`${ok ? 'ok  ' : 'BAD '} ${name}${detail === '' ? '' : `: ${detail}`}`)
        for (const problem of report.problems) terminal.note(problem)
        await terminal.print(
          `${report.mentions} mentions, ${report.journalEntries} journal entries, ${report.problems.length} problems`,
        )
      }
      return report.problems.length > 0 ? 1 : 0
    })
  },
}
