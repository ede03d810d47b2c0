import { inEnglish } from '#shared/words/words.ts'
import { MentionFilter } from '#shared/contract/mentions.ts'
import { durationOption, noWords } from './arguments.ts'
import type { Command } from './command.ts'
import { mentionLine } from './mention-line.ts'
import { withEngine } from './with-engine.ts'

export const listenCommand: Command = {
  name: 'listen',
  summary: 'Listens with all sources for a while and prints what is heard, one mention a line.',
  usage: '[--for 60s]',
  help: ['--for 60s    how long: 60s, 5m, 1h (default: until Ctrl-C)'],
  options: { for: { type: 'string' } },
  run: (args, terminal) => {
    noWords(args)
    const forMs = durationOption(args, 'for', Number.POSITIVE_INFINITY)
    return withEngine(args, async (engine) => {
      const client = engine.client()
      const sources = await client.sources.list()
      if (!sources.some(({ source }) => source.enabled)) {
        terminal.note('No source is switched on: add one in the app first (npm start), or import a file.')
        return 2
      }
      const stop = Number.isFinite(forMs)
        ? AbortSignal.any([terminal.signal, AbortSignal.timeout(forMs)])
        : terminal.signal
      const filter = MentionFilter.parse({})
      const { liveFrom } = await client.mentions.page({ filter, limit: 1 })
      engine.start()
      let heard = 0
      let after = liveFrom
      try {
        for await (const patch of await client.mentions.live({ filter, liveFrom }, { signal: stop })) {
          heard += patch.addedCount
          // A patch shows the newest only; the store has them all.
          for (const mention of engine.mentionsAfter(after, patch.liveFrom)) {
            await terminal.print(terminal.json ? JSON.stringify(mention) : mentionLine(mention))
          }
          after = patch.liveFrom
          terminal.progress(() => `${heard} heard`)
        }
      } catch (error) {
        if (!stop.aborted) throw error
      }
      const health = await client.sources.list()
      for (const { source, health: state } of health) {
        if (state.error) terminal.note(`${source.name}: ${inEnglish(state.error)}`)
      }
      terminal.note(`${heard} heard from ${health.filter(({ source }) => source.enabled).length} sources`)
      return
    })
  },
}
