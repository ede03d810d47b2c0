import { posix, win32 } from 'node:path'

export interface Machine {
  platform: NodeJS.Platform
  env: Record<string, string | undefined>
  home: string
}

/**
 * Where a station keeps its data when nobody says otherwise: `EARSHOT_DATA_DIR`, else the platform's convention. On Linux
 * the XDG base directory specification 0.8, which ignores relative paths.
 */
export function defaultDataDir({ platform, env, home }: Machine): string {
  if (env.EARSHOT_DATA_DIR) return env.EARSHOT_DATA_DIR
  if (platform === 'win32') return win32.join(env.APPDATA ?? win32.join(home, 'AppData', 'Roaming'), 'Earshot')
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Earshot')
  const xdg = env.XDG_DATA_HOME
  return posix.join(xdg && posix.isAbsolute(xdg) ? xdg : posix.join(home, '.local', 'share'), 'earshot')
}
