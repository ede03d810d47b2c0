import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createRereading, type RereadingOfHistory } from '#engine/intake/rereading.ts'
import type { StoredTexts } from '#engine/intake/read-anew.ts'
import { createMentionDecisions } from '#engine/journal/mention-decisions.ts'
import { silentLog } from '#engine/platform/log.ts'
import { labelledAsOf } from '#engine/review/cards-then.ts'
import { connectionOf } from '#engine/store/connections.ts'
import { lastSeq, mentionBySeq } from '#engine/store/queries/mentions.ts'
import { labelsThen } from '#engine/store/queries/review.ts'
import { rereadingOf, type Reading } from '#engine/store/queries/rereading.ts'
import type { Mention } from '#shared/model/mention.ts'
import { draft, noon, openTestStation, type TestStation } from '#tests/engine/store/station.ts'

const olga = { kind: 'officer', id: 'olga', name: 'Olga' } as const
const hour = 3_600_000

/** Models that find everything good and a question, under a name of their own. */
const gladly = (edition: string): Reading => ({
  sentiment: 2,
  score: 0.9,
  confidence: 0.8,
  model: edition,
  driving: null,
  intent: JSON.stringify({ label: 'question', confidence: 0.7, words: [] }),
})

let station: TestStation
/** Texts of each slice that was read. */
let slices: StoredTexts[]
beforeEach(async () => {
  station = openTestStation()
  slices = []
  station.intake.setListens([{ id: 'lis_tram', query: 'tram', enabled: true }])
  await station.push(
    Array.from({ length: 450 }, (_, i) =>
      draft({
        text: `${i % 3 === 0 ? 'I hate this awful' : 'Timetable of the'} ${i % 2 ? 'tram' : 'train'} ${i}`,
        publishedAt: noon - i * hour,
      }),
    ),
  )
})
afterEach(() => station.close())

function reread(
  edition: string | null,
  during: (slice: number) => unknown = () => {},
  read = (): Reading | null => gladly(edition!),
  readBy = (): string | null => edition,
): RereadingOfHistory {
  const rereading = createRereading({
    store: station.store,
    clock: station.clock,
    log: silentLog,
    settled: () => Promise.resolve(),
    analysis: {
      edition: () => Promise.resolve(readBy()),
      async readAnew(texts) {
        slices.push(texts)
        await during(slices.length)
        return { edition: readBy(), readings: texts.texts.map(read) }
      },
    },
  })
  rereading.start()
  return rereading
}
const mention = (seq: number): Mention => mentionBySeq(station.store, seq)!
const moods = (): Record<string, number> =>
  Object.fromEntries(
    connectionOf(station.store).prepare('SELECT sentiment, count(*) FROM mention GROUP BY 1').raw().all() as [],
  )
const problems = async (): Promise<string[]> => (await station.store.verify()).problems

describe('what is stored, after a change of models', () => {
  it('is read again whole, newest first and in slices, with panes and charts', async () => {
    const told: number[] = []
    const rereading = reread('models 2')
    rereading.onChanged((seqs) => told.push(...seqs))
    await rereading.idle()
    expect(moods()).toEqual({ 2: 450 })
    expect(mention(1)).toMatchObject({
      sentiment: { label: 'positive', confidence: 0.8, model: 'models 2', words: [] },
      intent: { label: 'question' },
    })
    expect(slices.map(({ texts }) => texts.length)).toEqual([200, 200, 50])
    expect(slices[0]!.texts[0]).toBe(mention(450).text)
    expect(new Set(slices.flatMap(({ langs }) => langs))).toEqual(new Set(['en']))
    expect(new Set(told).size).toBe(450)
    expect(rereading.state()).toMatchObject({ model: 'models 2', total: 450, done: 450, changed: 450, endedAt: noon })
    expect(await problems()).toEqual([])
  })

  it('is found by the new intent, also where it ended before it was indexed', async () => {
    await station.store.indexed()
    const hits = async (intent: string): Promise<number> => {
      const stretch = { query: `intent:${intent}`, fromSeq: 1, toSeq: 450 }
      return (await station.store.background.ask('listens.backfill', stretch)).length
    }
    const before = await hits('question')
    expect(before).toBeLessThan(450)
    const { indexAgain } = station.store
    Object.assign(station.store, { indexAgain: () => Promise.reject(new Error('The station ends here')) })
    await reread('models 2').idle()
    Object.assign(station.store, { indexAgain })
    expect([await hits('question'), rereadingOf(station.store)?.next_seq]).toEqual([before, 250])
    await reread('models 2').idle()
    expect(await hits('question')).toBe(450)
    expect(await problems()).toEqual([])
  })

  it('is left alone by the same models, and read again by others', async () => {
    await reread('models 2').idle()
    await reread('models 2').idle()
    expect(slices).toHaveLength(3)
    await reread('models 3').idle()
    expect(slices).toHaveLength(6)
    expect(mention(7).sentiment.model).toBe('models 3')
  })

  it('is left alone where weights are missing, and where there is nothing', async () => {
    const none = reread(null)
    await none.idle()
    expect([slices, none.state()]).toEqual([[], null])
    const empty = openTestStation()
    await station.close()
    station = empty
    const rereading = reread('models 2')
    await rereading.idle()
    expect([slices, rereading.state()?.total, rereading.state()?.endedAt]).toEqual([[], 0, noon])
  })

  it('goes on where it stopped, and leaves what came meanwhile', async () => {
    const first = reread('models 2', () => (slices.length === 2 ? void first.stop() : undefined))
    await first.idle()
    expect(rereadingOf(station.store)).toMatchObject({ next_seq: 250, changed: 200, ended_at: null })
    expect(first.state()).toMatchObject({ total: 450, done: 200, endedAt: null })
    expect(moods()[2]).toBe(200)
    expect(await problems()).toEqual([])
    await station.push([draft({ text: 'I hate this awful ferry' })])
    await station.restart()
    await reread('models 2').idle()
    expect(slices.slice(2).map(({ texts }) => texts.length)).toEqual([200, 50])
    expect(mention(451).sentiment.label).toBe('negative')
    expect(await problems()).toEqual([])
  })

  it('passes over what the new models read already', async () => {
    const name = mention(1).sentiment.model
    await reread(name).idle()
    expect(slices).toEqual([])
    expect(rereadingOf(station.store)).toMatchObject({ next_seq: 0, changed: 0 })
    connectionOf(station.store).exec(`UPDATE model_no SET model = 'models 2 + station'`)
    await station.restart()
    await reread('models 2').idle()
    expect(slices).toEqual([])
  })

  it('keeps a mood that a person set, before or while it is read', async () => {
    const decisions = createMentionDecisions({ store: station.store, clock: station.clock })
    decisions.relabel(10, 'negative', olga)
    const undone = decisions.relabel(30, 'positive', olga)
    decisions.undo(undone, olga)
    await reread('models 2', (slice) => {
      if (slice === 1) decisions.relabel(440, 'neutral', olga)
    }).idle()
    for (const [seq, label] of [
      [10, 'negative'],
      [440, 'neutral'],
    ] as const)
      expect(mention(seq).sentiment).toMatchObject({ label, model: 'officer' })
    expect(mention(10).intent?.label).toBe('question')
    expect(mention(30).sentiment).toMatchObject({ label: 'positive', model: 'models 2' })
    expect(moods()).toEqual({ 0: 1, 1: 1, 2: 448 })
    expect(await problems()).toEqual([])
  })

  it('keeps a mood that a file told', async () => {
    await station.push([draft({ text: 'Ferry', told: { mood: 'negative' } } as never)])
    expect(mention(451).sentiment.model).toBe('file')
    await reread('models 2').idle()
    expect(mention(451)).toMatchObject({
      sentiment: { label: 'negative', model: 'file' },
      intent: { label: 'question' },
    })
    expect(await problems()).toEqual([])
  })

  it('stays as it is where the models trip over a text', async () => {
    const before = mention(3)
    await reread(
      'models 2',
      () => {},
      () => null,
    ).idle()
    expect(mention(3)).toEqual(before)
    expect(rereadingOf(station.store)?.next_seq).toBe(0)
  })

  it('stops where something else decides moods half-way, and goes on when the models do again', async () => {
    let by: string | null = 'models 2'
    const rereading = reread(
      'models 2',
      (slice) => {
        if (slice === 2) by = null
      },
      () => gladly(by ?? 'word list'),
      () => by,
    )
    await rereading.idle()
    expect(rereadingOf(station.store)).toMatchObject({ edition: 'models 2', next_seq: 250, ended_at: null })
    expect(moods()[2]).toBe(200)
    expect(mention(250).sentiment.model).not.toBe('word list')
    rereading.start()
    await rereading.idle()
    expect(slices).toHaveLength(2)
    by = 'models 2'
    rereading.start()
    await rereading.idle()
    expect(moods()).toEqual({ 2: 450 })
    expect(rereading.state()).toMatchObject({ done: 450, endedAt: noon })
    expect(await problems()).toEqual([])
  })

  it('goes on also where it was told to while it was about to stop', async () => {
    let by: string | null = 'models 2'
    const rereading: RereadingOfHistory = reread(
      'models 2',
      (slice) => {
        by = slice === 2 ? null : 'models 2'
        if (slice === 2) queueMicrotask(() => rereading.start())
      },
      undefined,
      () => {
        const now = by
        by = 'models 2'
        return now
      },
    )
    await rereading.idle()
    expect(moods()).toEqual({ 2: 450 })
  })

  it('does not miss rows that go meanwhile', async () => {
    await reread('models 2', (slice) => {
      if (slice > 1) return
      connectionOf(station.store).exec('DELETE FROM mention WHERE seq = 449')
    }).idle()
    expect(moods()).toEqual({ 2: 449 })
  })

  it('says when looked back on how it was known then', async () => {
    const before = mention(448)
    expect(before.sentiment.label).toBe('negative')
    const decisions = createMentionDecisions({ store: station.store, clock: station.clock })
    station.clock.advance(2 * hour)
    await reread('models 2').idle()
    station.clock.advance(hour)
    decisions.relabel(448, 'neutral', olga)
    const at = (hours: number) => labelledAsOf(station.store, mention(448), noon + hours * hour)
    expect(at(1)).toEqual(before)
    expect(at(2.5)).toMatchObject({
      sentiment: { label: 'positive', model: 'models 2' },
      intent: { label: 'question' },
    })
    expect(at(4).sentiment).toMatchObject({ label: 'neutral', model: 'officer' })
    const all = { after: 0, upTo: lastSeq(station.store) }
    const then = (hours: number) => labelsThen(station.store, all, noon + hours * hour).find(({ seq }) => seq === 448)
    expect([then(1)?.label, then(2.5)?.label, then(4)]).toEqual(['negative', 'positive', undefined])
    expect(labelsThen(station.store, { after: 0, upTo: 447 }, noon).map(({ seq }) => seq)).not.toContain(448)
  })
})

describe('the analysis thread', () => {
  it('reads again with the name of its own weights', async () => {
    expect(mention(448).sentiment.model).toMatch(/^earshot-sentiment \S+ · [0-9a-f]{8}$/)
    const name = mention(448).sentiment.model
    const before = [1, 2, 450].map((seq) => mention(seq))
    connectionOf(station.store).exec(`
      UPDATE model_no SET model = 'earshot-sentiment 1';
      UPDATE mention SET score = 0, confidence = 0.4, driving = NULL, intent = NULL`)
    await station.restart()
    station.intake.rereading.start()
    await station.intake.rereading.idle()
    expect([1, 2, 450].map((seq) => mention(seq))).toEqual(before)
    expect(station.intake.rereading.state()).toMatchObject({ model: name, total: 450, done: 450 })
    expect(await problems()).toEqual([])
  })
})
