import { isEverydayWord } from '#shared/query/everyday.ts'
import { facetField } from '#shared/query/facets.ts'

const facetShare: Record<string, number> = {
  network: 0.4,
  kind: 0.5,
  lang: 0.4,
  source: 0.2,
  country: 0.2,
  has: 0.4,
  is: 0.3,
  site: 0.3,
  link: 0.02,
  author: 0.001,
}

/**
 * How often a term is met, as a share of mentions (0 … 1), before any were seen: enough to pick `lufthansa` over `the` as
 * the term that a listen waits for. The matcher replaces it by what it counts. Only the order matters.
 */
export function guessedShare(term: string): number {
  const field = facetField(term)
  if (field !== null) return facetShare[field] ?? 0.3
  if (isEverydayWord(term)) return 0.2
  const first = term.charCodeAt(0)
  if (first === 35 || first === 64) return 0.002
  // Single characters of scripts without spaces are as common as letters; two of them make a word.
  if (first >= 0x0e00) return 0.02
  return term.length <= 2 ? 0.03 : term.length <= 4 ? 0.01 : 0.004
}

/** A pattern is as common as all the words it stands for. */
export const guessedGlobShare = (prefix: string): number =>
  prefix.length === 0 ? 0.5 : Math.min(0.5, 0.4 / 4 ** (prefix.length - 1))
