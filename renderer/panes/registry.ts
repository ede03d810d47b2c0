import { newPane as paneOf, paneKinds, type Pane, type PaneKind } from '#shared/model/wall.ts'
import { newId } from '#shared/util/ids.ts'
import type { PaneDefinition } from './pane-kind.ts'

/** What the folders say, by the name of the folder. */
export const byFolder = (files: Record<string, { pane: PaneDefinition }>): Map<string, PaneDefinition> =>
  new Map(Object.entries(files).map(([path, { pane }]) => [path.split('/').at(-2)!, pane]))

/** Every kind of pane: a folder here, and its line in `paneKinds`, which says what a layout may hold. */
export const panes = byFolder(import.meta.glob('./*/pane.ts', { eager: true }))

export function definitionOf(kind: PaneKind): PaneDefinition {
  const pane = panes.get(kind)
  if (!pane) throw new Error(`No folder renderer/panes/${kind}: it must stand beside the others`)
  return pane
}
export const choosable = paneKinds.filter((kind) => panes.has(kind))

export function newPane(kind: PaneKind): Pane {
  const { size, minutes = 480 } = definitionOf(kind)
  return paneOf(kind, { id: newId('pan'), w: size[0], h: size[1], minutes })
}
