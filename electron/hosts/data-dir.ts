import { posix, win32 } from 'node:path'
import { userFailure } from '#engine/platform/failure.ts'

export interface Machine {
  platform: NodeJS.Platform
  env: Record<string, string | undefined>
  home: string
}

/**
 * Where a station keeps its data when nobody says otherwise: `EARSHOT_DATA_DIR`, else the platform's convention. On Linux
 * the XDG base directory specification 0.8, which ignores relative paths. A home that is empty or relative is none: data would
 * lie wherever the command was called, and not be found again. Throws a Failure that says so.
 */
export function defaultDataDir({ platform, env, home }: Machine): string {
  if (env.EARSHOT_DATA_DIR) return env.EARSHOT_DATA_DIR
  const { isAbsolute } = platform === 'win32' ? win32 : posix
  if (platform === 'win32' && env.APPDATA && isAbsolute(env.APPDATA)) return win32.join(env.APPDATA, 'Earshot')
  const xdg = env.XDG_DATA_HOME
  if (platform !== 'darwin' && platform !== 'win32' && xdg && isAbsolute(xdg)) return posix.join(xdg, 'earshot')
  if (!isAbsolute(home)) throw userFailure('system.noHome', { home })
  if (platform === 'win32') return win32.join(home, 'AppData', 'Roaming', 'Earshot')
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Earshot')
  return posix.join(home, '.local', 'share', 'earshot')
}
