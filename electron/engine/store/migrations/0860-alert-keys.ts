import { sqlStep } from './migration.ts'

/** Each minute asks for the newest card of what it judges; cards are kept for good. */
export const alertKeys = sqlStep(860, 'alert keys')`
  CREATE INDEX alert_key ON alert (key, since, id);
`
