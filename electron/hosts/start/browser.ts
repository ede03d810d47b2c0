import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { inEnglish } from '#shared/words/words.ts'
import { devPort, openDevPage } from './dev-page.ts'
import { systemDeps } from '../system.ts'
import { guardProcess } from '../process-guard.ts'
import { runStation } from '../running-station.ts'
import { untilSignal } from './until-signal.ts'
import { hasDisplay } from './electron-binary.ts'

export interface BrowserOptions {
  root: string
  dataDir: string
  port: number
  sample: boolean
  dev: boolean
  /** Open a browser when there is a display. */
  open: boolean
}

const openers: Partial<Record<NodeJS.Platform, [command: string, ...args: string[]]>> = {
  linux: ['xdg-open'],
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
}

/** false: there is no display or nothing to open an address with; the printed address is then the only way. */
function openAddress(url: string): boolean {
  const opener = openers[process.platform]
  if (!opener || !hasDisplay()) return false
  const [command, ...args] = opener
  spawn(command, [...args, url], { stdio: 'ignore', detached: true })
    .on('error', () => console.log('No browser could be opened from here; use the address above.'))
    .unref()
  return true
}

/** Runs until Ctrl-C and then stops in order. */
export async function serveBrowser(options: BrowserOptions): Promise<void> {
  // From the first moment: a Ctrl-C while the store opens still ends in order.
  const asked = untilSignal()
  const deps = systemDeps({ root: options.root, dataDir: options.dataDir })
  try {
    for (const note of deps.notes) console.log(inEnglish(note))
    const names = options.dev ? [`127.0.0.1:${devPort}`] : []
    const running = await runStation({
      deps,
      pageFolder: options.dev ? null : join(options.root, 'out/renderer'),
      port: options.port,
      names,
      sample: options.sample,
    })
    const unguard = guardProcess({ log: deps.log, tell: console.error, stop: () => running.stop() })
    const { station } = running
    const devPage = options.dev ? await openDevPage(options.root, station.port) : undefined
    if (options.port !== 0 && station.port !== options.port) {
      console.log(`Port ${options.port} is taken; this station uses ${station.port}.`)
    }
    console.log(`Earshot is ready. Data: ${options.dataDir}`)
    console.log(`  officer: ${station.url}`)
    console.log(`  wall:    ${station.wallUrl}`)
    if (devPage) console.log(`  from the sources: ${station.url.replace(`:${station.port}`, `:${devPort}`)}`)
    console.log('The addresses open this station: treat them as passwords. Ctrl-C stops it.')
    if (options.open) openAddress(station.url)
    await asked
    console.log('Stopping …')
    await devPage?.close()
    await running.stop()
    unguard()
  } finally {
    await deps.close()
  }
}
