import { sqlStep } from './migration.ts'

/** The strength from which an alert takes the middle of a wall; 0: none does. As `shared/model/wall.ts` has it for walls that say nothing. */
export const wallAttention = sqlStep(815, 'wall attention')`
  ALTER TABLE wall_layouts ADD COLUMN attention INTEGER NOT NULL DEFAULT 6
`
