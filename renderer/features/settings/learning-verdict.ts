import type { LearningStatus } from '#shared/model/learning.ts'

/** From so many checks on the engine leaves out what does worse; fewer say little either way. */
const ENOUGH = 4

/** Whether what was learned helped, as the corrections that were kept back tell. */
export function learningVerdict(status: LearningStatus): 'helps' | 'even' | 'few' | 'notInUse' {
  if (!status.inUse) return 'notInUse'
  if (status.checks < ENOUGH) return 'few'
  return status.rightAfter > status.rightBefore ? 'helps' : 'even'
}
