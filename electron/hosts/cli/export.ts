import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { UsageError } from '../say-failure.ts'
import { instantOption, noWords, textOption } from './arguments.ts'
import type { Command, Terminal } from './command.ts'
import { withEngine } from './with-engine.ts'

type Write = (text: string) => Promise<void>

/** To stdout, or to a file that appears under its name only when it is whole. */
async function writing(
  file: string | undefined,
  terminal: Terminal,
  produce: (write: Write) => Promise<void>,
): Promise<void> {
  if (file === undefined) return produce((text) => terminal.write(text))
  const part = `${file}.part`
  const stream = createWriteStream(part)
  try {
    await once(stream, 'open')
    await produce(async (text) => {
      if (!stream.write(text)) await once(stream, 'drain')
    })
    stream.end()
    await once(stream, 'close')
    await rename(part, file)
  } catch (error) {
    stream.destroy()
    await rm(part, { force: true })
    throw error
  }
}

export const exportCommand: Command = {
  name: 'export',
  summary: 'Writes stored mentions as NDJSON or CSV.',
  usage: "--format ndjson|csv [--query 'QUERY'] [--from DATE] [--to DATE] [--output FILE]",
  help: [
    '--format F      ndjson (one JSON object a line) or csv',
    "--query 'Q'     only what a query finds",
    '--from, --to    only what was published from … up to, e.g. 2026-03-01 or 2026-03-01T09:30Z',
    '--output FILE   default: stdout',
  ],
  options: {
    format: { type: 'string' },
    query: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    output: { type: 'string' },
  },
  run: (args, terminal) => {
    noWords(args)
    const format = textOption(args, 'format') ?? 'ndjson'
    if (format !== 'ndjson' && format !== 'csv') throw new UsageError(`--format takes ndjson or csv, not "${format}".`)
    const output = textOption(args, 'output')
    const file = output === undefined ? undefined : resolve(output)
    const from = instantOption(args, 'from')
    const to = instantOption(args, 'to')
    return withEngine(args, async (engine) => {
      const client = engine.client()
      let lines = 0
      await writing(file, terminal, async (write) => {
        const input = { shiftId: null, from, to, query: textOption(args, 'query') ?? '', format } as const
        for await (const chunk of await client.review.export(input, { signal: terminal.signal })) {
          await write(chunk)
          lines += chunk.split('\n').length - 1
          terminal.progress(() => `${lines} lines written`)
        }
      })
      if (file !== undefined) {
        const report = { file, lines }
        await terminal.print(terminal.json ? JSON.stringify(report) : `${lines} lines written to ${file}`)
      }
    })
  },
}
