import type { Pane } from '#shared/model/wall.ts'
import type { ListenRow } from '#renderer/client/client.ts'
import { listenNames } from './listen-names.ts'
import type { Translate } from './pane-kind.ts'
import { definitionOf } from './registry.ts'

/** A pane's own title, else what it shows: `Brewly`, `Brewly, Kaffeeküche + 2`, `All mentions`, `Sentiment over time`. */
export function paneTitle(
  pane: Pick<Pane, 'kind' | 'title' | 'listenIds' | 'query'>,
  listens: ReadonlyMap<string, ListenRow>,
  t: Translate,
): string {
  if (pane.title) return pane.title
  return definitionOf(pane.kind).named?.(pane, listenNames(pane.listenIds, listens), t) ?? t(`pane.${pane.kind}.name`)
}
