import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'

export interface Step {
  name: string
  /** Program from node_modules/.bin, or `node` for a file of ours. */
  command: string
  args: string[]
  /** Show what it prints while it runs, not only when it fails. */
  live?: boolean
}

export interface StepResult {
  name: string
  ok: boolean
  seconds: number
  output: string
}

const bin = join('node_modules', '.bin')

// What a program compiled is kept for its next start: the checkers are large, and the house is started often.
process.env.NODE_COMPILE_CACHE ??= resolve('node_modules/.cache/node')

export const lintSteps: Step[] = [
  { name: 'lint', command: 'oxlint', args: ['--deny-warnings'] },
  { name: 'import table', command: 'node', args: ['tests/architecture/check-imports.ts'] },
  {
    name: 'lint vue',
    command: 'eslint',
    args: ['renderer/**/*.vue', '--max-warnings', '0', '--cache', '--cache-location', 'node_modules/.cache/eslint/'],
  },
]

const formatStep: Step = {
  name: 'format',
  command: 'prettier',
  args: ['--check', '--log-level', 'warn', '--cache', '.'],
}
const typesStep: Step = { name: 'types', command: 'vue-tsc', args: ['-b', '--pretty', 'false'] }

/** Two lanes for two cores: the type checker takes as long as all the others together. */
export const staticLanes: Step[][] = [[formatStep, ...lintSteps], [typesStep]]

/** Runs one step to its end; never rejects. */
export function runStep(step: Step): Promise<StepResult> {
  const from = performance.now()
  return new Promise((resolve) => {
    const command = step.command === 'node' ? process.execPath : join(bin, step.command)
    const child = spawn(command, step.args, { stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' })
    let output = ''
    const take = (chunk: Buffer): void => {
      output += chunk.toString()
      if (step.live) process.stdout.write(chunk)
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    const end = (ok: boolean): void =>
      resolve({ name: step.name, ok, seconds: (performance.now() - from) / 1000, output })
    child.on('error', (error) => {
      output += error.message
      end(false)
    })
    child.on('close', (code) => end(code === 0))
  })
}

/** Runs the lanes side by side, the steps of a lane one after the other, and says how each went. */
export async function runLanes(lanes: Step[][]): Promise<StepResult[]> {
  const results = await Promise.all(
    lanes.map(async (lane) => {
      const done: StepResult[] = []
      for (const step of lane) {
        const result = await runStep(step)
        if (!step.live || !result.ok) report(result, step.live)
        done.push(result)
      }
      return done
    }),
  )
  return results.flat()
}

function report({ name, ok, seconds, output }: StepResult, shown = false): void {
  console.log(`${ok ? '✓' : '✗'} ${name} (${seconds.toFixed(1)} s)`)
  if (!ok && !shown) console.log(output.trimEnd())
}
