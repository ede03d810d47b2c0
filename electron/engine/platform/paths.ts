import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Threads of their own that the engine may start. Each name has one entry file, see `workerEntries`. */
export const workerEntries = {
  analysis: 'electron/engine/intake/analysis-worker.ts',
  reader: 'electron/engine/store/reader-worker.ts',
  review: 'electron/engine/review/review-worker.ts',
  indexer: 'electron/engine/store/indexer-worker.ts',
  problems: 'electron/engine/knowledge/look-worker.ts',
  decisions: 'electron/engine/advice/decisions-worker.ts',
  encoder: 'electron/engine/intake/encoder-worker.ts',
} as const
export type WorkerName = keyof typeof workerEntries

/** The lexicon's lines, under `resources/`. */
export const conceptFolder = 'concepts'

/**
 * Where things are on this machine. The host decides: files lie in the source tree when Node runs it directly, and
 * beside the bundle in a packaged app. Nothing in the engine looks at its own location.
 */
export interface Paths {
  /** The station's own folder: database, backups, logs. It may not exist yet. */
  readonly dataDir: string
  /** Absolute path of a shipped file, named relative to `resources/`, e.g. `models/sentiment.bin`. */
  resource(name: string): string
  /** What `new Worker(…)` is given. */
  worker(name: WorkerName): URL
}

/** Paths for everything that runs straight from the source tree: command line, station, tests, benchmarks. */
export const sourceTreePaths = (root: string, dataDir: string): Paths => ({
  dataDir,
  resource: (name) => join(root, 'resources', name),
  worker: (name) => pathToFileURL(join(root, workerEntries[name])),
})
