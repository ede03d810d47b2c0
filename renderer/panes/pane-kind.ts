import type { Component } from 'vue'
import type { Pane } from '#shared/model/wall.ts'

/** Width and height in cells of the wall's grid of 12 × 12. */
export type Cells = readonly [w: number, h: number]

/** What a kind of pane says of itself in `pane.ts` of its folder; its words stand beside it under `pane.<kind>`. */
export interface PaneDefinition {
  /** Is given `pane` and `title`. */
  component: Component
  /** How large a new one is. */
  size: Cells
  /** What it can be read in. */
  least: Cells
  /** What can be set up besides its title. */
  settings: readonly ('listens' | 'query' | 'series' | 'period')[]
  /** How far back a new one looks. */
  minutes?: number
  /** It takes the keys of a list of mentions. */
  takesKeys?: boolean
  /** What it calls itself while nobody gave it a title, from what it is set up to show; else the name of its kind. */
  named?: (pane: Pick<Pane, 'listenIds' | 'query'>, listens: string, t: Translate) => string
}
export type Translate = (key: string, named?: Record<string, unknown>) => string
