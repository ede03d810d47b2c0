import { createEngine, type Engine } from '#engine/engine.ts'
import { sourceRoot } from '../root.ts'
import { systemDeps, type SystemDeps } from '../system.ts'
import type { Arguments } from './command.ts'

/** The doors to the world for one command, closed whatever happens. */
export async function withDeps<T>(args: Arguments, use: (deps: SystemDeps) => Promise<T>): Promise<T> {
  const deps = systemDeps({ root: sourceRoot, dataDir: args.dataDir })
  try {
    return await use(deps)
  } finally {
    await deps.close()
  }
}

/** Opens the station's engine for one command, without its sources listening, and closes it whatever happens. */
export const withEngine = <T>(args: Arguments, use: (engine: Engine) => Promise<T>): Promise<T> =>
  withDeps(args, async (deps) => {
    const engine = await createEngine(deps)
    try {
      return await use(engine)
    } finally {
      await engine.stop()
    }
  })
