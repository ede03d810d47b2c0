import { z } from 'zod'

/** The order is that of the choice. Each kind is a folder of its own name in `renderer/panes`. */
export const paneKinds = [
  'stream',
  'sentiment',
  'networks',
  'waiting',
  'sources',
  'numbers',
  'problems',
  'terms',
  'heat',
  'voice',
  'alerts',
  'crisis',
  'series',
] as const
export const PaneKind = z.enum(paneKinds)
export type PaneKind = z.infer<typeof PaneKind>

/** A pane's place on the wall's grid of 12 columns and 12 rows, counted from 0. */
export const Pane = z.object({
  id: z.string(),
  kind: PaneKind,
  /** Empty: the pane names itself. */
  title: z.string().max(120),
  /** Listens it shows; empty: all. */
  listenIds: z.array(z.string()),
  /** A further query in the query language, for streams. */
  query: z.string().max(16_384),
  /** The counted series that it shows; null: none. */
  seriesId: z.string().max(200).nullable().default(null),
  /** How far back charts and numbers look. */
  minutes: z.number().int().positive(),
  x: z.number().int().min(0).max(11),
  y: z.number().int().min(0),
  w: z.number().int().min(1).max(12),
  h: z.number().int().min(1),
})
export type Pane = z.infer<typeof Pane>

/** A pane of everything, in its own place or at the top left, that looks 8 hours back. */
export const newPane = (kind: PaneKind, more: Partial<Pane> & Pick<Pane, 'id' | 'w' | 'h'>): Pane => ({
  kind,
  title: '',
  listenIds: [],
  query: '',
  seriesId: null,
  minutes: 480,
  x: 0,
  y: 0,
  ...more,
})

/** The strength from which an alert takes the middle of a wall that says nothing of it. */
export const ATTENTION_FROM = 6

export const WallLayout = z.object({
  id: z.string(),
  name: z.string().trim().min(1).max(120),
  panes: z.array(Pane).max(24),
  /** The strength from which an alert takes the middle; 0: none does. */
  attention: z.number().int().min(0).max(10).default(ATTENTION_FROM),
})
export type WallLayout = z.infer<typeof WallLayout>
