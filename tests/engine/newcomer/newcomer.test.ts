import { beforeAll, describe, expect, it } from 'vitest'
import type { CaseCard } from '#shared/contract/cases.ts'
import type { Problem } from '#shared/model/problem.ts'
import { openTestEngine } from '#tests/support/engine.ts'
import { bank, coffee, csvOf, software } from './files.ts'

interface Found {
  case(words: string): CaseCard['case'] | undefined
  /** What each alert of a rule or of somebody with reach cites. */
  cited: string[][]
  problems: (Problem & { texts: string[] })[]
}

/** A station that has heard nothing yet imports the file, and hears all of it. */
async function imported(rows: Parameters<typeof csvOf>[0]): Promise<Found> {
  const { engine, close } = await openTestEngine()
  try {
    engine.board.start()
    const officer = engine.client()
    await officer.listens.save({ name: 'All', query: 'lang:en OR lang:de OR lang:und', colour: 1, enabled: true, routed: true }) // prettier-ignore
    await officer.sources.importFile({ file: csvOf(rows, Date.now()), name: 'posts.csv', sourceName: 'Posts', live: true }) // prettier-ignore
    await engine.idle()
    const { items } = await officer.cases.page({ filter: {}, limit: 500 })
    const problems = await officer.problems.list({ since: 0, withClosed: true, limit: 50 })
    const texts = async ({ id }: Problem): Promise<string[]> =>
      (await officer.problems.mentions({ id, limit: 50 })).map(({ mention }) => mention.text)
    engine.watch.look()
    const { alerts } = await officer.alerts.list({})
    const words = alerts.filter(({ kind }) => kind === 'rule' || kind === 'influencer')
    const cited = async (id: string): Promise<string[]> =>
      (await officer.alerts.one({ id })).mentions.map(({ mention }) => mention.text)
    return {
      case: (words) => items.find(({ mention }) => mention.text.includes(words))?.case,
      cited: await Promise.all(words.map(({ id }) => cited(id))),
      problems: await Promise.all(problems.map(async (one) => ({ ...one, texts: await texts(one) }))),
    }
  } finally {
    await close()
  }
}
describe.each([
  [
    'coffee',
    coffee,
    'piece of metal',
    'croissant',
    [
      [/log(ging)? me out|log ?in/i, /log|anmelden/i],
      [/^order does not arrive$/i, /not arrived/],
    ],
  ],
  [
    'a bank',
    bank,
    'broke my toe',
    'quarterly figures',
    [
      [/card declined/i, /declined|abgelehnt/i],
      [/^app is broken since the update$/i, /app shows/],
    ],
  ],
  [
    'software',
    software,
    'burned my hand',
    'notes to follow',
    [
      [/^PDF file crashes$|export crashes/i, /PDF/],
      [/absätze/i, /Absätze/],
      [/licence key.*(rejected|accepted)/i, /licence key/i],
    ],
  ],
] as const)('twenty rows about %s', (_, rows, danger, neutral, problems) => {
  let found: Found
  beforeAll(async () => {
    found = await imported(rows)
  })

  it('who is hurt and goes to the press is at the legal desk, urgent, before any desk that mends', () => {
    expect(found.case(danger)).toMatchObject({ deskId: 'desk_legal', priority: 'urgent' })
    expect(found.cited).toEqual([[expect.stringContaining(danger)]])
  })

  it('a widely heard post that complains of nothing is a card for the officer and no alarm', () => {
    expect(found.case(neutral)).toMatchObject({ state: 'new', held: true, deskId: null, priority: 'normal' })
    expect(JSON.stringify(found.cited)).not.toContain(neutral)
  })
  it('a problem is one matter, named by what is wrong', () => {
    expect(found.problems).toHaveLength(problems.length)
    for (const [name, about] of problems) {
      const one = found.problems.find(({ label }) => name.test(label))
      expect(one?.label, `${found.problems.map(({ label }) => label)}`).toMatch(name)
      for (const text of one!.texts) expect(text).toMatch(about)
    }
  })
})
