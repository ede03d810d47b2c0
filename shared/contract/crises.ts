import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { AlertCause, AlertPoint } from '#shared/model/alert.ts'
import {
  Crisis,
  crisisCommandNames,
  crisisCommands,
  CrisisAnswer,
  CrisisPlan,
  CrisisStart,
  type CrisisCommandName,
} from '#shared/model/crisis.ts'
import { CrisisBrief, CrisisMoment, CrisisNumbers } from '#shared/model/crisis-view.ts'
import { Instant } from '#shared/model/mention.ts'
import { languages } from '#shared/words/languages.ts'
import { read, readMasked, readOpen, write } from './base.ts'

const target = z.object({ id: z.string() })

/** What a command gives back: the crisis as it is now, and the journal entry that `cases.undo` takes back. */
export const CrisisDone = z.object({ crisis: Crisis, undo: z.number().int() })

/** A call for each command of the table. */
const commandCall = <Shape extends z.ZodRawShape>(shape: Shape) => write.input(target.extend(shape)).output(CrisisDone)
type CommandCalls = {
  [N in CrisisCommandName]: ReturnType<typeof commandCall<(typeof crisisCommands)[N]['input']['shape']>>
}
const commandCalls = Object.fromEntries(
  crisisCommandNames.map((name) => [name, commandCall(crisisCommands[name].input.shape)]),
) as unknown as CommandCalls

export const crises = {
  /** Those that run first, then the others; each the newest first. */
  list: readMasked
    .input(z.object({ limit: z.number().int().min(1).max(200).default(50) }))
    .output(z.object({ crises: z.array(CrisisBrief) })),
  /** Those that run: at once, then with every change. */
  live: readMasked.output(eventIterator(z.object({ open: z.array(CrisisBrief) }))),
  one: read.input(target).output(z.object({ crisis: Crisis })),
  /** Counted anew at most every ten seconds. */
  numbers: readOpen.input(target).output(
    z.object({
      numbers: CrisisNumbers,
      /** What its leading alert counts, beside what was expected. */
      chart: z.object({ counts: z.enum(['mentions', 'people', 'negative']), points: z.array(AlertPoint) }),
    }),
  ),
  /** What drives it, from the newest of what was said. */
  causes: read.input(target).output(z.object({ causes: z.array(AlertCause) })),
  /** Oldest first; `complete` false: the oldest are left out. */
  timeline: read.input(target).output(z.object({ moments: z.array(CrisisMoment), complete: z.boolean() })),
  /** The crises that run to which a mention belongs: who answers it, and what may be said. */
  ofMention: read.input(z.object({ mentionId: z.string() })).output(
    z.object({
      crises: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          lead: z.string(),
          nextUpdateAt: Instant.nullable(),
          /** Rows that fit its network and language. */
          answers: z.array(CrisisAnswer),
          /** Approved for its network; that of its language first. */
          statements: z.array(
            z.object({ lang: z.string(), version: z.number().int(), text: z.string(), by: z.string() }),
          ),
        }),
      ),
    }),
  ),
  /** What a crisis may begin with: the station's own plans, or those that ship, in its language. */
  plans: read.output(z.object({ plans: z.array(CrisisPlan), own: z.boolean() })),
  /** The whole of it as a document; names of what was written to the company alone are left out. */
  export: read
    .input(target.extend({ format: z.enum(['markdown', 'text']), language: z.enum(languages) }))
    .output(z.object({ name: z.string(), text: z.string() })),
  start: write.input(CrisisStart).output(CrisisDone),
  ...commandCalls,
}
