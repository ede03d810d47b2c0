import { MentionFilter } from '#shared/contract/mentions.ts'
import { numberOption, onlyWord } from './arguments.ts'
import type { Command } from './command.ts'
import { mentionLine } from './mention-line.ts'
import { withEngine } from './with-engine.ts'

const pageSize = 200

export const searchCommand: Command = {
  name: 'search',
  summary: 'Finds stored mentions by a boolean query, newest first, one a line.',
  usage: "'QUERY' [--limit N]",
  help: [
    '--limit N    at most so many (default 50)',
    "Write -word at the start of a query as 'NOT word', or put -- before it.",
  ],
  options: { limit: { type: 'string' } },
  run: (args, terminal) => {
    const query = onlyWord(args, 'the query')
    const limit = numberOption(args, 'limit', 50, 1, 1_000_000)
    return withEngine(args, async (engine) => {
      const client = engine.client()
      let left = limit
      let before: string | null = null
      do {
        const page: Awaited<ReturnType<typeof client.mentions.page>> = await client.mentions.page(
          { filter: MentionFilter.parse({ query }), before, limit: Math.min(left, pageSize) },
          { signal: terminal.signal },
        )
        for (const { mention } of page.items) {
          await terminal.print(terminal.json ? JSON.stringify(mention) : mentionLine(mention))
        }
        left -= page.items.length
        before = page.next
        terminal.progress(() => `${limit - left} found`)
      } while (before !== null && left > 0)
    })
  },
}
