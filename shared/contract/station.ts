import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { EncoderState } from '#shared/model/encoder.ts'
import { Said } from '#shared/model/said.ts'
import { Instant } from '#shared/model/mention.ts'
import { Officer, OFFICER_NAME_MOST } from '#shared/model/looker.ts'
import { RereadingState } from '#shared/model/rereading.ts'
import { Settings } from '#shared/model/settings.ts'
import { SourceHealth } from '#shared/model/source.ts'
import { Shift } from '#shared/model/shift.ts'
import { WallLayout } from '#shared/model/wall.ts'
import { read, readMasked, readOpen, write } from './base.ts'

export const Role = z.enum(['officer', 'wall'])
export type Role = z.infer<typeof Role>

/** What the top strip shows; one is sent at once and then with every change, at most two a second. */
export const StationStatus = z.object({
  now: Instant,
  /** Age of the engine's clock for wall and officer to agree on "4 min ago". */
  sources: z.array(z.object({ id: z.string(), name: z.string(), network: z.string(), health: SourceHealth })),
  heardInShift: z.number().int(),
  heardLastHour: z.number().int(),
  openCases: z.number().int(),
  undecided: z.number().int(),
  overdue: z.number().int(),
  shift: Shift.nullable(),
  /** Set when the store needs a person: disk full, read-only, damaged and restored. Message says what to do. */
  storeProblem: Said.nullable().meta({ wall: 'hidden' }),
  /** Whether it does, for a wall too: what is not kept is not well. */
  storeInTrouble: z.boolean(),
  /** A sentence model that a person put into the station's folder is not used. */
  modelProblem: Said.nullable().meta({ wall: 'hidden' }),
  /** The sample shift is playing. */
  sample: z.boolean(),
  /** The sample shift is being lived through: how much of it, 0 … 1. Absent: it is not being opened. */
  sampleOpening: z.number().min(0).max(1).optional(),
})
export type StationStatus = z.infer<typeof StationStatus>

/** Where everything is kept and how much it is. */
export const StationStorage = z.object({
  file: z.string(),
  bytes: z.number(),
  mentions: z.number().int(),
  lastBackupAt: Instant.nullable(),
  /** The last time, since the start, that entries of panes and buckets of charts were made anew from the mentions. */
  mended: z.object({ at: Instant, entries: z.number().int(), buckets: z.number().int() }).nullable(),
})
export type StationStorage = z.infer<typeof StationStorage>

export const station = {
  /** `officer`: the name that the person at this page goes by; left out or empty: the station's. A wall has none. */
  hello: readMasked
    .input(
      z.object({
        contractVersion: z.number().int(),
        contractHash: z.string(),
        officer: z.string().max(OFFICER_NAME_MOST).optional(),
      }),
    )
    .output(
      z.object({
        contractVersion: z.number().int(),
        contractHash: z.string(),
        engineVersion: z.string(),
        stationId: z.string(),
        role: Role,
        settings: Settings,
        startedAt: Instant,
        now: Instant,
        timeZone: z.string(),
        /** Who the journal names for what is done over this connection. */
        me: Officer,
        /** This connection among the others, see `cases.lookers`. */
        page: z.string(),
      }),
    ),
  /** Somebody else sits down at this page. A name tells people apart in the journal; it proves nothing. Empty: the station's. */
  signIn: write.input(z.object({ name: z.string().max(OFFICER_NAME_MOST) })).output(Officer),
  status: readMasked.output(eventIterator(StationStatus)),
  saveSettings: write.input(Settings.partial()).output(Settings),
  layouts: readOpen.output(z.array(WallLayout)),
  saveLayout: write.input(WallLayout).output(WallLayout),
  removeLayout: write.input(z.object({ id: z.string() })).output(z.object({})),
  /** Plays the sample shift in a store of its own; every page reconnects to it. */
  openSample: write.output(z.object({})),
  /** Back to the station's own store. */
  closeSample: write.output(z.object({})),
  backup: write.output(z.object({ file: z.string(), mentions: z.number().int() })),
  storage: read.output(StationStorage),
  /** What tells how alike texts are, and what it costs. */
  encoder: read.output(EncoderState),
  /** How far what is stored was read again after a change of models; null: it never was. */
  rereading: read.output(RereadingState.nullable()),
}
