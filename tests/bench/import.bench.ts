import { openTestEngine } from '#tests/support/engine.ts'
import { dataFolder } from '#tests/support/data-folder.ts'
import { listens } from './corpus.ts'
import type { Measure } from './station.ts'

/** A file of real posts into a new store: the whole pipeline with twenty listens, until the last row is committed. */
export async function benchImport(): Promise<Measure[]> {
  const file = dataFolder('airline/airline-dev.csv')
  if (file === null) return []
  const { engine, close } = await openTestEngine()
  try {
    const officer = engine.client()
    const words = ['delay', 'refund', 'bag* OR luggage', '@united', '"customer service"', 'thank*', 'cancel* -refund']
    for (let i = 0; i < 20; i++) {
      const query = words[i] ?? listens[i]!.query
      await officer.listens.save({ name: `Listen ${i}`, colour: 1 + (i % 8), query, enabled: true, routed: false })
    }
    const from = performance.now()
    const report = await engine.collect.importFile(file, { sourceName: 'airline' })
    const seconds = (performance.now() - from) / 1000
    await engine.store.indexed()
    const searchable = (performance.now() - from) / 1000
    const dropped = Object.values(report.dropped).reduce((sum, n) => sum + n, 0)
    if (report.stored + report.duplicates + dropped !== report.read) throw new Error('Rows are not accounted for')
    return [
      { name: 'import.airline', value: seconds, unit: 's' },
      { name: 'import.airline.searchable', value: searchable, unit: 's' },
      { name: 'import.airline.rows', value: report.read, unit: 'rows accounted for' },
    ]
  } finally {
    await close()
  }
}

if (import.meta.main) for (const measure of await benchImport()) console.log(JSON.stringify(measure))
