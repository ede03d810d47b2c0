import Database from 'better-sqlite3'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Draft } from '#shared/model/mention.ts'
import { inEnglish } from '#shared/words/words.ts'
import { createEngine, type Engine } from '#engine/engine.ts'
import { temporaryFolder, testDeps } from '#tests/support/engine.ts'
import { somebody } from '../engine/cases/house.ts'

const draft = (n: number): Draft => ({
  externalId: `m${n}`,
  kind: 'post',
  text: `Kaffora number ${n} is broken, I want a refund, terrible`,
  title: null,
  url: `https://x.example/${n}`,
  author: { id: `a${n}`, handle: `@a${n}`, name: null, url: null, followers: 3 },
  publishedAt: Date.now() - 60_000,
  lang: 'en',
  country: null,
  threadId: null,
  inReplyTo: null,
  engagement: null,
  links: ['https://x.example/link'],
  media: [],
  private: false,
  raw: null,
})

/** Five mentions with a case each, prepared once; each test spoils a copy of its own. */
let prepared: { path: string; remove(): void }
let folder: { path: string; remove(): void }
let engine: Engine
const open = async (): Promise<void> => {
  engine = await createEngine(testDeps(folder.path))
  engine.board.start()
}
/** As a bad sector, or another program, leaves it: changed while no station runs, which is then started. */
async function spoil(sql: string): Promise<number> {
  const db = new Database(join(folder.path, 'earshot.db'))
  db.exec('DROP TRIGGER journal_keeps')
  const { changes } = db.prepare(sql).run()
  db.exec(`CREATE TRIGGER journal_keeps BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'journal entries are never changed'); END`)
  db.close()
  await open()
  return changes
}
const filter = {}

beforeAll(async () => {
  prepared = temporaryFolder('broken')
  folder = prepared
  await open()
  const officer = engine.client()
  await officer.listens.save({ name: 'Ours', colour: 1, query: 'kaffora', enabled: true, routed: true })
  await engine.intake.push({ sourceId: 'src', network: 'mastodon', drafts: [1, 2, 3, 4, 5].map(draft) })
  await engine.idle()
  const { items } = await officer.mentions.page({ filter: {} })
  for (const { mention, case: known } of items)
    if (!known) await officer.cases.open({ mentionId: mention.id, deskId: 'desk_care', priority: 'high' })
  await engine.stop()
})
afterAll(() => prepared.remove())
beforeEach(() => {
  folder = temporaryFolder('broken')
  cpSync(prepared.path, folder.path, { recursive: true })
})
afterEach(async () => {
  await engine.stop()
  folder.remove()
})

describe('one row that cannot be read', () => {
  it.each([
    [
      'a character cut from an explanation',
      `UPDATE cases SET explanation = substr(explanation, 1, length(explanation) - 1) WHERE seq = 2`,
    ],
    ['tags of another program', `UPDATE cases SET tags = 'urgent' WHERE seq = 1`],
    ['a promise that is no JSON', `UPDATE cases SET promise = '{', state = 'replied' WHERE seq = 3`],
    ['noise', `UPDATE cases SET skills = 'ÿþ' WHERE seq = 5`],
  ])('of cases (%s) is named and left out; the board shows the others', async (_name, sql) => {
    expect(await spoil(sql)).toBe(1)
    const officer = engine.client()
    const { items } = await officer.cases.page({ filter })
    expect(items).toHaveLength(4)
    expect((await officer.cases.page({ filter: { query: 'kaffora' } })).items).toHaveLength(4)
    expect((await officer.cases.page({ filter: { tags: ['vip'] } })).items).toEqual([])
    expect(await officer.charts.waiting({ limit: 50 })).not.toEqual([])
    expect(inEnglish(engine.status().storeProblem!)).toMatch(/left out \(1\): cases \S+/)
    const report = await engine.store.verify()
    expect(report.problems.join('\n')).toMatch(/rows: 1 cannot be read: cases/)
  })

  it.each([
    ['what drives a mood', `UPDATE mention SET driving = '[[' WHERE seq = 2`],
    ['links', `UPDATE mention SET links = 'https://x.example' WHERE seq = 2`],
    ['an intent', `UPDATE mention SET intent = '{"label":' WHERE seq = 2`],
    ['aspects', `UPDATE mention SET aspects = '[1' WHERE seq = 2`],
  ])('of mentions (%s) is shown without that part', async (_name, sql) => {
    expect(await spoil(sql)).toBe(1)
    const officer = engine.client()
    const page = await officer.mentions.page({ filter: {} })
    expect(page.items).toHaveLength(5)
    expect((await officer.cases.page({ filter })).items).toHaveLength(5)
    expect((await engine.store.verify()).problems.join('\n')).toMatch(/mention 2/)
  })

  it.each([
    ['desks', `UPDATE desks SET body = '{"id":' WHERE id = 'desk_press'`],
    ['rules', `UPDATE rules SET body = '' WHERE position = (SELECT min(position) FROM rules)`],
    ['canned replies', `UPDATE canned_replies SET body = 'null' WHERE id = (SELECT min(id) FROM canned_replies)`],
    [
      'the journal',
      `UPDATE journal SET data = '{"after":{' WHERE seq = (SELECT min(seq) FROM journal WHERE kind = 'case.opened')`,
    ],
    ['settings', `INSERT OR REPLACE INTO settings (name, value) VALUES ('brand', '{')`],
  ])('of %s does not keep the station from starting, nor from showing the rest', async (_name, sql) => {
    expect(await spoil(sql)).toBe(1)
    const officer = engine.client()
    expect((await officer.cases.page({ filter })).items).toHaveLength(5)
    expect((await officer.desks.list()).length).toBeGreaterThan(3)
    for (const { case: known } of (await officer.cases.page({ filter })).items)
      await officer.cases.get({ id: known!.id })
    expect((await engine.store.verify()).problems).not.toEqual([])
    const stream = await officer.cases.notices()
    expect((await stream.next()).done).toBe(false)
    await stream.return?.()
    await officer.desks.learned()
    await engine.intake.push({ sourceId: 'src', network: 'mastodon', drafts: [draft(9)] })
    await engine.idle()
    await engine.store.indexed()
    expect((await officer.mentions.page({ filter: { query: 'number 9' } })).items).not.toEqual([])
  })
})

it('a person who cannot be read is named by who it is, and not by what is left of the row', async () => {
  await open()
  const saved = await engine.client().desks.savePerson(somebody('Mira', { email: 'mira@example.org' }))
  await engine.stop()
  expect(await spoil(`UPDATE people SET body = '{"name":"Mira","email":"mira@example.org' WHERE name = 'Mira'`)).toBe(1)
  const { items } = await engine.client().desks.people({})
  expect(items.map(({ person }) => person.name)).not.toContain('Mira')
  expect(inEnglish(engine.status().storeProblem!)).toContain(`people ${saved.id}`)
  expect(inEnglish(engine.status().storeProblem!)).not.toContain('mira@')
  // The page that it stood on is shorter, and not the last one for that.
  await engine
    .client()
    .desks.savePerson({ ...saved, id: undefined, name: `Nora ${'o'.repeat(150)}`, email: 'nora@example.org' })
  await engine
    .client()
    .desks.savePerson({ ...saved, id: undefined, name: `Nora ${'o'.repeat(150)}`, email: 'n2@example.org' })
  const seen: string[] = []
  for (let after: string | null = null, pages = 0; pages < 20; pages++) {
    const page = await engine.client().desks.people({ after, limit: 1 })
    seen.push(...page.items.map(({ person }) => person.name))
    after = page.next
    if (after === null) break
  }
  expect(seen.filter((name) => name.startsWith('Nora'))).toHaveLength(2)
})

it('a sound store says nothing of rows', async () => {
  await open()
  expect(engine.status().storeProblem).toBeNull()
  expect((await engine.store.verify()).problems).toEqual([])
})
