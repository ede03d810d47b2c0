import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEngine } from '#engine/engine.ts'
import type { Engine, EngineDeps } from '#engine/engine.ts'
import { systemClock } from '#engine/platform/clock.ts'
import { createHttp } from '#engine/platform/http-client.ts'
import { createMemorySecrets } from '#engine/platform/keychain.ts'
import { silentLog } from '#engine/platform/log.ts'
import { createSockets } from '#engine/platform/socket-client.ts'
import { projectRoot } from './root.ts'
import { testPaths } from './paths.ts'
import { stationFolder } from './station-folder.ts'

export { projectRoot }

/** A folder under the system's temporary one; `remove` deletes it. */
export function temporaryFolder(name = 'station'): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), `earshot-${name}-`))
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 3 }) }
}

/** The doors of a test's engine: real ones, but for the keychain and a log that says nothing. */
export function testDeps(dataDir: string, changes: Partial<EngineDeps> & { allowPrivate?: string[] } = {}): EngineDeps {
  const { allowPrivate = [], ...rest } = changes
  const clock = rest.clock ?? systemClock
  return {
    clock,
    http: createHttp({ clock, allowPrivate, spacingMs: 0 }),
    sockets: createSockets({ clock, allowPrivate }),
    secrets: createMemorySecrets(),
    log: silentLog,
    paths: testPaths(dataDir),
    version: '0.0.0-test',
    timeZone: 'Europe/Berlin',
    ...rest,
  }
}

/** A whole engine on a folder of its own; `close` stops it and removes the folder. */
export async function openTestEngine(
  changes: Partial<EngineDeps> & { allowPrivate?: string[] } = {},
): Promise<{ engine: Engine; dataDir: string; close(): Promise<void> }> {
  const folder = stationFolder()
  const engine = await createEngine(testDeps(folder.path, changes))
  return {
    engine,
    dataDir: folder.path,
    async close() {
      await engine.stop()
      folder.remove()
    },
  }
}
