import type { ImportReport } from '#shared/contract/sources.ts'
import type { Batch } from '#engine/connectors/connector.ts'
import { UserError } from '#engine/platform/errors.ts'
import type { HealthFacts } from '#engine/store/queries/source-health.ts'
import type { StoredSource } from '#engine/store/queries/sources.ts'
import type { CollectDeps } from './collect.ts'
import type { IntakeResult } from './intake-port.ts'

export interface ImportOptions {
  /** Field → column: `{ text: 'tweet', publishedAt: 'created' }`. What is not named is guessed. */
  mapping?: Record<string, string>
  /** An import of the same name continues the same source, so that a file imported twice finds its duplicates. */
  sourceName?: string
  /** The file's own name, when the input is bytes: tells gzip and the format apart. */
  fileName?: string
  /** Whose posts these are, e.g. `twitter`; default `file`. */
  network?: string
  onProgress?: (progress: { read: number; stored: number; bytes: number; totalBytes: number | null }) => void
  signal?: AbortSignal
}

export interface ImportHooks {
  opened(stored: StoredSource): void
  keep(stored: StoredSource, batch: Batch): Promise<IntakeResult>
  note(id: string, change: Partial<HealthFacts>): void
}

export async function importFile(
  _input: string | AsyncIterable<Uint8Array>,
  _options: ImportOptions,
  _deps: CollectDeps,
  _hooks: ImportHooks,
): Promise<ImportReport> {
  throw new UserError('Importing is not ready yet.')
}
