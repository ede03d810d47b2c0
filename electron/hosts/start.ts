/** `npm start`: the desktop app where Electron can run, the same app in a browser everywhere else. */
import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { buildPage, isStale } from './build-page.ts'
import { buildSample } from './build-sample.ts'
import { defaultDataDir } from './data-dir.ts'
import { UsageError, sayFailure } from './say-failure.ts'
import { endSoon } from './end-soon.ts'
import { sourceRoot } from './root.ts'
import { languageOf } from './system.ts'
import { CannotRunHere, runDesktop } from './start/desktop.ts'
import { findElectron } from './start/electron-binary.ts'
import { serveBrowser } from './start/browser.ts'

export const defaultPort = 7315

const usage = `Usage: npm start -- [options]
  --sample       play the sample shift: works without a network and changes nothing of yours
  --data DIR     where the station keeps its data (default: the platform's own place)
  --port N       port for browsers (default ${defaultPort}, or the next free one; 0: any)
  --headless     no window and no browser: only print the address
  --help`

function cannotRun(error: unknown): string {
  if (error instanceof CannotRunHere) return error.message
  throw error
}

/** Once for each state of the sources; from then on the sample opens at once. */
async function sayAndBuildSample(): Promise<void> {
  const steps = new Set<number>()
  await buildSample(sourceRoot, languageOf(process.env), {
    begun: () => console.log('Living through the first hours of the sample shift, once …'),
    onProgress(done) {
      const step = Math.floor(done * 4) * 25
      if (step > 0 && !steps.has(step)) console.log(`  ${step} %`)
      steps.add(step)
    },
  })
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      sample: { type: 'boolean', default: false },
      data: { type: 'string' },
      port: { type: 'string' },
      headless: { type: 'boolean', default: false },
      dev: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return console.log(usage)
  const port = Number(values.port ?? defaultPort)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError(`--port takes a number from 0 to 65535, not "${values.port}".`)
  const dataDir = resolve(
    values.data ?? defaultDataDir({ platform: process.platform, env: process.env, home: homedir() }),
  )
  const { sample, headless, dev } = values

  if (!dev && isStale(sourceRoot)) {
    console.log('Building the app …')
    await buildPage(sourceRoot)
  }
  if (sample) await sayAndBuildSample()
  if (!headless && !dev) {
    const electron = await findElectron(sourceRoot)
    const reason = electron.binary
      ? await runDesktop({ binary: electron.binary, root: sourceRoot, dataDir, sample, dev }).then(
          () => null,
          cannotRun,
        )
      : electron.reason
    if (reason === null) return
    console.log(`${reason} Earshot opens in a browser instead; it is the same app.`)
  }
  await serveBrowser({ root: sourceRoot, dataDir, port, sample, dev, open: !headless && !dev })
}

main().catch((error: unknown) => {
  process.exitCode = sayFailure(error, console.error, usage)
  endSoon()
})
