import type { Pane } from '#shared/model/wall.ts'
import type { ListenRow } from '#renderer/client/client.ts'

type Translate = (key: string, named?: Record<string, unknown>) => string

/** A pane's own title, else what it shows: `Brewly`, `Brewly, Kaffeeküche + 2`, `All mentions`, `Sentiment over time`. */
export function paneTitle(
  pane: Pick<Pane, 'kind' | 'title' | 'listenIds' | 'query'>,
  listens: ReadonlyMap<string, ListenRow>,
  t: Translate,
): string {
  if (pane.title) return pane.title
  if (pane.kind !== 'stream') return t(`wall.kind.${pane.kind}`)
  const names = listenNames(pane.listenIds, listens)
  const asked = pane.query.trim()
  if (asked === 'sentiment:negative') return names ? t('wall.negativeOf', { name: names }) : t('wall.negative')
  if (asked && names) return `${names}: ${asked}`
  return asked || names || t('wall.allMentions')
}

export function listenNames(ids: readonly string[], listens: ReadonlyMap<string, ListenRow>): string {
  const names = ids.map((id) => listens.get(id)?.name).filter((name): name is string => name !== undefined)
  return names.length > 2 ? `${names.slice(0, 2).join(', ')} + ${names.length - 2}` : names.join(', ')
}
