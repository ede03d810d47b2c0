import { cut } from '#shared/util/text-length.ts'
import type { z } from 'zod'
import type { Explanation } from '#shared/model/rule.ts'

/** A query may be long; its beginning says which it is. */
const MOST_NEEDS = 60

type Translate = (key: string, named: Record<string, unknown>) => string
type Count = (value: number) => string
const plain: Count = (value) => String(Math.round(value * 100) / 100)

/** Why a mention went where it went, one reason a line, in plain words. For hovers; the panel shows it as a list. */
export function explainRoute(why: z.infer<typeof Explanation>, t: Translate): string {
  return explainLines(why, t).join('\n')
}

export function explainLines(why: z.infer<typeof Explanation>, t: Translate, n = plain): string[] {
  const lines: string[] = []
  lines.push(
    why.ruleId && why.ruleOrder !== null
      ? t('why.rule', { order: why.ruleOrder, name: why.ruleName })
      : why.ruleName || t('why.noRule', {}),
  )
  if (why.suggestion) {
    const { deskName, certainty, threshold, precedents, words } = why.suggestion
    lines.push(
      t('why.suggestion', { desk: deskName, certainty: share(certainty), threshold: share(threshold), n: precedents }),
    )
    if (words.length) lines.push(quoted(words, t))
  }
  if (why.words.length) lines.push(t('why.words', { words: quoted(why.words, t) }))
  // The problem's id says nothing to a person; its mentions and people stand beside it.
  const facts = why.facts.filter((fact) => fact.fact !== 'problem' && fact.value !== null && fact.value !== '')
  if (facts.length)
    lines.push(
      t('why.facts', {
        facts: facts.map((fact) => `${factName(fact.fact, t)} ${factValue(fact.value, fact.fact, t, n)}`).join(' · '),
      }),
    )
  if (why.runnerUp) {
    lines.push(
      t(why.runnerUp.deskName ? 'why.runnerUp' : 'why.runnerUpNowhere', {
        desk: why.runnerUp.deskName ?? '',
        order: why.runnerUp.ruleOrder,
        name: why.runnerUp.ruleName,
      }),
    )
  }
  for (const flip of why.flips.slice(0, 3)) {
    const said = needsWords(flip, t)
    const needs = said.length > MOST_NEEDS ? `${cut(said, MOST_NEEDS)}…` : said
    lines.push(
      flip.fact === 'text'
        ? t('why.flipText', { needs })
        : flip.had === null
          ? t('why.flipUnknown', { fact: factName(flip.fact, t), needs })
          : t('why.flip', { fact: factName(flip.fact, t), had: factValue(flip.had, flip.fact, t, n), needs }),
    )
  }
  return lines
}

const quoted = (words: readonly string[], t: Translate): string =>
  words.map((word) => t('why.quoted', { word })).join(', ')
const share = (value: number): string => `${Math.round(value * 100)} %`

const factName = (fact: string, t: Translate) => {
  const words = t(`fact.${fact}`, {})
  return words === `fact.${fact}` ? fact : words
}
/** Where the names of a fact's values stand, when these are a closed list. */
const NAMES: Record<string, string> = { intent: 'board.intents', kind: 'board.kind', sentiment: 'sentiment' }

/** A value of a fact as a person calls it: an intent, a kind, a sentiment; anything else is its own name. */
export function factWord(fact: string, value: string, t: Translate): string {
  const key = NAMES[fact] ? `${NAMES[fact]}.${value}` : ''
  const words = key === '' ? value : t(key, {})
  return words === key ? value : words
}
/** The engine writes `not negative`, `complaint or legal`, `≥ 80`: what is a word in it as a person calls it. What a text needs is a query, and stays one. */
function needsWords({ fact, needs }: { fact: string; needs: string }, t: Translate): string {
  if (fact === 'text') return needs
  const not = needs.startsWith('not ')
  const values = (not ? needs.slice(4) : needs)
    .split(' or ')
    .map((value) => factWord(fact, value, t))
    .join(` ${t('why.or', {})} `)
  return not ? t('why.not', { values }) : values
}
function factValue(value: string | number | boolean | null, fact: string, t: Translate, n: Count): string {
  if (value === null) return '–'
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no', {})
  if (typeof value === 'number') return Number.isInteger(value) ? n(value) : plain(value)
  return factWord(fact, value, t)
}
