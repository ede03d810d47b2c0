import type { RelevanceStatus } from '#shared/model/relevance.ts'

/** Whether a listen judges by what it learned; if not, the one reason. */
export function relevanceVerdict({
  relevant,
  irrelevant,
  checks,
  inUse,
}: RelevanceStatus): 'inUse' | 'noneAbout' | 'noneNot' | 'few' | 'didNotHold' {
  if (inUse) return 'inUse'
  if (checks > 0) return 'didNotHold'
  if (relevant === 0) return 'noneAbout'
  return irrelevant === 0 ? 'noneNot' : 'few'
}
