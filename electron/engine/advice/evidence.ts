import type { Desk } from '#shared/model/desk.ts'
import { intentsOf, type Mention } from '#shared/model/mention.ts'
import type { Explanation, Rule, RuleFact } from '#shared/model/rule.ts'
import { documentOfMention } from '#shared/query/document.ts'
import { isEverydayWord } from '#shared/query/everyday.ts'
import { compileRules } from '#engine/routing/compile.ts'
import { outcome } from '#engine/routing/decide.ts'
import { factsOf, type Facts } from '#engine/routing/facts.ts'
import type { Evidence } from './proposals.ts'
import { verdictOf } from './scorecard.ts'
import type { Reads } from '#engine/store/reads.ts'
import { caseById } from '#engine/store/queries/cases.ts'
import { mentionById } from '#engine/store/queries/mentions.ts'
import { histories } from './histories.ts'

/** Words of the query language's own, and what is no plain word, cannot stand in a proposed query. */
const plain = /^\p{L}[\p{L}\p{N}]{2,30}$/u
const reserved = new Set(['and', 'or', 'not', 'near'])
/** A rule on "with" may be right for a month and is understood by nobody. */
const isPlain = (word: string): boolean => plain.test(word) && !reserved.has(word) && !isEverydayWord(word)

function wordsOf(mention: Mention): Set<string> {
  const words = new Set<string>()
  let before: string | null = null
  for (const { norm } of documentOfMention(mention).tokens) {
    const ok = isPlain(norm)
    if (ok) words.add(norm)
    if (ok && before !== null) words.add(`${before} ${norm}`)
    before = ok ? norm : null
  }
  return words
}

function evidenceFacts(mention: Mention): Evidence['facts'] {
  const facts: { fact: RuleFact; value: string | boolean }[] = [
    { fact: 'network', value: mention.network },
    { fact: 'kind', value: mention.kind },
    { fact: 'private', value: mention.private },
  ]
  if (mention.lang !== 'und') facts.push({ fact: 'lang', value: mention.lang.split('-', 1)[0]! })
  if (mention.country !== null) facts.push({ fact: 'country', value: mention.country })
  for (const { label } of intentsOf(mention.intent)) facts.push({ fact: 'intent', value: label })
  for (const aspect of mention.aspects) facts.push({ fact: 'aspect', value: aspect })
  return facts
}

/** Facts of the moment as the decision wrote them down: they cannot be read from the mention. */
function factsThen(mention: Mention, { facts }: Explanation, timeZone: string): Facts {
  const made = factsOf(mention, { timeZone })
  const values: Record<string, unknown> = { ...made.values }
  for (const { fact, value } of facts) if (value !== null && !(fact in values)) values[fact] = value
  return { ...made, values: values as Facts['values'] }
}

/**
 * Settled cases of a period that a rule decided or named a desk for. What today's rules would send where it ended is
 * solved and speaks for nothing any more.
 */
export function* evidenceOf(
  reads: Reads,
  input: { from: number; to: number; rules: readonly Rule[]; desks: readonly Desk[]; timeZone: string },
): Generator<Evidence> {
  const compiled = compileRules(input.rules, input.desks)
  const places = new Map(compiled.rules.map(({ rule }, place) => [rule.id, place]))
  for (const history of histories(reads, input.from, input.to)) {
    if (history.ruleId === null || !places.has(history.ruleId)) continue
    const verdict = verdictOf(history)
    if (!verdict) continue
    const mention = mentionById(reads, history.mentionId)
    const explanation = caseById(reads, history.caseId)?.explanation
    if (!mention || !explanation) continue
    const last = verdict.noise ? null : verdict.last
    if (last !== verdict.first) {
      const { winner } = outcome(compiled, factsThen(mention, explanation, input.timeZone), documentOfMention(mention))
      const now = compiled.rules[winner]?.rule
      if (now && now.id !== history.ruleId && now.then.deskId === last) continue
    }
    yield {
      caseId: history.caseId,
      text: mention.text,
      words: wordsOf(mention),
      facts: evidenceFacts(mention),
      author: mention.author ? `${mention.network}\n${mention.author.id}` : history.caseId,
      ruleId: history.ruleId,
      first: verdict.first,
      last,
    }
  }
}
