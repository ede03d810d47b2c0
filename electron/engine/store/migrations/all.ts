import type { Migration } from './migration.ts'
import { canned } from './0350-canned.ts'
import { cases } from './0320-cases.ts'
import { cursors } from './0210-cursors.ts'
import { desks } from './0300-desks.ts'
import { outbox } from './0340-outbox.ts'
import { people } from './0330-people.ts'
import { rules } from './0310-rules.ts'
import { shifts } from './0500-shifts.ts'
import { sourceHealth } from './0220-source-health.ts'
import { sources } from './0200-sources.ts'

/** Every migration in ascending order of version; a test holds it to that. */
export const migrations: readonly Migration[] = [
  sources,
  cursors,
  sourceHealth,
  desks,
  rules,
  cases,
  people,
  outbox,
  canned,
  shifts,
]
