import { sumOf, totalOf } from '#engine/store/queries/rollup-reads.ts'
import { sourceNumber } from '#engine/store/numbers.ts'
import { ALL } from '#engine/store/rollups.ts'
import type { Reads } from '#engine/store/reads.ts'

const WEEK = 7 * 24 * 60 * 60_000
/** Of what a listen usually hears, so much may come from ears that are broken before its drops say nothing. */
export const SOME = 0.1

/** How much of a listen's last week came from these sources, 0 … 1. */
export function deafOf(reads: Reads, listen: number, broken: readonly string[], at: number): number {
  if (broken.length === 0) return 0
  const all = totalOf(sumOf(reads, listen, ALL, at - WEEK, at))
  if (all === 0) return 0
  const nos = broken.flatMap((id) => sourceNumber(reads, id) ?? [])
  return nos.reduce((sum, no) => sum + totalOf(sumOf(reads, listen, no, at - WEEK, at)), 0) / all
}
