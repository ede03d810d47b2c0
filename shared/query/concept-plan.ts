import { conceptsCalled } from './concept-book.ts'
import { conceptLanguages } from './concept-lines.ts'
import { facet } from './facets.ts'
import type { Place, Plan } from './plan.ts'
import { slotsOf } from './slots.ts'

/** Words that may stand where a phrase of the lexicon has ` .. `. */
const IN_GAP = 4
/** In a text whose language nobody can tell, shorter words that are not English may mean anything. */
const TELLS_IN_ANY = 7

/**
 * A concept of the lexicon, asked for by its id or its label in any language: the phrases of each language in texts of that language. Null: none is called
 * so.
 */
export function conceptPlan(name: string): Plan | null {
  const entries = conceptsCalled(name)
  if (entries.length === 0) return null
  const spoken = conceptLanguages.map((lang, nth) => ({
    lang: lang as string,
    phrases: entries.flatMap(({ phrases }) => phrases[nth] ?? []),
  }))
  const tells = (phrase: string, lang: string): boolean => lang === 'en' || phrase.length >= TELLS_IN_ANY
  const inAny = spoken.flatMap(({ lang, phrases }) => phrases.filter((phrase) => tells(phrase, lang)))
  return {
    op: 'or',
    items: [...spoken, { lang: 'und', phrases: inAny }].flatMap(({ lang, phrases }) => {
      const plans = [...new Set(phrases)].flatMap((phrase) => phrasePlan(phrase) ?? [])
      if (plans.length === 0) return []
      return [{ op: 'and' as const, items: [{ op: 'term' as const, term: facet('lang', lang) }, anyOf(plans)] }]
    }),
  }
}

const anyOf = (plans: readonly Plan[]): Plan => (plans.length === 1 ? plans[0]! : { op: 'or', items: [...plans] })

function phrasePlan(phrase: string): Plan | null {
  const rows = phrase
    .split(' .. ')
    .map((row) => slotsOf(row, true))
    .filter((row) => row.length > 0)
  const [first, ...rest] = rows
  if (!first) return null
  if (rest.length > 0) {
    const place = rest.reduce<Place>(
      (left, row) => ({ left, right: { any: [row] }, distance: IN_GAP, ordered: true }),
      { any: [first] },
    )
    return { op: 'near', place: place as Extract<Place, { left: Place }> }
  }
  if (first.length > 1) return { op: 'phrase', slots: first }
  const [only] = first
  return only!.glob ? { op: 'glob', glob: only!.glob, among: 'words' } : { op: 'term', term: only!.norm! }
}
