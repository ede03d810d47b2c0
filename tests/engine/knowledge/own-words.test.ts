import { afterAll, beforeAll, expect, it } from 'vitest'
import { draftOf } from '#engine/connectors/draft.ts'
import type { Engine } from '#engine/engine.ts'
import type { Client } from '#engine/api/router.ts'
import { openTestEngine } from '#tests/support/engine.ts'

let engine: Engine
let officer: Client
let close: () => Promise<void>
beforeAll(async () => {
  const opened = await openTestEngine()
  engine = opened.engine
  close = opened.close
  engine.board.start()
  officer = engine.client()
})
afterAll(() => close())

let made = 0
async function hear(...texts: [lang: string, text: string][]): Promise<void> {
  const drafts = texts.map(([lang, text]) =>
    draftOf({ externalId: `x${++made}`, kind: 'post', text, lang, publishedAt: Date.now() - 60_000, raw: null }),
  )
  await engine.intake.push({ sourceId: 'src_test', network: 'mastodon', drafts })
  await engine.idle()
}
const found = async (query: string): Promise<string[]> =>
  (await officer.mentions.page({ filter: { query } })).items.map(({ mention }) => mention.text).sort()
const about = async (text: string): Promise<string[]> =>
  (await officer.mentions.page({ filter: {} })).items.find(({ mention }) => mention.text === text)!.mention.aspects

it('own products and words go all the way, in English and German, and back', async () => {
  const { undo, problems } = await officer.learning.saveAspects({
    text: 'Falcon X: falcon x, fx900, falke*\nTreueclub: loyalty circle, treueclub*',
  })
  expect(problems).toEqual([])
  await hear(
    ['en', 'The fx900 overheats and will not charge'],
    ['de', 'Mein Falke wird heiß und lädt nicht'],
    ['de', 'Treueclubpunkte weg'],
    ['en', 'what a lovely day'],
  )
  // What it is about.
  expect(await about('The fx900 overheats and will not charge')).toContain('Falcon X')
  expect(await about('Mein Falke wird heiß und lädt nicht')).toContain('Falcon X')
  expect(await about('Treueclubpunkte weg')).toContain('Treueclub')
  expect(await about('what a lovely day')).not.toContain('Falcon X')
  // Queries.
  const both = ['Mein Falke wird heiß und lädt nicht', 'The fx900 overheats and will not charge']
  expect(await found('aspect:"Falcon X"')).toEqual(both)
  expect(await found('concept:"falcon x"')).toEqual(both)
  expect(await found('concept:treueclub')).toEqual(['Treueclubpunkte weg'])
  const explained = await officer.listens.explain({ query: 'concept:"Falcon X"', locale: 'de' })
  expect(explained.problems).toEqual([])
  expect(explained.words).toContain('Falcon X')
  // Names that are offered, in either language, beside those of the lexicon.
  for (const [locale, label] of [
    ['en', 'card payment'],
    ['de', 'Kartenzahlung'],
  ] as const) {
    const known = await officer.learning.concepts({ locale })
    expect(known).toContainEqual({ id: 'Falcon X', kind: 'own', matter: null, label: 'Falcon X' })
    expect(known).toContainEqual({ id: 'card-payment', kind: 'part', matter: 'payment', label })
  }
  // Insights.
  const { aspects } = await officer.learning.aspectMoods({ from: 0, to: Date.now() })
  expect(aspects.find(({ aspect }) => aspect === 'Falcon X')).toMatchObject({ aspect: 'Falcon X' })

  const taken = await officer.cases.undo({ entry: undo! })
  expect(taken.cannot).toBeNull()
  expect(await officer.learning.aspects({})).toEqual([])
  await hear(['en', 'Another fx900 that hums'])
  expect(await about('Another fx900 that hums')).not.toContain('Falcon X')
  expect((await officer.learning.concepts({ locale: 'en' })).some(({ kind }) => kind === 'own')).toBe(false)
  // What was heard under the name keeps it.
  expect(await found('aspect:"Falcon X"')).toEqual(both)
})

it('a name that means nothing is refused with its line, and nothing is changed', async () => {
  const refused = await officer.learning.saveAspects({ text: 'Falcon X: falcon\nC: c++' })
  expect(refused).toMatchObject({
    aspects: [],
    undo: null,
    problems: [{ line: 2, message: { code: 'aspects.tooLittle' } }],
  })
})

it.each(['(.*', '"', '\u0000', '__proto__', 'constructor', '\ud800', '😡', 'a'.repeat(3000), ' ', '*', '..'])(
  'a query for the concept %j is answered',
  async (name) => {
    const query = `concept:"${name.replaceAll('"', '')}x"`
    const { valid } = await officer.listens.explain({ query, locale: 'de' })
    const answer = valid ? await found(query) : []
    expect(answer).toEqual([])
  },
)
