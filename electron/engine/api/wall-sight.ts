import { MentionFilter } from '#shared/contract/mentions.ts'
import { defaultLayout } from '#shared/model/default-layout.ts'
import type { MentionCard } from '#shared/model/mention-card.ts'
import type { Pane } from '#shared/model/wall.ts'
import { arrival, fits } from '#engine/live/fits.ts'
import { planFor } from '#engine/store/queries/cards.ts'
import { readLayouts } from '#engine/store/queries/layouts.ts'
import { mentionById } from '#engine/store/queries/mentions.ts'
import type { Reads } from '#engine/store/reads.ts'

/** What hangs on this station's walls. A wall asks for that or for a part of it, and for nothing else. */
export interface WallSight {
  /**
   * Queries of the panes that show mentions of these listens: what fits none of them is not shown. null: no pane does.
   * Empty: one of them shows everything.
   */
  queriesOf(listenIds: readonly string[]): string[] | null
  /** Whether officers hung up this very query: what it gives away, they meant to show. */
  isHung(query: string): boolean
  /** Whether a pane is about these listens, or about more; none: all of them. */
  isAbout(listenIds: readonly string[]): boolean
  /** Whether a pane shows this counted series. */
  isSeriesHung(id: string): boolean
  /** Whether a pane shows this mention, or its case among those that wait. */
  shows(card: Pick<MentionCard, 'mention'>): boolean
}

/** Whether what a pane is about holds all of it. */
const holds = (pane: Pane, listenIds: readonly string[]): boolean =>
  pane.listenIds.length === 0 || (listenIds.length > 0 && listenIds.every((id) => pane.listenIds.includes(id)))

export function createWallSight(store: Reads): WallSight {
  const panes = (): Pane[] => {
    const saved = readLayouts(store)
    return (saved.length > 0 ? saved : [defaultLayout]).flatMap((layout) => layout.panes)
  }
  return {
    queriesOf(listenIds) {
      const streams = panes().filter((pane) => pane.kind === 'stream' && holds(pane, listenIds))
      if (streams.length === 0) return null
      return streams.some(({ query }) => query.trim() === '') ? [] : streams.map(({ query }) => query)
    },
    isHung: (query) => panes().some((pane) => pane.query === query),
    // A counted series is about no mention.
    isAbout: (listenIds) => panes().some((pane) => pane.kind !== 'series' && holds(pane, listenIds)),
    isSeriesHung: (id) => panes().some(({ kind, seriesId }) => kind === 'series' && seriesId === id),
    shows({ mention: { id } }) {
      const mention = mentionById(store, id)
      if (mention === undefined) return false
      const heard = arrival(store, mention)
      return panes().some(({ kind, listenIds, query }) => {
        if (kind === 'waiting') return true
        if (kind !== 'stream') return false
        const plan = query.trim() === '' ? null : planFor(query)
        // A query that cannot be read shows nothing.
        return (query.trim() === '' || plan !== null) && fits(MentionFilter.parse({ listenIds }), plan, heard)
      })
    },
  }
}
