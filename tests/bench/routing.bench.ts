import { createReadStream } from 'node:fs'
import { parse } from 'csv-parse'
import { compileRules } from '#engine/routing/compile.ts'
import { evaluate, TRUE } from '#engine/routing/condition.ts'
import { decide } from '#engine/routing/decide.ts'
import { factsOf } from '#engine/routing/facts.ts'
import { starterDesks } from '#engine/starters/desks.ts'
import { starterRules } from '#engine/starters/rules.ts'
import type { Mention } from '#shared/model/mention.ts'
import type { Condition, Rule } from '#shared/model/rule.ts'
import { documentOfMention } from '#shared/query/document.ts'
import { dataFolder } from '#tests/support/data-folder.ts'
import { someMention } from '#tests/engine/routing/mentions.ts'

export interface Figure {
  name: string
  value: number
  unit: string
}

const desks = starterDesks('Europe/Berlin')
const places = ['berlin', 'newark', 'dallas', 'boston', 'denver', 'phoenix', 'london', 'austin', 'orlando', 'chicago']
const things = ['bag', 'baggage', 'seat', 'crew', 'refund', 'flight', 'gate', 'delay', 'delayed', 'cancelled', 'booking', 'website', 'wifi', 'voucher', 'miles', 'agent', 'phone', 'hold', 'email', 'meal'] // prettier-ignore
const langs = ['en', 'de', 'fr', 'es', 'it', 'pt']

/** A thousand rules as a large company has them: by product and place, by language and mood, by reach. */
export function thousandRules(): Rule[] {
  const own: Rule[] = Array.from({ length: 1000 - starterRules().length }, (_, i) => {
    const thing = things[i % things.length]
    const place = places[Math.floor(i / things.length) % places.length]
    const kinds: Condition[] = [
      { all: [{ query: `${thing} AND ${place}` }, { fact: 'sentiment', is: ['negative'] }] },
      {
        all: [
          { query: `"${thing} ${place}" OR "lost ${thing}"` },
          { fact: 'lang', is: [langs[i % langs.length] as string] },
        ],
      },
      { all: [{ query: `${thing} NEAR/4 (${place} OR case${i})` }, { fact: 'certainty', atLeast: 0.6 }] },
      { all: [{ fact: 'followers', atLeast: 1000 * (i % 50) + 5000 }, { query: `product${i} OR ${thing}` }] },
      {
        all: [{ fact: 'country', is: ['DE', 'AT'] }, { query: `line${i}*` }, { not: { fact: 'kind', is: ['repost'] } }],
      },
    ]
    return {
      id: `rule_own_${i}`,
      name: `Own rule ${i}`,
      group: 'Own',
      order: i + 1,
      enabled: true,
      when: kinds[i % kinds.length] as Condition,
      then: {
        deskId: 'desk_care',
        priority: 'normal',
        skills: [],
        hold: false,
        approval: false,
        tags: [],
        mute: false,
        alert: false,
      },
    }
  })
  return [...own, ...starterRules().map((rule) => ({ ...rule, order: rule.order + 10_000 }))]
}

/** Real posts when they are there, else made-up ones of the same length. */
export async function posts(most: number): Promise<Mention[]> {
  const file = dataFolder('airline/airline-dev.csv')
  const mentions: Mention[] = []
  if (file !== null) {
    const rows = createReadStream(file).pipe(parse({ columns: true, relax_column_count: true }))
    for await (const row of rows as AsyncIterable<Record<string, string>>) {
      mentions.push(mentionOf(row.text ?? '', row.airline_sentiment ?? 'neutral', mentions.length))
      if (mentions.length === most) break
    }
  }
  for (let i = 0; mentions.length < Math.min(most, 2000) || (mentions.length === 0 && i < most); i++) {
    const words = Array.from({ length: 18 }, (_, k) => things[(i * 7 + k * 3) % things.length])
    mentions.push(
      mentionOf(
        `${words.join(' ')} at ${places[i % places.length]}`,
        ['negative', 'neutral', 'positive'][i % 3] as string,
        i,
      ),
    )
  }
  return mentions
}

const mentionOf = (text: string, label: string, i: number): Mention =>
  someMention({
    text,
    sentiment: { label: label as 'negative', score: 0, confidence: 0.5 + (i % 50) / 100, words: [], model: 'bench' },
    author: { id: `a${i}`, handle: `a${i}`, name: null, url: null, followers: (i * 37) % 4000 },
    listenIds: ['lis_1'],
  })

/** Decisions a second with 1,000 rules, tokenizing and explaining included, beside trying every rule in order. */
export default async function routing(): Promise<Figure[]> {
  const mentions = await posts(10_000)
  const compiled = compileRules(thousandRules(), desks)
  const known = { timeZone: 'Europe/Berlin', authorMentions: 0, authorCases: 0 }
  const perSecond = (count: number, work: (mention: Mention) => void): number => {
    for (const mention of mentions.slice(0, 500)) work(mention)
    const from = performance.now()
    for (let i = 0; i < count; i++) work(mentions[i % mentions.length] as Mention)
    return Math.round((count / (performance.now() - from)) * 1000)
  }
  let routed = 0
  const indexed = perSecond(mentions.length * 3, (mention) => {
    if (decide(compiled, factsOf(mention, known), documentOfMention(mention)).rule) routed++
  })
  const naive = perSecond(Math.min(2000, mentions.length), (mention) => {
    const facts = factsOf(mention, known)
    const doc = documentOfMention(mention)
    const asked = {
      facts,
      doc,
      answers: compiled.answers.fill(0),
      ofText: new Uint32Array(0),
      deskId: null as string | null,
    }
    let found = 0
    for (const { when, rule } of compiled.rules) {
      asked.deskId = rule.then.deskId
      if (evaluate(when, asked) === TRUE && ++found === 2) break
    }
  })
  if (routed === 0) throw new Error('No rule decided: the bench measures nothing')
  return [
    { name: 'routing: decisions with 1,000 rules, with explanation', value: indexed, unit: '1/s' },
    { name: 'routing: every rule in order, without explanation (naive)', value: naive, unit: '1/s' },
  ]
}
