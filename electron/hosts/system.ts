import { join } from 'node:path'
import type { EngineDeps } from '#engine/engine.ts'
import { systemClock } from '#engine/platform/clock.ts'
import { createKeychain } from '#engine/platform/keychain.ts'
import { openLog } from '#engine/platform/log-file.ts'
import type { LogLevel } from '#engine/platform/log.ts'
import { sourceTreePaths } from '#engine/platform/paths.ts'
import type { Paths } from '#engine/platform/paths.ts'
import { createRedactor } from '#engine/platform/redact.ts'
import { programVersion } from './root.ts'

export interface SystemOptions {
  root: string
  dataDir: string
  /** Default: straight from the source tree under `root`. */
  paths?: Paths
  logLevel?: LogLevel
}

/** The real world behind every door of the engine; `close` after the engine has stopped. */
export function systemDeps({ root, dataDir, paths, logLevel }: SystemOptions): EngineDeps & { close(): void } {
  const redactor = createRedactor()
  const log = openLog({ folder: join(dataDir, 'logs'), level: logLevel ?? 'info' }, redactor)
  return {
    clock: systemClock,
    http: { fetch: () => Promise.reject(new Error('no http yet')) },
    sockets: { open: () => { throw new Error('no sockets yet') } },
    secrets: createKeychain({ redactor }),
    log,
    paths: paths ?? sourceTreePaths(root, dataDir),
    version: programVersion(root),
    close: () => log.close(),
  }
}
