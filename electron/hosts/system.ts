import { join } from 'node:path'
import { isMainThread } from 'node:worker_threads'
import type { Said } from '#shared/model/said.ts'
import { said } from '#shared/words/said.ts'
import { inEnglish } from '#shared/words/words.ts'
import { languageOfTag, type Language } from '#shared/words/languages.ts'
import { systemClock } from '#engine/platform/clock.ts'
import { createHttp } from '#engine/platform/http-client.ts'
import { createKeychain } from '#engine/platform/keychain.ts'
import { createSecretPlaces, type SecretPlaces } from '#engine/platform/secret-places.ts'
import { createMailer } from '#engine/platform/mailer.ts'
import { createResolve } from '#engine/platform/resolve.ts'
import { openLog } from '#engine/platform/log-file.ts'
import type { LogLevel } from '#engine/platform/log.ts'
import { sourceTreePaths, type Paths } from '#engine/platform/paths.ts'
import { createRedactor } from '#engine/platform/redact.ts'
import { stationZone } from '#engine/platform/time-zone.ts'
import { createSockets } from '#engine/platform/socket-client.ts'
import { makeDataFolder } from '#engine/platform/data-folder.ts'
import type { StationDeps } from './engines.ts'
import { programVersion } from './root.ts'
import { samplesUnder } from './sample-place.ts'

export interface SystemOptions {
  root: string
  dataDir: string
  /** Default: straight from the source tree under `root`. */
  paths?: Paths
  logLevel?: LogLevel
  env?: NodeJS.ProcessEnv
}

export type SystemDeps = StationDeps & {
  /** What whoever starts Earshot should know of this machine. */
  notes: readonly Said[]
  places: SecretPlaces
  close(): Promise<void>
}

/**
 * The real world behind every door of the engine; `close` after the engine has stopped. Hosts in the company's own
 * network are named in `EARSHOT_ALLOW_PRIVATE` (`intranet.example,10.0.0.5:8080`); all other private addresses are refused.
 */
export function systemDeps({ root, dataDir, paths, logLevel, env = process.env }: SystemOptions): SystemDeps {
  // Mentions are nobody else's business on a shared machine, in whatever folder they are: nor are exports and logs.
  if (isMainThread) process.umask(0o077)
  makeDataFolder(dataDir)
  const redactor = createRedactor()
  const log = openLog({ folder: join(dataDir, 'logs'), level: logLevel ?? 'info' }, redactor)
  const { zone, unknown } = stationZone(undefined, env)
  const notes = unknown === null ? [] : [said('system.zoneUnknown', { zone: unknown })]
  for (const note of notes) log.log('warn', inEnglish(note))
  const version = programVersion(root)
  const allowPrivate = (env.EARSHOT_ALLOW_PRIVATE ?? '')
    .split(',')
    .map((host) => host.trim())
    .filter(Boolean)
  const userAgent = `Earshot/${version} (listening station)`
  const http = createHttp({ clock: systemClock, allowPrivate, userAgent })
  const places = createSecretPlaces({
    keychain: createKeychain({ redactor }),
    file: join(dataDir, 'secrets.sealed'),
    redactor,
    monotonic: () => systemClock.monotonic(),
  })
  return {
    clock: systemClock,
    http,
    sockets: createSockets({ clock: systemClock, allowPrivate, userAgent }),
    secrets: places,
    places,
    mailer: createMailer({ resolve: createResolve(allowPrivate) }),
    log,
    paths: paths ?? sourceTreePaths(root, dataDir),
    version,
    timeZone: zone,
    notes,
    language: languageOf(env),
    samples: samplesUnder(root),
    async close() {
      await http.close()
      log.close()
    },
  }
}

/** The machine's language as POSIX says it, else as the platform's own settings do; English when it is none of ours. */
export function languageOf(
  env: NodeJS.ProcessEnv,
  platform = Intl.DateTimeFormat().resolvedOptions().locale,
): Language {
  const said = [env.LC_ALL, env.LC_MESSAGES, env.LANG].find((value) => value) ?? platform
  return languageOfTag(said) ?? 'en'
}
