import { afterEach, describe, expect, it, vi } from 'vitest'
import type { JournalEntry } from '#shared/model/journal.ts'
import type { Draft, Mention } from '#shared/model/mention.ts'
import { mentionId } from '#shared/util/ids.ts'
import { fileBytes } from '#engine/platform/file-bytes.ts'
import { connectionOf } from '#engine/store/connections.ts'
import { createMentionDecisions } from '#engine/journal/mention-decisions.ts'
import { createKnowledge, type Knowledge } from '#engine/knowledge/knowledge.ts'
import { entryBySeq, lastEntrySeq } from '#engine/store/queries/journal.ts'
import { mentionsAfter } from '#engine/store/queries/mentions.ts'
import { memberOf } from '#engine/store/queries/problems.ts'
import { lexiconFile } from '#engine/understanding/concepts/lexicon.ts'
import { createUnderstanding, type Learned } from '#engine/understanding/understand.ts'
import { draft, noon, openTestStation, type TestStation } from '#tests/engine/store/station.ts'
import { shippedModels } from '#tests/engine/understanding/models.ts'
import { testPaths } from '#tests/support/paths.ts'

const officer = { kind: 'officer', id: 'officer', name: 'Mia' } as const
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

interface Bench {
  station: TestStation
  knowledge: Knowledge
  handed: Learned[]
  hear(drafts: Partial<Draft>[], network?: string): Promise<Mention[]>
}

const knowledgeOf = (station: TestStation, handed: Learned[]): Knowledge =>
  createKnowledge({
    store: station.store,
    clock: station.clock,
    model: () => shippedModels().sentiment,
    hand: (learned) => handed.push(learned),
  })

function bench(): Bench {
  const station = openTestStation()
  closing.push(() => station.close())
  const handed: Learned[] = []
  const made: Bench = {
    station,
    knowledge: knowledgeOf(station, handed),
    handed,
    /** Stores mentions and takes them in as routing does: in one transaction. */
    async hear(drafts, network = 'mastodon') {
      const from = (
        connectionOf(station.store).prepare('SELECT coalesce(max(seq), 0) AS seq FROM mention').get() as { seq: number }
      ).seq
      await station.push(
        drafts.map((more) => draft(more)),
        { sourceId: `src_${network}`, network },
      )
      const mentions = mentionsAfter(station.store, from, 1000)
      station.store.transaction(() => mentions.forEach((mention) => made.knowledge.known(mention, [120])))
      return mentions
    },
  }
  return made
}

const by = (id: string, more: object = {}) => ({
  author: { id, handle: `@${id}`, name: null, url: null, followers: null, ...more },
})
const lastEntry = ({ store }: TestStation): JournalEntry => entryBySeq(store, lastEntrySeq(store))!

const hot = [
  'the new charger gets so hot I cannot touch it, terrible',
  'my charger is burning hot since the update, awful',
  'hot charger again, smells burnt, this is bad',
]
const late = ['my parcel was not delivered, worst service', 'parcel still not delivered, this is awful']

describe('problems', () => {
  it('grow out of complaints by several people and are known to routing', async () => {
    const { knowledge, hear, station } = bench()
    const mentions = await hear([
      { text: hot[0]!, ...by('a') },
      { text: late[0]!, ...by('b') },
      { text: hot[1]!, ...by('c') },
      { text: hot[2]!, ...by('a') },
      { text: 'thank you for the lovely evening, great service', ...by('d') },
    ])
    const list = knowledge.problems.list({ since: 0, withClosed: false, limit: 10 })
    expect(list).toHaveLength(1)
    expect(list[0]).toMatchObject({
      mentions: 3,
      authors: 2,
      networks: ['mastodon'],
      state: 'open',
      lastHour: 3,
      growth: null,
    })
    expect(list[0]!.label).toContain('charger')
    expect(knowledge.problems.of(mentions[3]!, [120])).toMatchObject({
      problemId: list[0]!.id,
      problemMentions: 3,
      problemCounts: [{ withinMinutes: 120, mentions: 3, authors: 2 }],
    })
    expect(knowledge.problems.of(mentions[4]!, [120])).toBeNull()
    station.clock.advance(3 * 3_600_000)
    expect(knowledge.problems.list({ since: 0, withClosed: false, limit: 10 })[0]).toMatchObject({
      lastHour: 0,
      growth: 0,
    })
  })

  it('are sorted by the slower look, which says why, can be taken back and overrules nobody', async () => {
    const made = bench()
    const { hear, station, knowledge } = made
    const { problems } = knowledge
    const mentions = await hear([...hot, ...late].map((text, at) => ({ text, ...by(`p${at}`) })))
    const [one, other] = problems.list({ since: 0, withClosed: false, limit: 10 })
    const numberOf = (id: string): number => Number.parseInt(id.slice(4), 36)
    const seqs = (id: string): number[] => problems.mentions(id, 100)
    const move = {
      seqs: seqs(other!.id),
      from: numberOf(other!.id),
      to: numberOf(one!.id),
      group: 1,
      whole: true,
      because: ['charger', 'overheats'],
    }
    problems.sort([move])
    expect(problems.list({ since: 0, withClosed: false, limit: 10 })).toMatchObject([{ id: one!.id, mentions: 5 }])
    const entry = lastEntry(station)
    expect(entry).toMatchObject({
      kind: 'problem.changed',
      actor: { kind: 'engine' },
      data: { change: 'merge', to: one!.id, because: ['charger', 'overheats'] },
    })
    expect(problems.changes(one!.id, 10)).toEqual([entry])
    expect(problems.changes(other!.id, 10)).toEqual([entry])
    // Nothing of it is left to do.
    problems.sort([move])
    expect(lastEntry(station)).toEqual(entry)
    problems.undo(entry.seq, officer)
    expect(problems.get(other!.id)).toMatchObject({ state: 'open', mentions: 2 })
    const undone = lastEntry(station)
    problems.sort([move])
    expect(lastEntry(station)).toEqual(undone)
    expect(problems.get(other!.id).mentions).toBe(2)
    // Some of one problem become another; taken back, they are where they were.
    const [first] = mentions
    problems.sort([{ ...move, seqs: [first!.seq], from: numberOf(one!.id), to: null, whole: false }])
    expect(problems.get(one!.id).mentions).toBe(2)
    expect(lastEntry(station).data).toMatchObject({ change: 'split', moved: [first!.id] })
    problems.undo(lastEntry(station).seq, officer)
    expect(problems.get(one!.id).mentions).toBe(3)
  })

  it('are the same after a restart', async () => {
    const made = bench()
    await made.hear([
      { text: hot[0]!, ...by('a') },
      { text: hot[1]!, ...by('b') },
    ])
    await made.station.restart()
    made.knowledge = knowledgeOf(made.station, made.handed)
    await made.hear([{ text: hot[2]!, ...by('c') }])
    expect(made.knowledge.problems.list({ since: 0, withClosed: false, limit: 5 })).toMatchObject([
      { mentions: 3, authors: 3 },
    ])
  })

  it('keep what officers decide, and give it back', async () => {
    const { knowledge, hear, station } = bench()
    await hear([
      ...hot.map((text, at) => ({ text, ...by(`h${at}`) })),
      ...late.map((text, at) => ({ text, ...by(`l${at}`) })),
    ])
    const { problems } = knowledge
    const [one, other] = problems.list({ since: 0, withClosed: false, limit: 5 })
    const named = problems.rename(one!.id, 'Hot charger', officer)
    const merged = problems.merge(other!.id, one!.id, officer)
    expect(problems.get(one!.id)).toMatchObject({ label: 'Hot charger', named: true, mentions: 5 })
    await hear([{ text: 'parcel not delivered again, awful', ...by('z') }])
    expect(problems.get(one!.id)).toMatchObject({ label: 'Hot charger', mentions: 6 })
    problems.undo(merged, officer)
    expect(problems.get(other!.id)).toMatchObject({ state: 'open', mentions: 2 })
    problems.undo(named, officer)
    expect(problems.get(one!.id).named).toBe(false)
    problems.close(one!.id, officer)
    expect(problems.list({ since: 0, withClosed: false, limit: 5 }).map(({ id }) => id)).not.toContain(one!.id)
    station.clock.advance(60_000)
    await hear([{ text: hot[1]!, ...by('late') }])
    expect(problems.get(one!.id)).toMatchObject({ state: 'closed' })
  })

  it('are taken apart by an officer', async () => {
    const { knowledge, hear, station } = bench()
    const mentions = await hear(hot.map((text, at) => ({ text, ...by(`h${at}`) })))
    const { problems } = knowledge
    const [whole] = problems.list({ since: 0, withClosed: false, limit: 5 })
    const { problem, undo } = problems.split(whole!.id, [mentions[0]!.id], 'Only mine', officer)
    expect(problem).toMatchObject({ label: 'Only mine', mentions: 1 })
    expect(problems.get(whole!.id).mentions).toBe(2)
    problems.undo(undo, officer)
    expect(problems.get(whole!.id).mentions).toBe(3)
    expect(() => problems.split(whole!.id, [mentionId(station.store.stationId, 999)], '', officer)).toThrow(
      /None of these/,
    )
    expect(() => problems.merge(whole!.id, whole!.id, officer)).toThrow(/itself/)
    expect(() => problems.get('prb_zzz')).toThrow(/no such problem/)
  })
})

describe('problems that an officer took apart', () => {
  const hose = ['the machine leaks at the hose, awful', 'water everywhere, the hose of the machine leaks, bad', 'machine leaks again at the hose, terrible'] // prettier-ignore
  const tank = ['the machine leaks under the tank, awful', 'water everywhere, the tank of the machine leaks, bad', 'machine leaks again at the tank, terrible'] // prettier-ignore

  it('stay apart for what is heard later, also after a restart, until it is taken back', async () => {
    const made = bench()
    const mentions = await made.hear([...hose, ...tank].map((text, at) => ({ text, ...by(`w${at}`) })))
    const [whole] = made.knowledge.problems.list({ since: 0, withClosed: false, limit: 5 })
    expect(whole!.mentions).toBe(6)
    const tanks = mentions.slice(3).map(({ id }) => id)
    const { problem, undo } = made.knowledge.problems.split(whole!.id, tanks, 'Tank', officer)
    const home = async (text: string, id: string): Promise<string | undefined> => {
      const [mention] = await made.hear([{ text, ...by(id) }])
      return made.knowledge.problems.of(mention!, [])?.problemId
    }
    expect(await home('my machine leaks from the tank, horrible', 'n1')).toBe(problem.id)
    expect(await home('my machine leaks from the hose, horrible', 'n2')).toBe(whole!.id)
    await made.station.restart()
    made.knowledge = knowledgeOf(made.station, made.handed)
    expect(await home('the tank leaks, a bad machine', 'n3')).toBe(problem.id)
    expect(await home('the hose leaks, a bad machine', 'n4')).toBe(whole!.id)
    made.knowledge.problems.undo(undo, officer)
    expect(await home('the tank of this machine leaks, horrible', 'n5')).toBe(whole!.id)
  })

  it('count the same, whether they are remembered or asked of the store', async () => {
    const made = bench()
    const texts = [...hot, ...hot, ...hot]
    const mentions: Mention[] = []
    for (const [at, text] of texts.entries()) {
      made.station.clock.advance(20 * 60_000)
      mentions.push(...(await made.hear([{ text: `${text} ${at}`, ...(at % 4 === 0 ? {} : by(`p${at % 3}`)) }])))
    }
    const windows = [30, 60, 120]
    const remembered = mentions.map((mention) => made.knowledge.problems.of(mention, windows))
    const fresh = knowledgeOf(made.station, made.handed)
    expect(mentions.toReversed().map((mention) => fresh.problems.of(mention, windows))).toEqual(remembered.toReversed())
    expect(remembered.at(-1)).toMatchObject({
      problemMentions: 9,
      problemCounts: [{ mentions: 2 }, { mentions: 4 }, { mentions: 7 }],
    })
  })

  it('forget what was counted in a transaction that failed', async () => {
    const made = bench()
    const [first] = await made.hear([{ text: hot[0]!, ...by('a') }, { text: hot[1]!, ...by('b') }]) // prettier-ignore
    await made.station.push([draft({ text: hot[2]!, ...by('c') })])
    const [late] = mentionsAfter(made.station.store, first!.seq + 1, 1)
    const failing = (): void =>
      made.station.store.transaction(() => {
        made.knowledge.known(late!, [60])
        throw new Error('the disk is full')
      })
    expect(failing).toThrow(/disk/)
    expect(made.knowledge.problems.of(first!, [60])).toMatchObject({ problemMentions: 2, problemAuthors: 2 })
    made.station.store.transaction(() => made.knowledge.known(late!, [60]))
    expect(made.knowledge.problems.of(first!, [60])).toMatchObject({ problemMentions: 3, problemAuthors: 3 })
  })
})

describe('persons', () => {
  const lena = { name: 'Lena Krause' }
  it('are put together across networks where there is next to no doubt, and apart again for good', async () => {
    const { knowledge, hear } = bench()
    await hear([{ text: late[0]!, ...by('lenakrause87', lena) }])
    const [there] = await hear([{ text: late[1]!, ...by('lenakrause87', lena) }], 'bluesky')
    const view = knowledge.persons.view(there!.seq)
    expect(
      view.accounts
        .filter(({ linked }) => linked)
        .map(({ network }) => network)
        .sort(),
    ).toEqual(['bluesky', 'mastodon'])
    expect(view).toMatchObject({ mentions: 2 })
    expect(knowledge.persons.historyOf(there!)).toEqual({ authorMentions: 1, authorCases: 0 })
    const account = view.accounts.find(({ network }) => network === 'mastodon')!
    expect(account.because).toEqual(['sameHandle', 'sameName'])
    const entry = knowledge.persons.unlink(there!.seq, account.key, officer)
    expect(knowledge.persons.view(there!.seq)).toMatchObject({ personId: null, accounts: [{ network: 'bluesky' }] })
    const [again] = await hear([{ text: hot[0]!, ...by('lenakrause87', lena) }], 'bluesky')
    expect(knowledge.persons.view(again!.seq).personId).toBeNull()
    knowledge.persons.undo(entry, officer)
    expect(knowledge.persons.view(again!.seq)).toMatchObject({ mentions: 3 })
  })

  it('are suggested where it is only likely, and linked by an officer', async () => {
    const { knowledge, hear } = bench()
    await hear([{ text: late[0]!, ...by('lenakrause') }])
    const [there] = await hear([{ text: late[1]!, ...by('lenakrause') }], 'bluesky')
    const [, suggestion] = knowledge.persons.view(there!.seq).accounts
    expect(suggestion).toMatchObject({ linked: false, network: 'mastodon', because: ['sameHandle'] })
    const entry = knowledge.persons.link(there!.seq, suggestion!.key, officer)
    expect(knowledge.persons.view(there!.seq).accounts.every(({ linked }) => linked)).toBe(true)
    knowledge.persons.undo(entry, officer)
    expect(knowledge.persons.view(there!.seq).personId).toBeNull()
    expect(() => knowledge.persons.link(there!.seq, '12345', officer)).toThrow(/no such account/)
  })
})

describe('influence of authors', () => {
  it('is kept with the author and counted once a mention', async () => {
    const { knowledge, hear } = bench()
    const engagement = { likes: 500, reposts: 100, replies: 50 }
    const [one] = await hear([{ text: late[0]!, ...by('star', { followers: 90_000 }), engagement }])
    const first = knowledge.influence.of(one!)
    expect(first!.total).toBeGreaterThan(80)
    expect(knowledge.influence.of(one!)).toEqual(first)
    const [nobody] = await hear([{ text: late[1]! }])
    expect(knowledge.influence.of(nobody!)).toBeNull()
  })
})

describe('learning from officers', () => {
  it('bends new labels, shows what it learned, checks itself, forgets and comes back', async () => {
    const { knowledge, hear, station, handed } = bench()
    const { learning } = knowledge
    const decisions = createMentionDecisions({ store: station.store, clock: station.clock })
    learning.refresh()
    const words = ['sick', 'insane', 'filthy', 'wicked']
    const mentions = await hear(
      Array.from({ length: 12 }, (_, at) => ({
        text: `this ${words[at % 4]} flabbergaster tune number ${at}`,
        ...by(`u${at}`),
      })),
    )
    for (const mention of mentions) decisions.relabel(mention.seq, 'positive', officer)
    learning.refresh()
    const status = learning.status()
    expect(status.learns + status.checks).toBe(12)
    expect(status.checks).toBeGreaterThan(0)
    expect(status.rightAfter).toBeGreaterThanOrEqual(status.rightBefore)
    expect(status.inUse).toBe(true)
    expect(status.words.find(({ word }) => word === 'flabbergaster')!.pull).toBeGreaterThan(0)

    const understanding = createUnderstanding({ models: shippedModels() })
    const text = 'another flabbergaster tune'
    const score = (): number => understanding.sentiment({ text, title: null, lang: 'en' }).score
    const shipped = score()
    understanding.learn(handed.at(-1))
    expect(score()).toBeGreaterThan(shipped + 0.1)
    expect(understanding.sentiment({ text, title: null, lang: 'en' }).model).toContain('station')

    expect(learning.ledger(50)).toHaveLength(12)
    expect(learning.ledger(50)[0]).toMatchObject({ by_name: 'Mia', is_now: 2, at: noon })
    const entry = learning.reset(officer)
    understanding.learn(handed.at(-1))
    expect(score()).toBe(shipped)
    expect(learning.ledger(50).every(({ use }) => use === 'off')).toBe(true)
    learning.undo(entry, officer)
    understanding.learn(handed.at(-1))
    expect(score()).toBeGreaterThan(shipped)
  })

  it('leaves out what is undone or corrected once more', async () => {
    const { knowledge, hear, station } = bench()
    const decisions = createMentionDecisions({ store: station.store, clock: station.clock })
    const [one, other] = await hear([{ text: 'a strange flabbergaster' }, { text: 'one more flabbergaster' }])
    const entry = decisions.relabel(one!.seq, 'positive', officer)
    decisions.relabel(other!.seq, 'negative', officer)
    decisions.relabel(other!.seq, 'positive', officer)
    decisions.undo(entry, officer)
    knowledge.learning.refresh()
    const counting = knowledge.learning.ledger(10).filter(({ use }) => use !== 'off')
    expect(counting).toMatchObject([{ mention_id: other!.id, is_now: 2 }])
    knowledge.learning.use(counting[0]!.entry, false, officer)
    expect(knowledge.learning.status()).toMatchObject({ learns: 0, checks: 0, inUse: false })
  })

  it('keeps the dictionary of the customer and hands it on', async () => {
    const { knowledge, handed, station } = bench()
    const refused = knowledge.learning.saveAspects('Falcon X: falcon x\n: nothing', officer)
    expect(refused).toMatchObject({ aspects: [], problems: [{ line: 2 }], undo: null })
    const saved = knowledge.learning.saveAspects('Falcon X: falcon x, fx900', officer)
    expect(saved.problems).toEqual([])
    const replaced = knowledge.learning.saveAspects('Owl: owl', officer)
    knowledge.learning.undo(replaced.undo!, officer)
    expect(handed.at(-1)!.aspects).toEqual([{ name: 'Falcon X', words: ['falcon x', 'fx900'] }])
    station.intake.learn(handed.at(-1))
    await station.push([draft({ text: 'my fx900 will not start' })])
    const [mention] = mentionsAfter(station.store, 0, 1)
    expect(mention!.aspects).toEqual(['Falcon X'])
  })

  it('lets own names join texts as soon as they are saved, and reads the lexicon once', async () => {
    const station = openTestStation()
    closing.push(() => station.close())
    const { store, clock } = station
    const lexicon = vi.fn<() => Uint8Array | null>(() => fileBytes(testPaths(store.file).resource(lexiconFile)))
    const knowledge = createKnowledge({ store, clock, model: () => null, hand: () => undefined, lexicon })
    const problemsOf = async (texts: readonly [lang: string, text: string][]): Promise<unknown[]> => {
      const [last] = mentionsAfter(store, 0, 1000).slice(-1)
      await station.push(texts.map(([lang, text]) => draft({ lang, text })))
      const mentions = mentionsAfter(store, last?.seq ?? 0, 1000)
      const angry = { label: 'negative', confidence: 0.9 } as const
      return store.transaction(() =>
        mentions.map((one) => {
          knowledge.known({ ...one, sentiment: { ...one.sentiment, ...angry }, intent: null }, [120])
          return memberOf(store, one.seq)?.no
        }),
      )
    }
    const [one, other] = await problemsOf([
      ['en', 'the zx11 leaks'],
      ['de', 'Merlin ist undicht'],
    ])
    expect(one).not.toBe(other)
    knowledge.learning.reset(officer)
    expect(lexicon).toHaveBeenCalledTimes(1)
    knowledge.learning.saveAspects('Falcon X: falcon x, fx900', officer)
    const [own, same] = await problemsOf([
      ['en', 'the fx900 overheats'],
      ['de', 'Falcon X wird zu heiß'],
    ])
    expect(own).toBe(same)
    expect(lexicon).toHaveBeenCalledTimes(1)
  })
})

describe('aspects in Insights', () => {
  it('are counted by mood over the period asked for', async () => {
    const { hear, station } = bench()
    await hear([
      { text: 'the delivery was late, terrible service, worst ever' },
      { text: 'lovely fast delivery, thank you so much!' },
      { text: 'delivery is terrible and awful', publishedAt: noon - 10 * 86_400_000 },
      { text: 'good morning' },
    ])
    const ask = (from: number) => station.store.reader.ask('charts.aspects', { listenIds: [], from, to: noon + 1 })
    const { aspects, complete } = await ask(noon - 86_400_000)
    expect(complete).toBe(true)
    expect(aspects.find(({ aspect }) => aspect === 'delivery')).toEqual({
      aspect: 'delivery',
      negative: 1,
      neutral: 0,
      positive: 1,
    })
    const all = await ask(0)
    expect(all.aspects[0]).toEqual({ aspect: 'delivery', negative: 2, neutral: 0, positive: 1 })
    expect(
      (await station.store.reader.ask('charts.aspects', { listenIds: ['none'], from: 0, to: noon + 1 })).aspects,
    ).toEqual([])
  })
})
