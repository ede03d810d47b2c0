import { createEngine } from '#engine/engine.ts'
import type { Engine } from '#engine/engine.ts'
import { sourceRoot } from '../root.ts'
import { systemDeps } from '../system.ts'
import type { Arguments } from './command.ts'

/** Opens the station's engine for one command, without its sources listening, and closes it whatever happens. */
export async function withEngine<T>(args: Arguments, use: (engine: Engine) => Promise<T>): Promise<T> {
  const deps = systemDeps({ root: sourceRoot, dataDir: args.dataDir })
  try {
    const engine = await createEngine(deps)
    try {
      return await use(engine)
    } finally {
      await engine.stop()
    }
  } finally {
    await deps.close()
  }
}
