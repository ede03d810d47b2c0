import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { resolve } from 'node:path'
import { main } from '#hosts/cli/main.ts'
import { projectRoot } from './root.ts'

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

const run = (file: string, args: string[], env: NodeJS.ProcessEnv): ChildProcess =>
  spawn(process.execPath, [resolve(projectRoot, file), ...args], {
    cwd: projectRoot,
    env: { ...process.env, NO_COLOR: '1', LC_ALL: 'C.UTF-8', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })

/** Runs a command of Earshot in this process until it ends, as `npm run earshot` does in one of its own. */
export async function command(argv: readonly string[]): Promise<Ended> {
  const said = { stdout: '', stderr: '' }
  const code = await main(argv, {
    json: argv.includes('--json'),
    signal: new AbortController().signal,
    print: (line) => Promise.resolve(void (said.stdout += `${line}\n`)),
    write: (text) => Promise.resolve(void (said.stdout += text)),
    note: (line) => void (said.stderr += `${line}\n`),
    progress() {},
    end() {},
  })
  return { code, ...said }
}

/** Runs a command of Earshot as a process of its own until it ends; `file` is the command line where it was bundled. */
export function earshot(args: string[], env: NodeJS.ProcessEnv = {}, file = 'electron/hosts/cli.ts'): Promise<Ended> {
  const child = run(file, args, env)
  const said = { stdout: '', stderr: '' }
  child.stdout?.on('data', (chunk) => (said.stdout += chunk))
  child.stderr?.on('data', (chunk) => (said.stderr += chunk))
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...said })))
}

export interface RunningProcess {
  /** Everything printed so far, both streams. */
  output(): string
  /** Resolves with the first match of what is printed; rejects when the process ends without it. */
  says(pattern: RegExp): Promise<RegExpExecArray>
  kill(signal: NodeJS.Signals): void
  /** Closes the reading end of its stdout, as `| head` does. */
  hangUp(): void
  ended: Promise<number | null>
}

/** Starts a process that stays: `electron/hosts/start.ts` or `electron/hosts/cli.ts serve`. */
export function startProcess(file: string, args: string[], env: NodeJS.ProcessEnv = {}): RunningProcess {
  const child = run(file, args, env)
  let output = ''
  const looking = new Set<() => void>()
  const take = (chunk: Buffer): void => {
    output += chunk.toString()
    for (const look of looking) look()
  }
  child.stdout?.on('data', take)
  child.stderr?.on('data', take)
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  return {
    output: () => output,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = pattern.exec(output)
          if (!found) return
          looking.delete(look)
          resolve(found)
        }
        looking.add(look)
        look()
        void ended.then(() => reject(new Error(`It ended without saying ${String(pattern)}:\n${output}`)))
      }),
    kill: (signal) => child.kill(signal),
    hangUp: () => child.stdout?.destroy(),
    ended,
  }
}
