import { languages } from '#shared/words/languages.ts'
import type { Code } from '#shared/words/said.ts'
import { z } from 'zod'
import { PlannedSilence, Sensitivity } from './alert.ts'
import { Brand } from './brand.ts'
import { CrisisPlan, plansMost } from './crisis.ts'
import { SavedMapping } from './import.ts'

/** Scheme, host and port, without a path: `https://earshot.example`, never with a slash at its end. Empty: none. */
export const PublicUrl = z
  .string()
  .max(200)
  .regex(
    /^(?:https?:\/\/(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d{1,5})?)?$/,
    'settings.addressForm' satisfies Code,
  )

/** What can decide a mood: Earshot's own model, or the transparent word list. */
export const moodModels = ['earshot', 'ml-sentiment'] as const
export type MoodModel = (typeof moodModels)[number]

/** What one station remembers for everybody who uses it. Per-screen choices (theme, density) stay on the screen. */
export const Settings = z.object({
  brand: z.string().max(200),
  competitors: z.array(z.string().max(200)).max(50).meta({ wall: 'hidden' }),
  /** Which listens hear which brand, where it is not as `brandsOf` takes it to be. */
  brands: z.array(Brand).max(50).meta({ wall: 'hidden' }),
  /** What the columns of files mean that are imported again and again. */
  mappings: z.array(SavedMapping).max(50).meta({ wall: 'hidden' }),
  officerName: z.string().trim().min(1).max(120).meta({ wall: 'hidden' }),
  /** Labels with a confidence below this are shown as unsure. */
  unsureBelow: z.number().min(0).max(1),
  /** What reads the mood of new mentions; a label names its model. */
  moodBy: z.enum(moodModels),
  /** Suggestions at least this certain are followed without a person; null: never. */
  actAtCertainty: z.number().min(0.5).max(1).nullable(),
  /** Mask names and private messages on walls. */
  maskOnWall: z.boolean(),
  /** Under which desks outside reach this station, e.g. `https://earshot.example`; empty: they do not. */
  publicUrl: PublicUrl.meta({ wall: 'hidden' }),
  /** How long the links of a hand-off hold. */
  deskLinkDays: z.number().int().min(1).max(365),
  /** How readily the station's alerts speak, and those of listens for which something else was said. */
  alertSensitivity: Sensitivity,
  /** What is over and comes back within so many hours is the same card, and told only when it is worse. */
  alertCoolHours: z.number().int().min(1).max(168),
  listenSensitivities: z.record(z.string(), Sensitivity).meta({ wall: 'hidden' }),
  /** Planned, and what is over since not long ago. */
  plannedSilences: z.array(PlannedSilence).max(200).meta({ wall: 'hidden' }),
  /** What a crisis may begin with; empty: the plans that ship. */
  crisisPlans: z.array(CrisisPlan).max(plansMost).meta({ wall: 'hidden' }),
  /** The station's own: names of starter desks, rules and replies. Pages have their own choice. */
  language: z.enum(languages),
  /** false until the first minute is through. */
  ready: z.boolean(),
})
export type Settings = z.infer<typeof Settings>
