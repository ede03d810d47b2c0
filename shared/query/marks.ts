import type { Query } from './ast.ts'
import type { QueryDocument } from './document.ts'
import { globMatches } from './glob.ts'
import { isVerbatim, matchPlan } from './match.ts'
import { findRows, placesOf, windowsOf, type Range } from './places.ts'
import { planOf, type Plan } from './plan.ts'

/**
 * UTF-16 ranges of the text that made it match: in order, not overlapping. Empty when the query does not match, or
 * matches by facts alone. Words that a NOT excludes are never marked; of an OR, the parts that hold.
 */
export function marksOf(query: Query, document: QueryDocument): [start: number, end: number][] {
  return marksOfPlan(planOf(query), document)
}

export function marksOfPlan(plan: Plan, document: QueryDocument): [start: number, end: number][] {
  const marks: [number, number][] = []
  if (matchPlan(plan, document)) collect(plan, document, marks)
  return merged(marks)
}

function collect(plan: Plan, document: QueryDocument, marks: [number, number][]): void {
  const { stream } = document
  const add = (ranges: Iterable<Range>): void => {
    for (const range of ranges) addWords(document, range, marks)
  }
  switch (plan.op) {
    case 'and':
      for (const item of plan.items) collect(item, document, marks)
      break
    case 'or':
      for (const item of plan.items) if (matchPlan(item, document)) collect(item, document, marks)
      break
    case 'term':
      if (plan.term[0] === '#' || plan.term[0] === '@') addTags(document, (tag) => tag === plan.term, marks)
      else add(wordRanges(stream.norms, (norm) => norm === plan.term))
      break
    case 'glob':
      if (plan.among === 'words') add(wordRanges(stream.norms, (norm) => globMatches(plan.glob, norm)))
      else if (plan.among === 'tags') addTags(document, (tag) => globMatches(plan.glob, tag), marks)
      break
    case 'phrase':
      add(findRows(stream, plan.slots))
      break
    case 'window':
      add(windowsOf(stream, plan.slots, plan.distance))
      break
    case 'near':
      add(placesOf(stream, plan.place))
      break
    case 'verbatim':
      if (plan.slots.length === 0) addSigns(document.facts.text, plan.text, marks)
      else add(findRows(stream, plan.slots).filter(([start, end]) => isVerbatim(plan, document, start, end)))
      break
    case 'part': {
      // The handles that a text begins with are its beginning, so that their places are the text's own.
      const opening = plan.part === 'opening' ? document.part('opening') : null
      if (opening) collect(plan.item, opening, marks)
      break
    }
    default:
      break
  }
}

function* wordRanges(norms: readonly string[], fits: (norm: string) => boolean): Iterable<Range> {
  for (let at = 0; at < norms.length; at++) if (fits(norms[at] as string)) yield [at, at + 1]
}

/** From the first word's beginning to the last one's end; a range in the title has no place in the text. */
function addWords(document: QueryDocument, [start, end]: Range, marks: [number, number][]): void {
  const first = document.tokenAt(start)
  const last = document.tokenAt(end - 1)
  if (first && last && !first.inTitle && !last.inTitle) marks.push([first.token.start, last.token.end])
}

function addTags(document: QueryDocument, fits: (tag: string) => boolean, marks: [number, number][]): void {
  for (const token of document.tokens) {
    if (token.tag !== null && fits(token.tag)) marks.push([token.start - 1, token.tagEnd])
  }
}

function addSigns(text: string, signs: string, marks: [number, number][]): void {
  for (let at = text.indexOf(signs); at >= 0; at = text.indexOf(signs, at + signs.length))
    marks.push([at, at + signs.length])
}

function merged(marks: [number, number][]): [number, number][] {
  marks.sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const result: [number, number][] = []
  for (const mark of marks) {
    const last = result.at(-1)
    if (last && mark[0] <= last[1]) last[1] = Math.max(last[1], mark[1])
    else result.push(mark)
  }
  return result
}
