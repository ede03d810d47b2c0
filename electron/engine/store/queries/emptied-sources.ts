import { cut } from '#shared/util/text-length.ts'
import type { Reads } from '../reads.ts'
import { totalOf, sumOf } from './rollup-reads.ts'
import { listSources } from './sources.ts'
import { sourceNumber } from '../numbers.ts'
import { ALL } from '../rollups.ts'

/** Further from 1970 than anything that was written. */
const EVER = Date.UTC(9999, 0)

/**
 * Sources that an import of this name made, its own and those of the networks that its rows named, and of which no mention is
 * left. What a person set up stays.
 */
export function emptiedSources(db: Reads, name: string): string[] {
  const own = cut(name, 120)
  const beside = `${cut(name, 76)} · `
  return listSources(db)
    .filter(({ source }) => source.connector === 'file' && !source.enabled && Object.keys(source.config).length === 0)
    .filter(({ source }) => source.name === own || source.name.startsWith(beside))
    .filter(({ source }) => holdsNothing(db, source.id))
    .map(({ source }) => source.id)
}

function holdsNothing(db: Reads, sourceId: string): boolean {
  const no = sourceNumber(db, sourceId)
  return no === null || totalOf(sumOf(db, ALL, no, -EVER, EVER)) === 0
}
