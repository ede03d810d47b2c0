import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { bigStore, percentile, type Measure } from './station.ts'

/** A new process with a million mentions: until the first page is there, and what it weighs then. */
export async function benchStart(): Promise<Measure[]> {
  const big = await bigStore((text) => void process.stderr.write(`${text}\n`))
  const runs = Array.from({ length: 5 }, () => {
    const printed = execFileSync(process.execPath, ['tests/bench/start-child.ts', big.dir], { encoding: 'utf8' })
    return JSON.parse(printed) as { items: number; first: number; searched: number; rss: number }
  })
  if (runs.some((run) => run.items !== 50)) throw new Error('The first page is not full')
  if (!big.kept) rmSync(big.dir, { recursive: true, force: true })
  return [
    { name: 'start.firstPage.median', value: percentile(runs.map((run) => run.first), 0.5), unit: 'ms' },
    { name: 'start.firstSearch.median', value: percentile(runs.map((run) => run.searched), 0.5), unit: 'ms' },
    { name: 'start.residentMemory', value: Math.max(...runs.map((run) => run.rss)), unit: 'MiB' },
  ] // prettier-ignore
}

if (import.meta.main) for (const measure of await benchStart()) console.log(JSON.stringify(measure))
