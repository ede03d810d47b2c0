import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { Alert, AlertPoint, alertCommandNames, alertCommands, type AlertCommandName } from '#shared/model/alert.ts'
import { AlertDefinition, BackTest, TRIED_DAYS_MOST } from '#shared/model/back-test.ts'
import { AlertRecipient, AlertRecipientDraft, AlertRota } from '#shared/model/alert-recipient.ts'
import { JournalEntry } from '#shared/model/journal.ts'
import { MentionCard } from '#shared/model/mention-card.ts'
import { Said } from '#shared/model/said.ts'
import { NamedInstant } from '#shared/model/mention.ts'
import { read, readMasked, write } from './base.ts'

const target = z.object({ id: z.string() })

/** What a command gives back: the alert as it is now, and the journal entry that `cases.undo` takes back. */
export const AlertChange = z.object({ alert: Alert, undo: z.number().int() })
export type AlertChange = z.infer<typeof AlertChange>

/** A call for each command of the table. */
const commandCall = <Shape extends z.ZodRawShape>(shape: Shape) => write.input(target.extend(shape)).output(AlertChange)
type CommandCalls = {
  [N in AlertCommandName]: ReturnType<typeof commandCall<(typeof alertCommands)[N]['input']['shape']>>
}
const commandCalls = Object.fromEntries(
  alertCommandNames.map((name) => [name, commandCall(alertCommands[name].input.shape)]),
) as unknown as CommandCalls

export const alerts = {
  /** What is open, strongest first; then what was over since `resolvedSince`, newest first. */
  list: readMasked
    .input(
      z.object({
        resolvedSince: NamedInstant.nullable().default(null),
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    .output(z.object({ alerts: z.array(Alert) })),
  one: readMasked.input(target).output(
    z.object({
      alert: Alert,
      /** What to read first, in that order. */
      mentions: z.array(MentionCard).meta({ wall: 'hidden' }),
      /** Buckets of so many minutes, oldest first; empty: nothing is counted of what it is about. */
      chart: z.object({ width: z.number().int(), points: z.array(AlertPoint) }),
    }),
  ),
  /** Every entry about it, oldest first. */
  history: read.input(target).output(z.array(JournalEntry)),
  /** What is open, strongest first: at once, then with every change. */
  live: readMasked.output(eventIterator(z.object({ alerts: z.array(Alert) }))),
  /** Back-test: the definition on what is stored, at all sensitivities at once. Writes nothing. Ends with one `result`. */
  tryOut: read
    .input(AlertDefinition.extend({ days: z.number().int().min(1).max(TRIED_DAYS_MOST).default(TRIED_DAYS_MOST) }))
    .output(eventIterator(z.object({ done: z.number().int(), total: z.number().int(), result: BackTest.nullable() }))),
  ...commandCalls,
  /** Who is told outside Earshot, without their secrets, and how an alert climbs that nobody takes. */
  recipients: read.output(
    z.object({
      recipients: z.array(z.object({ recipient: AlertRecipient, secretsSet: z.array(z.string()) })),
      rota: AlertRota,
    }),
  ),
  /** `undo`: the entry that `cases.undo` takes back. */
  saveRecipient: write
    .input(AlertRecipientDraft)
    .output(z.object({ recipient: AlertRecipient, undo: z.number().int() })),
  removeRecipient: write.input(target).output(z.object({ undo: z.number().int() })),
  saveRota: write.input(AlertRota).output(z.object({ rota: AlertRota, undo: z.number().int() })),
  /** Sends one message that says it is a test. */
  checkRecipient: write.input(target).output(z.object({ ok: z.boolean(), message: Said })),
  /** Sends a message of a card again that failed or may not have arrived, with the same key. */
  tellAgain: write.input(target.extend({ message: z.string() })).output(z.object({ alert: Alert })),
}
