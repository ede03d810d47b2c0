import { z } from 'zod'

/** What one station remembers for everybody who uses it. Per-screen choices (theme, density) stay on the screen. */
export const Settings = z.object({
  brand: z.string().max(200),
  competitors: z.array(z.string().max(200)).max(50),
  officerName: z.string().trim().min(1).max(120),
  /** Labels with a confidence below this are shown as unsure. */
  unsureBelow: z.number().min(0).max(1),
  /** Mask names and private messages on walls. */
  maskOnWall: z.boolean(),
  /** false until the first minute is through. */
  ready: z.boolean(),
})
export type Settings = z.infer<typeof Settings>
