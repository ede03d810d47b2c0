/**
 * `npm run bench [-- NAME…]`: every measurement of the rooms, one JSON line `{name, value, unit}` each, with the naive
 * peers that were measured in the same run beside them. Each bench is a process of its own, so that none inherits
 * another's heap; they share one store of a million mentions, which `EARSHOT_BENCH_MENTIONS` makes smaller.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

interface Figure {
  name: string
  value: number
  unit: string
}

type Bench = () => Figure[] | Promise<Figure[]>

const benches: Record<string, () => Promise<Bench>> = {
  collect: async () => (await import('./collect.bench.ts')).benchCollect,
  matching: async () => (await import('./matching.bench.ts')).matchingBench,
  understanding: async () => (await import('./understanding.bench.ts')).benchUnderstanding,
  ingest: async () => (await import('./ingest.bench.ts')).benchIngest,
  routed: async () => (await import('./routed.bench.ts')).benchRouted,
  panes: async () => (await import('./panes.bench.ts')).benchPanes,
  live: async () => (await import('./live.bench.ts')).benchLive,
  import: async () => (await import('./import.bench.ts')).benchImport,
  start: async () => (await import('./start.bench.ts')).benchStart,
  routing: async () => (await import('./routing.bench.ts')).default,
  rehearse: async () => (await import('./rehearse.bench.ts')).default,
  suggestions: async () => (await import('./suggestions.bench.ts')).benchSuggestions,
  people: async () => (await import('./people.bench.ts')).benchPeople,
  page: async () => (await import('./page.bench.ts')).benchPage,
  board: async () => (await import('./board.bench.ts')).benchBoard,
  alerts: async () => (await import('./alerts.bench.ts')).benchAlerts,
  watch: async () => (await import('./watch.bench.ts')).benchWatch,
  telling: async () => (await import('./telling.bench.ts')).benchTelling,
}

/** Runs one bench here and prints its figures. */
async function measure(load: () => Promise<Bench>): Promise<void> {
  const bench = await load()
  for (const { name, value, unit } of await bench()) {
    console.log(JSON.stringify({ name, value: Math.round(value * 1000) / 1000, unit }))
  }
}

const inProcess = (name: string, env: NodeJS.ProcessEnv): Promise<boolean> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ['--expose-gc', import.meta.filename, '--one', name], {
      stdio: 'inherit',
      env,
    })
    child.on('close', (code) => resolve(code === 0))
  })

const words = process.argv.slice(2)
const unknown = words.find((word) => word !== '--one' && !Object.hasOwn(benches, word))
const one = words[0] === '--one' && words[1] ? benches[words[1]] : undefined
if (unknown !== undefined) {
  console.error(`There is no bench "${unknown}". Choose from: ${Object.keys(benches).join(', ')}`)
  process.exitCode = 2
} else if (one) {
  await measure(one)
} else {
  const kept = process.env.EARSHOT_BENCH_KEEP ?? mkdtempSync(join(tmpdir(), 'earshot-bench-'))
  const failed: string[] = []
  for (const name of words.length > 0 ? words : Object.keys(benches)) {
    console.error(`${name} …`)
    if (!(await inProcess(name, { ...process.env, EARSHOT_BENCH_KEEP: kept }))) failed.push(name)
  }
  if (!process.env.EARSHOT_BENCH_KEEP) rmSync(kept, { recursive: true, force: true })
  if (failed.length > 0) console.error(`Failed: ${failed.join(', ')}`)
  process.exitCode = failed.length > 0 ? 1 : 0
}
