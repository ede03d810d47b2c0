import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createKnowledge, type Knowledge } from '#engine/knowledge/knowledge.ts'
import type { Category } from '#shared/model/category.ts'
import type { Mention } from '#shared/model/mention.ts'
import { documentOfMention } from '#shared/query/document.ts'
import { matchQuery } from '#shared/query/match.ts'
import { parseQuery } from '#shared/query/parse.ts'
import { entryBySeq } from '#engine/store/queries/journal.ts'
import { writeListen } from '#engine/store/queries/listens.ts'
import { mentionBySeq, mentionsAfter } from '#engine/store/queries/mentions.ts'
import { encoderFile } from '#engine/understanding/encoder/encoder.ts'
import { openEncoder } from '#engine/understanding/encoder/open.ts'
import type { Learned } from '#engine/understanding/understand.ts'
import { join } from 'node:path'
import { root } from '#tests/support/folder.ts'
import { draft, noon, openTestStation, type TestStation } from '#tests/engine/store/station.ts'

const officer = { kind: 'officer', id: 'officer', name: 'Mia' } as const
const meaningOf = openEncoder(join(root, 'resources', encoderFile))
const press = [
  'I am a journalist with the Evening Post and would like to interview your spokesperson.',
  'Could your press office send me a statement before our deadline at 5 pm?',
  'We are producing a TV report about your company and ask for an interview.',
  'Ich arbeite für die Lokalzeitung und bitte um eine Stellungnahme bis heute Abend.',
  'For our radio programme we are looking for a comment from your management.',
]
const others = ['The parcel came two days late', 'My coffee machine leaks', 'Thanks, that helped a lot!', 'App crashes when I log in', 'How do I return a jacket?', 'The driver was friendly', 'Refund still missing after three weeks', 'Love the new colours'] // prettier-ignore

let station: TestStation
let knowledge: Knowledge
let handed: Learned[]
beforeEach(() => {
  station = openTestStation()
  handed = []
  knowledge = createKnowledge({
    store: station.store,
    clock: station.clock,
    model: () => null,
    hand(learned) {
      handed.push(learned)
      station.intake.learn(learned)
    },
    meaningOf,
  })
  knowledge.learning.refresh()
})
afterEach(async () => {
  await knowledge.close()
  await station.close()
})

const save = (change: Partial<Category> = {}): Category =>
  knowledge.categories.save({ name: 'Press', about: '', texts: press, ...change }, officer).category
async function hear(...texts: string[]): Promise<Mention[]> {
  const before = mentionsAfter(station.store, 0, 1000).length
  await station.push(texts.map((text) => draft({ text })))
  return mentionsAfter(station.store, before, 100)
}
const now = (mention: Mention): Mention => mentionBySeq(station.store, mention.seq)!
const matches = (query: string, mention: Mention): boolean => {
  const parsed = parseQuery(query)
  return parsed.ok && matchQuery(parsed.value, documentOfMention(now(mention)))
}
const undo = (entry: number) => knowledge.categories.undo(entryBySeq(station.store, entry)!, officer)

describe("the station's own categories", () => {
  it('are learned from five examples, in what was heard and what comes, and asked for by name', async () => {
    const heard = await hear('Reporter here: whom may I contact for a press statement on the recall?', ...others)
    const category = save()
    await knowledge.categories.idle()
    expect(now(heard[0]!).categories).toMatchObject([{ id: category.id, name: 'Press', by: null }])
    expect(now(heard[0]!).categories![0]!.certainty).toBeGreaterThanOrEqual(0.5)
    for (const other of heard.slice(1)) expect(now(other).categories).toBeUndefined()
    expect(matches('category:press', heard[0]!)).toBe(true)
    expect(matches(`category:${category.id}`, heard[0]!)).toBe(true)
    expect(matches('category:press', heard[1]!)).toBe(false)
    expect(handed.at(-1)!.categories).toMatchObject([{ id: category.id, name: 'Press' }])
    expect(knowledge.categories.ofMention(heard[0]!.seq)[0]!.like).toEqual(expect.stringContaining('journalist'))
    expect(knowledge.categories.list()).toMatchObject([{ examples: 5, least: 3, mentions: 1 }])
  })

  it('are read in what comes as it comes, before listens hear it', async () => {
    const { id } = save()
    const listen = { id: 'lis_press', name: 'Press', query: 'category:press', colour: 1, enabled: true, routed: true, createdAt: noon, updatedAt: noon } // prettier-ignore
    station.store.transaction(() => writeListen(station.store, listen))
    station.intake.setListens([listen])
    const [reporter, parcel] = await hear('Reporter here: whom may I ask for a press statement?', 'The parcel is late')
    expect(reporter!.categories).toMatchObject([{ id, name: 'Press', by: null }])
    expect(reporter!.listenIds).toEqual(['lis_press'])
    expect(parcel!.categories).toBeUndefined()
    expect(parcel!.listenIds).toEqual([])
  })

  it("keep an officer's word before what was learned, until it is taken back", async () => {
    const [reporter, parcel] = await hear('As a journalist I ask your press office for an interview', ...others)
    const { id } = save()
    await knowledge.categories.idle()
    const no = knowledge.categories.mark(reporter!.seq, id, false, officer)
    await knowledge.categories.idle()
    expect(now(reporter!).categories).toEqual([{ id, name: 'Press', certainty: 0, by: 'Mia' }])
    expect(matches('category:press', reporter!)).toBe(false)
    const yes = knowledge.categories.mark(reporter!.seq, id, true, officer)
    await knowledge.categories.idle()
    expect(now(reporter!).categories).toEqual([{ id, name: 'Press', certainty: 1, by: 'Mia' }])
    undo(yes)
    await knowledge.categories.idle()
    expect(now(reporter!).categories).toEqual([{ id, name: 'Press', certainty: 0, by: 'Mia' }])
    expect(() => undo(yes)).toThrow()
    undo(no)
    await knowledge.categories.idle()
    expect(now(reporter!).categories![0]!.by).toBeNull()
    expect(now(reporter!).categories![0]!.certainty).toBeGreaterThanOrEqual(0.5)
    knowledge.categories.mark(parcel!.seq, id, true, officer)
    await knowledge.categories.idle()
    expect(now(parcel!).categories).toMatchObject([{ certainty: 1, by: 'Mia' }])
  })

  it('are learned a few texts at a time, also where a station starts and where a page asks, so that nothing else waits', async () => {
    await knowledge.close()
    let texts = 0
    let most = 0
    const counting = (text: string) => {
      if (texts++ === 0) setImmediate(() => (texts = 0))
      most = Math.max(most, texts)
      return meaningOf!(text)
    }
    const { store, clock } = station
    await hear(...Array.from({ length: 500 }, (_, n) => `${others[n % others.length]!}, number ${n}`))
    const start = () => {
      handed.length = 0
      knowledge = createKnowledge({
        store,
        clock,
        model: () => null,
        hand: (one) => handed.push(one),
        meaningOf: counting,
      })
      knowledge.learning.refresh()
    }
    start()
    for (let n = 0; n < 4; n++) {
      save({ name: `Press ${n}` })
      await knowledge.categories.idle()
    }
    expect(handed.at(-1)!.categories).toHaveLength(4)
    // What was heard is read again by the hundred.
    expect(most).toBeLessThanOrEqual(110)
    await knowledge.close()
    most = 0
    start()
    expect(handed.at(-1)!.categories).toEqual([])
    await knowledge.categories.ready()
    expect(knowledge.categories.list()).toHaveLength(4)
    await knowledge.categories.idle()
    expect(handed.at(-1)!.categories).toHaveLength(4)
    expect(most).toBeLessThanOrEqual(50)
  })

  it('learn from marked mentions alone', async () => {
    const heard = await hear(...press, ...others)
    const { id } = save({ texts: [] })
    for (const mention of heard.slice(0, 4)) knowledge.categories.mark(mention.seq, id, true, officer)
    await knowledge.categories.idle()
    expect(now(heard[4]!).categories).toMatchObject([{ id, by: null }])
    expect(now(heard[6]!).categories).toBeUndefined()
  })

  it('go with all that was learned, and come back when that is undone', async () => {
    const [reporter] = await hear('As a journalist I ask your press office for an interview', ...others)
    const { id } = save()
    await knowledge.categories.idle()
    const removed = knowledge.categories.remove(id, officer)
    expect(now(reporter!).categories).toBeUndefined()
    expect(matches('category:press', reporter!)).toBe(false)
    await knowledge.categories.idle()
    undo(removed)
    await knowledge.categories.idle()
    expect(now(reporter!).categories).toMatchObject([{ id, by: null }])
    expect(() => knowledge.categories.mark(reporter!.seq, 'cat_gone', true, officer)).toThrow(
      expect.objectContaining({ code: 'category.gone' }),
    )
  })

  it.each([
    ['a name that is taken', { name: ' PRESS ' }, 'category.nameTaken'],
    ['a name of emoji alone', { name: '🔥🔥' }, 'category.nameless'],
    ['an example of 20,000 characters', { name: 'Long', texts: ['x '.repeat(10_000) + 'x'] }, 'category.textTooLong'],
    ['an example of emoji alone', { name: 'Fire', texts: ['a good one', '🔥🔥🔥'] }, 'category.textSaysNothing'],
    [
      'more examples than are kept',
      { name: 'Many', texts: Array.from({ length: 101 }, (_, at) => `parcel number ${at}`) },
      'category.tooManyTexts',
    ],
  ])('refuse %s', (_, change, code) => {
    save()
    expect(() => save(change)).toThrow(expect.objectContaining({ code }))
    expect(knowledge.categories.list()).toHaveLength(1)
  })

  it('take the same example once, no example as nothing to say yet, and hostile names as text', async () => {
    const [reporter] = await hear(press[0]!, ...others)
    expect(save({ texts: [press[0]!, ` ${press[0]!.toUpperCase()}`, '', '  '] }).texts).toHaveLength(1)
    await knowledge.categories.idle()
    expect(now(reporter!).categories).toBeUndefined()
    const name = '<img src=x onerror=alert(1)>'
    expect(save({ name, texts: [] }).name).toBe(name)
    for (let n = 2; n < 50; n++) save({ name: `Category ${n}`, texts: [] })
    expect(() => save({ name: 'One too many', texts: [] })).toThrow(expect.objectContaining({ code: 'category.tooMany' })) // prettier-ignore
  })
})
