import { facet } from '#shared/query/facets.ts'
import type { Place, Plan } from '#shared/query/plan.ts'
import type { Slot } from '#shared/query/slots.ts'
import type { TermIndex } from './term-index.ts'

type Leaf = Exclude<Plan, { op: 'and' | 'or' | 'not' | 'term' | 'glob' }>

/** A plan with numbers for terms. `needs`: groups of numbers, of each of which at least one is in every match. */
export type Program =
  | { op: 'and' | 'or'; items: Program[] }
  | { op: 'not'; item: Program }
  | { op: 'has'; id: number }
  /** More than a few terms, any of which will do. */
  | {
      op: 'hasAny'
      ids: readonly number[]
      /** For long lists: the mention's terms are looked up instead. */ set: ReadonlySet<number> | null
    }
  /** Exact words in a row, without conditions on their tags: compared by number. */
  | { op: 'row'; ids: readonly number[] }
  | { op: 'leaf'; plan: Leaf; needs: readonly (readonly number[])[] }

export function compile(plan: Plan, index: TermIndex): Program {
  switch (plan.op) {
    case 'and':
      return { op: 'and', items: plan.items.map((item) => compile(item, index)) }
    case 'or':
      return gathered(plan.items.map((item) => compile(item, index)))
    case 'not':
      return { op: 'not', item: compile(plan.item, index) }
    case 'term':
      return { op: 'has', id: index.add(plan.term) }
    case 'glob':
      return { op: 'has', id: index.addGlob(plan.glob, plan.among) }
    case 'phrase':
      if (plan.slots.every((slot) => slot.norm !== null && slot.tag === null)) {
        return { op: 'row', ids: plan.slots.map((slot) => index.add(slot.norm as string)) }
      }
      return { op: 'leaf', plan, needs: plan.slots.map((slot) => [slotId(slot, index)]) }
    case 'window':
      return { op: 'leaf', plan, needs: plan.slots.map((slot) => [slotId(slot, index)]) }
    case 'verbatim':
      return { op: 'leaf', plan, needs: plan.slots.map((slot) => [slotId(slot, index)]) }
    case 'near':
      return { op: 'leaf', plan, needs: placeNeeds(plan.place, index) }
    case 'link':
      return { op: 'leaf', plan, needs: [[index.add(facet('link', plan.host))]] }
    case 'address':
      return { op: 'leaf', plan, needs: [[index.add(facet('site', plan.host))]] }
    case 'part':
      return { op: 'leaf', plan, needs: needsOf(compile(plan.item, index)) }
    case 'source':
      index.add(plan.facet)
      return { op: 'leaf', plan, needs: [] }
    default:
      return { op: 'leaf', plan, needs: [] }
  }
}

/** About as many terms as a mention has. */
const LONG_LIST = 48

/** Alternatives that are single terms go into one list. */
function gathered(items: Program[]): Program {
  const ids = items.flatMap((item) => (item.op === 'has' ? [item.id] : []))
  if (ids.length < 3) return { op: 'or', items }
  const any: Program = { op: 'hasAny', ids, set: ids.length > LONG_LIST ? new Set(ids) : null }
  const rest = items.filter((item) => item.op !== 'has')
  return rest.length === 0 ? any : { op: 'or', items: [any, ...rest] }
}

const slotId = (slot: Slot, index: TermIndex): number =>
  slot.tag !== null
    ? index.add(slot.tag)
    : slot.norm !== null
      ? index.add(slot.norm)
      : index.addGlob(slot.glob!, 'words')

/** Of what asks for words alone. */
function needsOf(program: Program): readonly (readonly number[])[] {
  if (program.op === 'has') return [[program.id]]
  if (program.op === 'row') return program.ids.map((id) => [id])
  return program.op === 'leaf' ? program.needs : []
}

function placeNeeds(place: Place, index: TermIndex): number[][] {
  if ('left' in place) return [...placeNeeds(place.left, index), ...placeNeeds(place.right, index)]
  const [only] = place.any
  if (place.any.length === 1 && only) return only.map((slot) => [slotId(slot, index)])
  return [place.any.map((slots) => slotId(rarest(slots, index), index))]
}

function rarest(slots: Slot[], index: TermIndex): Slot {
  return slots.reduce((best, slot) =>
    index.share(slotId(slot, index)) < index.share(slotId(best, index)) ? slot : best,
  )
}

export interface Anchor {
  ids: readonly number[]
  /** Expected share of mentions that wake the listen. */
  cost: number
}

/** Terms of which at least one is in every match, the rarest such choice; null when there is none. */
export function anchorOf(program: Program, index: TermIndex): Anchor | null {
  switch (program.op) {
    case 'has':
      return { ids: [program.id], cost: index.share(program.id) }
    case 'hasAny':
      return { ids: program.ids, cost: program.ids.reduce((sum, id) => sum + index.share(id), 0) }
    case 'row':
      return cheapest(program.ids.map((id) => ({ ids: [id], cost: index.share(id) })))
    case 'leaf':
      return cheapest(program.needs.map((ids) => ({ ids, cost: ids.reduce((sum, id) => sum + index.share(id), 0) })))
    case 'and':
      return cheapest(program.items.map((item) => anchorOf(item, index)))
    case 'or': {
      const ids = new Set<number>()
      let cost = 0
      for (const item of program.items) {
        const anchor = anchorOf(item, index)
        if (!anchor) return null
        for (const id of anchor.ids) ids.add(id)
        cost += anchor.cost
      }
      return { ids: [...ids], cost }
    }
    case 'not':
      return null
  }
}

function cheapest(anchors: (Anchor | null)[]): Anchor | null {
  let best: Anchor | null = null
  for (const anchor of anchors) if (anchor && (!best || anchor.cost < best.cost)) best = anchor
  return best
}

/** What is decided fastest, and most often against, first. Changes the order inside `and`s in place. */
export function orderByCost(program: Program, index: TermIndex): void {
  if (program.op === 'not') return orderByCost(program.item, index)
  if (program.op !== 'and' && program.op !== 'or') return
  for (const item of program.items) orderByCost(item, index)
  if (program.op === 'and') program.items.sort((a, b) => effort(a, index) - effort(b, index))
}

function effort(program: Program, index: TermIndex): number {
  switch (program.op) {
    case 'has':
      return index.share(program.id)
    case 'hasAny':
      return 1 + program.ids.length / 100
    case 'row':
      return 0.5 + Math.min(...program.ids.map((id) => index.share(id)))
    case 'leaf':
      return program.needs.length > 0 ? 3 : 2
    case 'not':
      return 1 + effort(program.item, index)
    default:
      return 2 + program.items.length / 10
  }
}
