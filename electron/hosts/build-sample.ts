import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Language } from '#shared/words/languages.ts'
import { preparedSample } from '#sample/prepared-sample.ts'
import { prepareSample } from '#sample/sample-engine.ts'
import { samplesUnder } from './sample-place.ts'
import { systemDeps } from './system.ts'

/**
 * Lives through the sample shift in this language unless that was done by this program. `begun` is called when it has to be,
 * `onProgress` with how much of it is done, 0 … 1.
 */
export async function buildSample(
  root: string,
  language: Language,
  { begun = () => {}, onProgress = () => {} }: { begun?: () => void; onProgress?: (done: number) => void } = {},
): Promise<void> {
  const samples = samplesUnder(root)
  if (await preparedSample(samples, language)) return
  begun()
  const dataDir = mkdtempSync(join(tmpdir(), 'earshot-sample-'))
  const deps = systemDeps({ root, dataDir })
  try {
    await prepareSample({ ...deps, language }, samples, onProgress)
  } finally {
    await deps.close()
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 })
  }
}
