import type { QueryProblem } from '#shared/query/ast.ts'
import type { QueryDocument } from '#shared/query/document.ts'
import { matchLeaf } from '#shared/query/match.ts'
import { parseQuery } from '#shared/query/parse.ts'
import { planOf } from '#shared/query/plan.ts'
import { anchorOf, compile, orderByCost, type Program } from './program.ts'
import { TermIndex } from './term-index.ts'

export interface MatchHit {
  listenId: string
}

export interface Matcher {
  /** Listens that match, in the order they were given. */
  match(document: QueryDocument): MatchHit[]
  /** Listens whose query cannot be read; they match nothing. */
  readonly problems: readonly { id: string; problem: QueryProblem }[]
  /** Listens that have to be tried on every mention, having no word that must be there. */
  readonly residual: readonly string[]
}

interface Entry {
  hit: MatchHit
  program: Program
  /** Serial of the last mention it was tried on. */
  tried: number
}

/** After so many mentions the terms are counted and each listen waits for its rarest one; then after twice as many … */
const FIRST_RECOUNT = 2_000
const LAST_RECOUNT = 2_000_000

/**
 * All listens behind one index of their terms. A mention's words are looked up once each; only listens that wait for one
 * of them (their anchor) are tried, with all terms answered by number. Cost grows with the words of the mention and the
 * listens that nearly match, not with the number of listens. Synchronous and without state between mentions except the
 * counts; one instance a thread.
 * Long: building the index, trying a mention and counting anew share arrays that are filled in place for each mention.
 */
export function createMatcher(listens: readonly { id: string; query: string }[]): Matcher {
  const index = new TermIndex()
  const problems: { id: string; problem: QueryProblem }[] = []
  const entries: Entry[] = []
  for (const { id, query } of listens) {
    const parsed = parseQuery(query)
    if (!parsed.ok) problems.push({ id, problem: parsed.error })
    else entries.push({ hit: { listenId: id }, program: compile(planOf(parsed.value), index), tried: 0 })
  }
  index.seal()

  /** By number of a term: the entries that wait for it. */
  let waiting: (number[] | undefined)[] = []
  let residual: number[] = []
  const present = new Float64Array(index.size)
  const counts = new Float64Array(index.size)
  let serial = 0
  let recountAt = FIRST_RECOUNT
  let words = new Int32Array(256)
  let wordCount = 0
  let woken: number[] = []
  /** Numbers of the terms that the mention has. */
  let met: number[] = []
  let current: QueryDocument

  const meet = (id: number): void => {
    if (present[id] === serial) return
    present[id] = serial
    met.push(id)
    counts[id]!++
    const wakes = waiting[id]
    if (wakes) for (const entry of wakes) wake(entry)
  }
  const wake = (at: number): void => {
    const entry = entries[at]!
    if (entry.tried === serial) return
    entry.tried = serial
    woken.push(at)
  }

  function anchor(): void {
    waiting = new Array(index.size)
    residual = []
    for (const [at, entry] of entries.entries()) {
      orderByCost(entry.program, index)
      const anchors = anchorOf(entry.program, index)
      if (!anchors) residual.push(at)
      else for (const id of new Set(anchors.ids)) (waiting[id] ??= []).push(at)
    }
  }
  anchor()

  function recount(): void {
    for (let id = 0; id < index.size; id++) index.setShare(id, ((counts[id] as number) + 0.1) / serial)
    anchor()
    recountAt = Math.min(recountAt * 4, serial + LAST_RECOUNT)
  }

  function holds(program: Program): boolean {
    switch (program.op) {
      case 'has':
        return present[program.id] === serial
      case 'hasAny':
        if (program.set) for (const id of met) if (program.set.has(id)) return true
        if (!program.set) for (const id of program.ids) if (present[id] === serial) return true
        return false
      case 'and':
        for (const item of program.items) if (!holds(item)) return false
        return true
      case 'or':
        for (const item of program.items) if (holds(item)) return true
        return false
      case 'not':
        return !holds(program.item)
      case 'row':
        for (const id of program.ids) if (present[id] !== serial) return false
        return standsInRow(program.ids)
      case 'leaf':
        needs: for (const group of program.needs) {
          for (const id of group) if (present[id] === serial) continue needs
          return false
        }
        return matchLeaf(program.plan, current)
    }
  }

  function standsInRow(ids: readonly number[]): boolean {
    const first = ids[0] as number
    const last = wordCount - ids.length
    next: for (let at = 0; at <= last; at++) {
      if (words[at] !== first) continue
      for (let i = 1; i < ids.length; i++) if (words[at + i] !== ids[i]) continue next
      return true
    }
    return false
  }

  function read(tokens: QueryDocument['tokens']): void {
    if (words.length < wordCount + tokens.length + 2) {
      const larger = new Int32Array((wordCount + tokens.length + 2) * 2)
      larger.set(words)
      words = larger
    }
    for (const token of tokens) {
      const id = index.find(token.norm, 'words', meet)
      words[wordCount++] = id
      if (id >= 0) meet(id)
      if (token.tag !== null) {
        const tag = index.find(token.tag, 'tags', meet)
        if (tag >= 0) meet(tag)
      }
    }
    // The boundary after title and text: no phrase reaches across.
    words[wordCount++] = -1
  }

  return {
    problems,
    get residual() {
      return residual.map((at) => entries[at]!.hit.listenId)
    },
    match(document) {
      serial++
      current = document
      wordCount = 0
      woken = []
      met = []
      if (document.facts.title !== null) read(document.titleTokens)
      read(document.tokens)
      if (index.fields.size > 0) {
        for (const facet of document.facets) {
          const id = index.find(facet, 'facets', meet)
          if (id >= 0) meet(id)
        }
      }
      for (const at of residual) wake(at)
      if (serial >= recountAt) recount()
      if (woken.length === 0) return []
      woken.sort((a, b) => a - b)
      const hits: MatchHit[] = []
      for (const at of woken) {
        const entry = entries[at]!
        if (holds(entry.program)) hits.push(entry.hit)
      }
      return hits
    },
  }
}
