import type { Migration } from './migration.ts'
import { canned } from './0350-canned.ts'
import { cases } from './0320-cases.ts'
import { desks } from './0300-desks.ts'
import { outbox } from './0340-outbox.ts'
import { people } from './0330-people.ts'
import { rules } from './0310-rules.ts'
import { shifts } from './0500-shifts.ts'

/** Every migration in ascending order of version; a test holds it to that. */
export const migrations: readonly Migration[] = [desks, rules, cases, people, outbox, canned, shifts]
