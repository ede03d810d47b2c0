import type { Crisis } from '#shared/model/crisis.ts'
import { json, plain, table } from '../table.ts'

/** What is kept of a crisis, besides what the table has columns for. */
export type CrisisContent = Omit<Crisis, 'id' | 'state' | 'since' | 'endedAt'>

export const crisisTable = table('crisis', ['id'], {
  id: plain<string>(),
  state: plain<Crisis['state']>(),
  since: plain<number>(),
  endedAt: plain<number | null>(),
  content: json<CrisisContent>(),
})
