import { CannedReply } from '#shared/model/canned.ts'
import { Desk } from '#shared/model/desk.ts'
import { Channel } from '#shared/model/handoff.ts'
import type { Person } from '#shared/model/person.ts'
import { Rule } from '#shared/model/rule.ts'
import { fixed, flag, json, jsonText, plain, shape, table } from '../table.ts'

/** A start in a zone that the platform did not know wrote desks without one. */
function withZone(kept: unknown): unknown {
  const { hours } = kept as { hours?: object }
  return hours && !('timeZone' in hours) ? { ...(kept as object), hours: { timeZone: 'UTC', ...hours } } : kept
}

/** Small things that are read whole: the body is the model's JSON; what stands beside it is what they are found by. */

export const deskTable = table('desks', ['id'], {
  id: plain<string>(),
  position: fixed(plain<number>()),
  body: shape({ parse: (kept) => Desk.parse(withZone(kept)) }),
  updatedAt: plain<number>(),
})

export const ruleTable = table('rules', ['id'], {
  id: plain<string>(),
  position: plain<number>(),
  body: shape(Rule),
  updatedAt: plain<number>(),
})

export const channelTable = table('channels', ['id'], {
  id: plain<string>(),
  deskId: plain<string>(),
  body: shape(Channel),
  /** Keys that have a secret in the keychain under `channel id/key`. */
  secretKeys: jsonText<string[]>(),
  updatedAt: plain<number>(),
})

export const cannedTable = table('canned_replies', ['id'], {
  id: plain<string>(),
  body: shape(CannedReply),
  updatedAt: plain<number>(),
})

/** There may be 100,000 of them: what was checked when it was written is not checked with every read. */
export const peopleTable = table('people', ['id'], {
  id: plain<string>(),
  name: plain<string>(),
  email: plain<string>(),
  archived: flag(),
  body: json<Person>(),
  updatedAt: plain<number>(),
})
