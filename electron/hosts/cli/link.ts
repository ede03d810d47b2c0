import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '../say-failure.ts'
import { LINK_DAYS, entryLinks } from '../station/entry-links.ts'
import { linksFolder } from '../station/entrances.ts'
import { noWords, numberOption } from './arguments.ts'
import type { Command } from './command.ts'

export const linkCommand: Command = {
  name: 'link',
  summary: 'Makes a further address that lets one browser into a station, also while it runs.',
  usage: '[--wall] [--port N]',
  help: [
    '--wall           for a read-only wall; else for an officer',
    '--port N         of the station (default 7315)',
    `It is good for one browser and for ${LINK_DAYS} days.`,
  ],
  options: { wall: { type: 'boolean', default: false }, port: { type: 'string' } },
  async run(args, terminal) {
    noWords(args)
    const port = numberOption(args, 'port', 7315, 1, 65_535)
    if (!existsSync(join(args.dataDir, 'earshot.db'))) throw new UsageError(`There is no station in ${args.dataDir}.`)
    const role = args.options.wall === true ? 'wall' : 'officer'
    const token = entryLinks(linksFolder(args.dataDir)).make({ role, wall: null })
    const url = `http://127.0.0.1:${port}/enter?token=${token}`
    await terminal.print(terminal.json ? JSON.stringify({ url }) : url)
  },
}
