import type { ReplySuggestion } from '#shared/model/advice.ts'
import type { Mention } from '#shared/model/mention.ts'
import { mentionById } from '#engine/store/queries/mentions.ts'
import { mentionOfCase, replyOf, solvedCasesOfProblem } from '#engine/store/queries/precedents.ts'
import { caseById } from '#engine/store/queries/cases.ts'
import type { Store } from '#engine/store/store.ts'
import type { DeskBook } from '#engine/organisation/desk-book.ts'
import type { Suggestions } from './suggest.ts'

const SOLVED_LOOKED_AT = 200
const MOST_SOLUTIONS = 3
const MOST = 5
/** What was answered to something less alike than this is no proposal: a wrong answer costs more than a wrong desk. */
const LEAST_LIKENESS = 0.3

interface Group {
  text: string
  weight: number
  cases: number
  caseId: string
  deskId: string | null
  at: number
}

/**
 * The answer without what belongs to the one customer who got it: their handle in front goes, their name becomes a
 * placeholder, so that nobody is called by somebody else's name.
 */
export function withoutPerson(reply: string, to: Mention | undefined): string {
  let text = reply.replace(/^(?:\s*@[\w.-]+(?:@[\w.-]+)?[,:]?\s+)+/u, '')
  const names = [to?.author?.name, to?.author?.handle].filter((name): name is string => !!name && name.length > 2)
  for (const name of names) text = text.replaceAll(name, '{author}')
  return text.trim()
}

const sameWords = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}{}]+/gu, ' ')
    .trim()
const language = (lang: string): string => lang.split('-', 1)[0]!.toLowerCase()
const canRead = (a: string, b: string): boolean => a === 'und' || b === 'und' || language(a) === language(b)

/**
 * What could be answered: first the solution that was found for the same problem, then what like cases were answered.
 * `certainty` is the share of the like cases that were answered with these words; of a solution, 1 for an answer in the
 * same problem by the desk that solves it.
 * Long: two ways to the same groups of answers, which count and name them alike.
 */
export async function suggestReplies(
  { store, book, suggestions }: { store: Store; book: DeskBook; suggestions: Suggestions },
  mention: Mention,
  own: { caseId: string | null; problemId: string | null; deskId: string | null },
): Promise<ReplySuggestion[]> {
  const nameOf = (deskId: string | null): string => (deskId === null ? '' : (book.desk(deskId)?.name ?? ''))
  const told = (groups: Map<string, Group>, kind: ReplySuggestion['kind'], total: number): ReplySuggestion[] =>
    [...groups.values()]
      .sort((a, b) => b.weight - a.weight || b.at - a.at)
      .map(({ text, weight, cases, caseId, deskId, at }) => ({
        text,
        kind,
        certainty: total > 0 ? Math.round((weight / total) * 1000) / 1000 : 0,
        cases,
        caseId,
        deskName: nameOf(deskId),
        at,
      }))
  const add = (groups: Map<string, Group>, one: Group): void => {
    const key = sameWords(one.text)
    if (key === '') return
    const known = groups.get(key)
    if (!known) groups.set(key, one)
    else {
      known.weight += one.weight
      known.cases += one.cases
      if (one.at > known.at)
        Object.assign(known, { caseId: one.caseId, deskId: one.deskId, at: one.at, text: one.text })
    }
  }

  const solutions = new Map<string, Group>()
  let solved = 0
  for (const one of solvedCasesOfProblem(store, mention.id, own.problemId, SOLVED_LOOKED_AT)) {
    const to = mentionById(store, one.mentionId)
    const reply = replyOf(store, one.caseId)
    // A recorded outcome is what the desk found; it counts more than an answer that may have put the customer off.
    if (one.outcome !== '' && reply === undefined) {
      solved += 2
      add(solutions, {
        text: one.outcome,
        weight: 2,
        cases: 1,
        caseId: one.caseId,
        deskId: one.deskId,
        at: one.updatedAt,
      })
    }
    if (reply === undefined || (to && !canRead(to.lang, mention.lang))) continue
    // The desk that the problem went to knows more than one that only answers for it.
    const weight = (one.deskId !== null && one.deskId !== own.deskId ? 2 : 1) + (one.outcome === '' ? 0 : 1)
    solved += weight
    add(solutions, {
      text: withoutPerson(reply.text, to),
      weight,
      cases: 1,
      caseId: one.caseId,
      deskId: one.deskId,
      at: reply.at,
    })
  }

  const answered = new Map<string, Group>()
  let total = 0
  for (const { caseId, likeness } of await suggestions.alike(mention, own.caseId)) {
    if (likeness < LEAST_LIKENESS) continue
    const reply = replyOf(store, caseId)
    const id = mentionOfCase(store, caseId)
    const to = id === undefined ? undefined : mentionById(store, id)
    if (reply === undefined || !to || !canRead(to.lang, mention.lang)) continue
    const weight = likeness ** 2
    total += weight
    const deskId = caseById(store, caseId)?.deskId ?? null
    add(answered, { text: withoutPerson(reply.text, to), weight, cases: 1, caseId, deskId, at: reply.at })
  }
  const first = told(solutions, 'solution', solved).slice(0, MOST_SOLUTIONS)
  const known = new Set(first.map(({ text }) => sameWords(text)))
  // As if one more case had been answered otherwise: a single case makes nothing certain.
  const others = told(answered, 'precedent', total + LEAST_LIKENESS ** 2).filter(
    ({ text }) => !known.has(sameWords(text)),
  )
  return [...first, ...others].slice(0, MOST)
}
