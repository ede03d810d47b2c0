import { readFile } from 'node:fs/promises'
import { clusterAgreement } from '#engine/understanding/problems/agreement.ts'
import { createClusterer } from '#engine/understanding/problems/cluster.ts'
import { UsageError } from '../say-failure.ts'
import { textOption } from './arguments.ts'
import type { Arguments, Terminal } from './command.ts'

/** `earshot evaluate problems --file F.jsonl`: streams the texts in file order and compares with their `cluster`. */
export async function evaluateProblems(args: Arguments, terminal: Terminal): Promise<void> {
  const file = textOption(args, 'file')
  if (!file) throw new UsageError('evaluate problems needs --file FILE.')
  const rows = (await readFile(file, 'utf8'))
    .split(/\r?\n/)
    .map((line, at) => ({ line, at }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, at }) => {
      let row: { text?: unknown; cluster?: unknown }
      try {
        row = JSON.parse(line) as typeof row
      } catch {
        throw new Error(`${file}, line ${at + 1}: this is not JSON.`)
      }
      if (typeof row.text !== 'string' || (typeof row.cluster !== 'string' && typeof row.cluster !== 'number')) {
        throw new Error(`${file}, line ${at + 1}: text (a string) and cluster (a string or number) are needed.`)
      }
      return { text: row.text, cluster: row.cluster }
    })
  if (rows.length === 0) throw new Error(`${file} is empty.`)
  const clusterer = createClusterer()
  const began = performance.now()
  const found = rows.map(({ text }) => clusterer.place(text).cluster)
  const seconds = (performance.now() - began) / 1000
  const { nmi, bcubedF1 } = clusterAgreement(
    rows.map(({ cluster }) => cluster),
    found,
  )
  const round = (value: number): number => Math.round(value * 10_000) / 10_000
  const result = {
    nmi: round(nmi),
    bcubedF1: round(bcubedF1),
    clusters: new Set(found).size,
    perSecond: Math.round(rows.length / seconds),
  }
  if (terminal.json) return terminal.print(JSON.stringify(result))
  await terminal.print(`${rows.length} texts: NMI ${result.nmi}  B-cubed F1 ${result.bcubedF1}  ${result.clusters} clusters  ${result.perSecond.toLocaleString('en')} texts/s`) // prettier-ignore
}
