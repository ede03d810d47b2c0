import { writeBaseline } from '../projections/baseline.ts'
import type { Migration } from './migration.ts'

/**
 * From here on everything a person can change follows from the journal. Before, it did not tell everything (walls, sources,
 * imported people …): it is told how things stand, so that `verify` can make them again from there.
 */
export const baseline: Migration = { version: 740, name: 'baseline', up: writeBaseline }
