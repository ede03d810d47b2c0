import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { Said } from '#shared/model/said.ts'
import { Desk, DeskDraft } from '#shared/model/desk.ts'
import { Channel, ChannelDraft } from '#shared/model/handoff.ts'
import { NamedInstant } from '#shared/model/mention.ts'
import { ImportPlan, Person, PersonDraft, Presence } from '#shared/model/person.ts'
import { Explanation, Rule, RuleDraft } from '#shared/model/rule.ts'
import { Cursor, read, readMasked, write } from './base.ts'
import { experience } from './experience.ts'
import { PersonChange, RehearsalReport, RuleProblem } from '#shared/model/rehearsal.ts'

export const desks = {
  ...experience,
  list: readMasked.output(
    z.array(
      z.object({
        desk: Desk,
        open: z.number().int(),
        overdue: z.number().int(),
        isOpen: z.boolean(),
        medianReplyMinutes: z.number().nullable(),
      }),
    ),
  ),
  save: write.input(DeskDraft).output(Desk),
  archive: write.input(z.object({ id: z.string() })).output(Desk),
  rules: read.output(z.array(Rule)),
  saveRule: write.input(RuleDraft).output(Rule),
  removeRule: write.input(z.object({ id: z.string() })).output(z.object({ undo: z.number().int() })),
  orderRules: write.input(z.object({ ids: z.array(z.string()) })).output(z.array(Rule)),
  /** What the rules would do with a stored mention now, without doing it. */
  explain: read.input(z.object({ mentionId: z.string() })).output(Explanation),
  lintRules: read.output(z.array(RuleProblem)),
  /** Back-test: `rules` in place of the saved ones on the mentions seen in the period. Ends with one `report`. */
  rehearse: read
    .input(
      z.object({
        rules: z.array(Rule).max(5000),
        from: NamedInstant,
        to: NamedInstant,
        /** People as they might be, for `after` only. */
        people: z.array(PersonChange).max(2000).default([]),
      }),
    )
    .output(
      eventIterator(z.object({ done: z.number().int(), total: z.number().int(), report: RehearsalReport.nullable() })),
    ),
  people: read
    .input(
      z.object({
        search: z.string().max(200).default(''),
        deskId: z.string().nullable().default(null),
        after: Cursor.nullable().default(null),
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    .output(
      z.object({
        items: z.array(z.object({ person: Person, open: z.number().int() })),
        next: Cursor.nullable(),
        total: z.number().int(),
      }),
    ),
  savePerson: write.input(PersonDraft).output(Person),
  archivePerson: write.input(z.object({ id: z.string() })).output(Person),
  setPresence: write.input(z.object({ id: z.string(), presence: Presence })).output(Person),
  /** People and desks from a CSV file. `apply: false` only says what would change. */
  importPeople: write.input(z.object({ csv: z.string().max(64_000_000), apply: z.boolean() })).output(ImportPlan),
  channels: read.output(z.array(z.object({ channel: Channel, secretsSet: z.array(z.string()) }))),
  saveChannel: write.input(ChannelDraft).output(Channel),
  removeChannel: write.input(z.object({ id: z.string() })).output(z.object({})),
  /**
   * Whether hand-offs carry links by which desks answer: `noAddress`: no public address is set; `noKeychain`: the key that
   * signs them cannot be read; `notServed`: this process shows no pages to others. `url`: the public address, or empty.
   */
  links: read.output(z.object({ state: z.enum(['ready', 'noAddress', 'noKeychain', 'notServed']), url: z.string() })),
  /** Sends one test message that says it is one. */
  checkChannel: write.input(z.object({ id: z.string() })).output(z.object({ ok: z.boolean(), message: Said })),
}
