import type { RelevanceStatus } from '#shared/model/relevance.ts'

/** Whether a listen judges by what it learned; if not, the one reason. */
export function relevanceVerdict({
  relevant,
  irrelevant,
  checks,
  inUse,
  described,
}: RelevanceStatus): 'inUse' | 'noneAbout' | 'noneNot' | 'few' | 'didNotHold' | 'described' {
  if (inUse) return 'inUse'
  if (described) return 'described'
  if (checks > 0) return 'didNotHold'
  if (relevant === 0) return 'noneAbout'
  return irrelevant === 0 ? 'noneNot' : 'few'
}
