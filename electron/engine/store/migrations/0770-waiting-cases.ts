import { sqlStep } from './migration.ts'

/** Those who wait, in the order in which they are shown: the first fifty of 50,000 without a look at the others. */
export const waitingCases = sqlStep(770, 'waiting cases')`
  CREATE INDEX cases_waiting ON cases (due_at IS NULL, due_at, rank, seq) WHERE state IN ('new', 'routed', 'accepted')
`
