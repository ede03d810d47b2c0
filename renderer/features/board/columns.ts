import type { CaseCard } from '#shared/contract/cases.ts'
import { caseStates, type CaseState } from '#shared/model/case.ts'

/** `lanes[i].cells[state]` holds the cards of one lane in one column, in the order given. */
export interface Lane {
  key: string
  count: number
  cells: Record<CaseState, CaseCard[]>
}

export type LaneBy = 'none' | 'desk' | 'officer' | 'problem' | 'priority'

const keyOf: Record<LaneBy, (card: CaseCard) => string> = {
  none: () => '',
  desk: (card) => card.case?.deskId ?? '',
  officer: (card) => card.case?.officerId ?? '',
  problem: (card) => card.case?.problemId ?? '',
  priority: (card) => card.case?.priority ?? '',
}

const emptyCells = (): Lane['cells'] => ({ new: [], routed: [], accepted: [], replied: [], closed: [] })

/**
 * Groups cards into lanes and columns. Lanes come in the order of `keys` (desks as the officer ordered them), then
 * lanes whose key is not listed in order of size, and what belongs nowhere ('') last. Lanes of `keys` without a card
 * are left out unless `keepEmpty`.
 */
export function intoLanes(
  cards: readonly CaseCard[],
  by: LaneBy,
  keys: readonly string[] = [],
  keepEmpty = false,
): Lane[] {
  const lanes = new Map<string, Lane>()
  if (keepEmpty) for (const key of keys) lanes.set(key, { key, count: 0, cells: emptyCells() })
  for (const card of cards) {
    if (!card.case) continue
    const key = keyOf[by](card)
    let lane = lanes.get(key)
    if (!lane) lanes.set(key, (lane = { key, count: 0, cells: emptyCells() }))
    lane.cells[card.case.state].push(card)
    lane.count++
  }
  const place = new Map(keys.map((key, index) => [key, index]))
  const rank = (lane: Lane) => (lane.key === '' ? Infinity : (place.get(lane.key) ?? keys.length))
  return [...lanes.values()].toSorted((a, b) => {
    const order = rank(a) - rank(b)
    return Number.isNaN(order) || order === 0 ? b.count - a.count || (a.key < b.key ? -1 : 1) : order
  })
}

export function countByState(cards: readonly CaseCard[]): Record<CaseState, number> {
  const counts: Record<CaseState, number> = { new: 0, routed: 0, accepted: 0, replied: 0, closed: 0 }
  for (const card of cards) if (card.case) counts[card.case.state]++
  return counts
}

/** What dropping a card on a column asks for; null: that way is not open. A desk is needed to route. */
export type ColumnMove = 'route' | 'accept' | 'reply' | 'close' | 'reopen'

export function columnMove(from: CaseState, to: CaseState): ColumnMove | null {
  if (from === to) return null
  if (from === 'closed') return 'reopen'
  switch (to) {
    case 'routed':
      return 'route'
    case 'accepted':
      return from === 'replied' ? null : 'accept'
    case 'replied':
      return 'reply'
    case 'closed':
      return 'close'
    default:
      return null
  }
}

/** The column `step` to the right (or left) of a state. */
export function nextState(state: CaseState, step: 1 | -1): CaseState | null {
  return caseStates[caseStates.indexOf(state) + step] ?? null
}
