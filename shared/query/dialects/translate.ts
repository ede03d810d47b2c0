import { said } from '#shared/words/said.ts'
import { MAX_LENGTH } from '../ast.ts'
import { parseQuery } from '../parse.ts'
import { planOf, type Plan } from '../plan.ts'
import { inOurSigns } from '../written.ts'
import { readForeign } from './read.ts'
import { recognise } from './recognise.ts'
import type { Dialect, Note } from './tree.ts'
import { settled, written } from './write.ts'

export interface Translation {
  /** As it was told or recognised. */
  dialect: Dialect
  /** In our language; always one that can be read. null: nothing in it means anything here. */
  query: string | null
  /** In order of place in what was pasted. */
  notes: Note[]
}

/**
 * A query of another tool in our language, with all that does not mean the same here. `dialect`: as a person chose it; without
 * one it is recognised. null: it is ours already, or means the same here as it stands.
 */
export function translate(text: string, dialect: Dialect | null = null): Translation | null {
  if (text.trim() === '' || text.length > MAX_LENGTH) return null
  const of = dialect ?? recognise(text)
  if (of === null) return null
  const { tree, notes } = readForeign(text, of)
  const asked = settled(tree, text, notes)
  const query = asked === null ? null : written(asked)
  if (query === null) {
    const none: Note = { effect: 'dropped', written: text, why: said('dialect.noWord'), start: 0, end: text.length }
    return { dialect: of, query: null, notes: notes.length > 0 ? inOrder(notes) : [none] }
  }
  const parsed = parseQuery(query)
  if (!parsed.ok) {
    const why = said('dialect.unreadable', { message: parsed.error.what })
    return {
      dialect: of,
      query: null,
      notes: inOrder([...notes, { effect: 'dropped', written: text, why, start: 0, end: text.length }]),
    }
  }
  return notes.length === 0 && sameHere(text, query) ? null : { dialect: of, query, notes: inOrder(notes) }
}

const inOrder = (notes: readonly Note[]): Note[] => notes.toSorted((a, b) => a.start - b.start || a.end - b.end)

/** Whether what was pasted means the same as its translation as it stands: read by us, it gives the same plan. */
function sameHere(text: string, query: string): boolean {
  const plain = (one: string): string => inOurSigns(one).replace(/[“”]/g, '"').replace(/\s+/g, ' ').trim()
  if (plain(text) === plain(query)) return true
  const [ours, theirs] = [parseQuery(text), parseQuery(query)]
  return ours.ok && theirs.ok && keyOf(planOf(ours.value)) === keyOf(planOf(theirs.value))
}

/** A plan as text; parts that are joined alike in one row. */
function keyOf(plan: Plan): string {
  const flat = (one: Plan): Plan[] =>
    (one.op === 'and' || one.op === 'or') && one.op === plan.op ? one.items.flatMap(flat) : [one]
  if (plan.op === 'and' || plan.op === 'or') return `${plan.op}(${flat(plan).map(keyOf).toSorted().join()})`
  return plan.op === 'not' ? `not(${keyOf(plan.item)})` : JSON.stringify(plan)
}
