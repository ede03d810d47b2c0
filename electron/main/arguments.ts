import { isAbsolute, resolve } from 'node:path'

export interface ShellArguments {
  dataDir: string
  sample: boolean
}

/** Reads `--data=DIR` and `--sample` among the switches that Electron and the system add of their own. */
export function shellArguments(argv: readonly string[], defaultDir: () => string): ShellArguments {
  const data = argv.find((arg) => arg.startsWith('--data='))?.slice('--data='.length)
  const dataDir = data ? (isAbsolute(data) ? data : resolve(data)) : defaultDir()
  return { dataDir, sample: argv.includes('--sample') }
}
