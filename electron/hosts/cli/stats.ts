import { noWords } from './arguments.ts'
import type { Command } from './command.ts'
import { withEngine } from './with-engine.ts'

export const statsCommand: Command = {
  name: 'stats',
  summary: 'Says what the store holds.',
  usage: '',
  help: [],
  options: {},
  run: (args, terminal) => {
    noWords(args)
    return withEngine(args, async (engine) => {
      const stats = await engine.stats()
      if (terminal.json) return terminal.print(JSON.stringify(stats))
      await terminal.print(`${stats.mentions} mentions in ${stats.file} (${(stats.bytes / 2 ** 20).toFixed(1)} MiB)`)
      for (const [title, counts] of [
        ['source', stats.bySource],
        ['network', stats.byNetwork],
        ['language', stats.byLang],
        ['sentiment', stats.bySentiment],
      ] as const) {
        for (const [name, count] of Object.entries(counts)) await terminal.print(`  ${title} ${name}: ${count}`)
      }
      const { rereading } = stats
      if (rereading && rereading.total > 0)
        await terminal.print(
          `${rereading.done} of ${rereading.total} mentions read again by ${rereading.model}, ${rereading.changed} of them otherwise than before`,
        )
      await terminal.print(
        `${stats.listens} listens, ${stats.cases} cases (${stats.openCases} open), ${stats.journalEntries} journal entries`,
      )
    })
  },
}
