import type { AssignmentRehearsal } from '#shared/model/rehearsal.ts'

/** The length of the queue over time as points of two lines of one scale; a queue that was empty lies at the bottom. */
export function linesOf(
  steps: AssignmentRehearsal['queueOverTime'],
  width: number,
  height: number,
): { before: string; after: string } {
  const most = Math.max(1, ...steps.flatMap(({ before, after }) => [before, after]))
  const line = (of: (step: AssignmentRehearsal['queueOverTime'][number]) => number): string =>
    steps
      .map((step, i) => {
        const x = steps.length === 1 ? 0 : (i / (steps.length - 1)) * width
        const y = height - 1 - (of(step) / most) * (height - 2)
        return `${Math.round(x * 10) / 10},${Math.round(y * 10) / 10}`
      })
      .join(' ')
  return { before: line(({ before }) => before), after: line(({ after }) => after) }
}
