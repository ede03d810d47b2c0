import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect } from '@playwright/test'
import type { Page } from '@playwright/test'
import { entryLinks } from '../../../electron/hosts/station/entry-links.ts'
import { linksFolder } from '../../../electron/hosts/station/entrances.ts'
import { PROGRAM } from '../../support/bundled-station.ts'
import { earshot, startProcess } from '../../support/earshot.ts'

export interface ServedStation {
  /** Each lets one browser in: another one with each look. */
  readonly url: string
  readonly wallUrl: string
  dataDir: string
  close(): Promise<void>
}

const program = process.env[PROGRAM] ?? 'electron/hosts/cli.ts'

/** A real station in a process of its own, on a new data folder, with files imported before it is served. */
export async function serveStation(
  options: { sample?: boolean; files?: string[]; env?: NodeJS.ProcessEnv } = {},
): Promise<ServedStation> {
  const dataDir = mkdtempSync(join(tmpdir(), 'earshot-e2e-'))
  for (const file of options.files ?? []) {
    const { code, stderr } = await earshot(['import', file, '--data', dataDir, '--json', '--live'], {}, program)
    if (code !== 0) throw new Error(`The import failed: ${stderr}`)
  }
  const args = ['serve', '--port', '0', '--data', dataDir, ...(options.sample ? ['--sample'] : [])]
  const child = startProcess(program, args, options.env)
  const [line] = await child.says(/\{"url".*\}/)
  const { origin } = new URL((JSON.parse(line) as { url: string }).url)
  const links = entryLinks(linksFolder(dataDir))
  const enter = (role: 'officer' | 'wall') => `${origin}/enter?token=${links.make({ role, wall: null })}`
  return {
    get url() {
      return enter('officer')
    },
    get wallUrl() {
      return enter('wall')
    },
    dataDir,
    async close() {
      child.kill('SIGTERM')
      await child.ended
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

/** What a page must never do: throw, or break its own content policy. */
export function watch(page: Page): string[] {
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(`thrown: ${error.message}`))
  page.on('console', (message) => {
    const text = message.text()
    if (/Content Security Policy|Trusted Type/i.test(text)) faults.push(text)
    else if (message.type() === 'error' && !/Failed to load resource|WebSocket/.test(text))
      faults.push(`console: ${text}`)
  })
  page.on('dialog', (dialog) => {
    faults.push(`a dialog opened: ${dialog.message()}`)
    void dialog.dismiss()
  })
  return faults
}

interface Options {
  /** Serve the sample shift. */
  sample: boolean
  station: ServedStation
}

/** `page` is watched: a test fails when it threw or broke its policy. One station for all tests of a file. */
export const test = base.extend<{ faults: string[] }, Options>({
  sample: [false, { option: true, scope: 'worker' }],
  station: [
    async ({ sample }, use) => {
      const station = await serveStation({ sample })
      await use(station)
      await station.close()
    },
    { scope: 'worker', timeout: 240_000 },
  ],
  faults: [
    async ({ page }, use) => {
      const faults = watch(page)
      await use(faults)
      expect(faults).toEqual([])
    },
    { auto: true },
  ],
})

export { expect }
