import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { afterAnswerRows, rowsOf } from '#laboratory/after-answer-examples.ts'
import { corpusIntents, corpusKinds, corpusLanguages, readCorpus, runsOf } from '#laboratory/corpus.ts'
import { temporaryFolder, projectRoot } from '#tests/support/engine.ts'
import { dataFolder } from '#tests/support/data-folder.ts'

const dir = join(projectRoot, 'resources/corpus')
const publicData = dataFolder('sentiment') === null ? null : dirname(dataFolder('sentiment')!)
/** As the card says. */
const LEAST = {
  texts: 12_000,
  en: 3000,
  de: 2000,
  language: 1000,
  intent: 400,
  kind: 500,
  industries: 48,
  faults: 480,
  marked: 0.2,
}
const texts = await readCorpus(dir)
const countsOf = (keys: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

describe('the desk corpus', () => {
  it('has every language, kind and intent in the numbers that its card names', () => {
    const languages = countsOf(texts.map(({ lang }) => lang))
    const intents = countsOf(texts.flatMap(({ intents }) => intents))
    const kinds = countsOf(texts.map(({ kind }) => kind))
    expect(texts.length).toBeGreaterThanOrEqual(LEAST.texts)
    expect(languages.get('en')).toBeGreaterThanOrEqual(LEAST.en)
    expect(languages.get('de')).toBeGreaterThanOrEqual(LEAST.de)
    for (const lang of corpusLanguages) expect(languages.get(lang), lang).toBeGreaterThanOrEqual(LEAST.language)
    for (const intent of corpusIntents) expect(intents.get(intent), intent).toBeGreaterThanOrEqual(LEAST.intent)
    for (const kind of corpusKinds) expect(kinds.get(kind), kind).toBeGreaterThanOrEqual(LEAST.kind)
  })

  it('is of many trades and faults, each fault in several languages', () => {
    const industries = new Set(texts.map(({ industry }) => industry))
    const faults = new Map<string, Set<string>>()
    for (const { part, group, lang } of texts)
      if (part !== null) faults.set(group, (faults.get(group) ?? new Set()).add(lang))
    expect(industries.size).toBeGreaterThanOrEqual(LEAST.industries)
    expect(faults.size).toBeGreaterThanOrEqual(LEAST.faults)
    expect([...faults.values()].filter((languages) => languages.size >= 5).length).toBeGreaterThan(0.95 * faults.size)
  })

  it('is split by industry: nothing of a trade that is measured was learned from', () => {
    const splits = new Map<string, Set<string>>()
    for (const { industry, split } of texts) splits.set(industry, (splits.get(industry) ?? new Set()).add(split))
    for (const [industry, of] of splits) expect(of.size, industry).toBe(1)
    const check = texts.filter(({ split }) => split === 'check').length
    expect(check / texts.length).toBeGreaterThan(0.15)
    expect(check / texts.length).toBeLessThan(0.35)
  })

  it('has a fifth of texts whose mood turns on a negation, an irony or a name', () => {
    expect(texts.filter(({ marks }) => marks.length > 0).length / texts.length).toBeGreaterThanOrEqual(LEAST.marked)
  })

  it('says nothing twice: no two texts share a run of six words', () => {
    const met = new Map<string, string>()
    const twice: string[] = []
    for (const { text } of texts) {
      const runs = new Set(runsOf(text))
      for (const run of runs) if (met.has(run)) twice.push(`${run}: ${text}`)
      for (const run of runs) met.set(run, text)
    }
    expect(twice).toEqual([])
  })

  it.each([
    ['after-the-answer-registers.tsv', 3000],
    ['after-the-answer-turns.tsv', 1500],
    ['after-the-answer-check.tsv', 240],
  ] as const)('has messages after an answer in %s that say nothing that another text says', async (name, least) => {
    const own = (await rowsOf(dir, name)).map(({ text }) => text)
    expect(own.length).toBeGreaterThanOrEqual(least)
    const met = new Set<string>()
    const others = new Set(own)
    for (const { text } of [...texts, ...(await afterAnswerRows(dir)).filter(({ text }) => !others.has(text))])
      for (const run of runsOf(text)) met.add(run)
    const twice: string[] = []
    for (const text of own) {
      const runs = new Set(runsOf(text))
      for (const run of runs) if (met.has(run)) twice.push(`${run}: ${text}`)
      for (const run of runs) met.add(run)
    }
    expect(twice).toEqual([])
  })

  it.skipIf(publicData === null)(
    'shares no run of six words with public data, and neither do messages after an answer',
    async () => {
      const own = new Map<string, string>()
      for (const { text } of [...texts, ...(await afterAnswerRows(dir))])
        for (const run of runsOf(text)) own.set(run, text)
      const found: string[] = []
      for (const file of globSync('**/*.{csv,tsv,json,jsonl,ndjson,txt}', { cwd: publicData! })) {
        for (const line of readFileSync(join(publicData!, file), 'utf8').split('\n'))
          if (line.length < 20_000) for (const run of runsOf(line)) if (own.has(run)) found.push(`${file}: ${run}`)
      }
      expect(found).toEqual([])
    },
  )
})

describe('a corpus file that is wrong', () => {
  const read = async (content: string): Promise<unknown> => {
    const folder = temporaryFolder('corpus')
    writeFileSync(join(folder.path, 'a.txt'), content)
    try {
      return await readCorpus(folder.path).catch((error: Error) => error.message)
    } finally {
      folder.remove()
    }
  }
  const head = '@ bakery | Crumb & Sons | train\n= complaint | part: oven | symptom: stays cold\n'

  it('is read with its bars and empty marks', async () => {
    expect(await read(`${head}en | post | - | complaint,churn |  | cold | again\n`)).toEqual([
      {
        industry: 'bakery', split: 'train', group: 'a.txt:2', part: 'oven', symptom: 'stays cold', lang: 'en', kind: 'post',
        mood: 'negative', intents: ['complaint', 'churn'], marks: [], text: 'cold | again',
      },
    ]) // prettier-ignore
  })

  it.each([
    ['en | post | - | complaint', 'six fields'],
    ['xx | post | - | complaint |  | text', 'no language'],
    ['en | post | ? | complaint |  | text', 'no mood'],
    ['en | post | - | anger |  | text', 'no intent'],
    ['en | post | - | complaint | z | text', 'no mark'],
    ['en | post | - | complaint |  |  ', 'empty'],
  ])('is named with its line: %s', async (line, why) => {
    expect(await read(head + line)).toMatch(new RegExp(`a.txt.*3.*${why}`, 's'))
  })

  it('needs an industry with its part, and a block', async () => {
    expect(await read('@ bakery | Crumb\n')).toContain('train or check')
    expect(await read('en | post | - | complaint |  | text\n')).toContain('stands in a block')
  })
})
