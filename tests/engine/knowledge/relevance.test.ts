import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Mention } from '#shared/model/mention.ts'
import { connectionOf } from '#engine/store/connections.ts'
import { createKnowledge, type Knowledge } from '#engine/knowledge/knowledge.ts'
import { readListens, writeListen } from '#engine/store/queries/listens.ts'
import { closedExamples } from '#engine/store/queries/relevance.ts'
import { mentionBySeq, mentionsAfter } from '#engine/store/queries/mentions.ts'
import type { Log } from '#engine/platform/log.ts'
import { encoderFile } from '#engine/understanding/encoder/encoder.ts'
import { openEncoder, type MeaningOf } from '#engine/understanding/encoder/open.ts'
import { newFolder, root } from '#tests/support/folder.ts'
import { draft, noon, openTestStation, type TestStation } from '#tests/engine/store/station.ts'

const officer = { kind: 'officer', id: 'officer', name: 'Mia' } as const
const fruit = ['an apple a day', 'apple pie with cinnamon', 'picked apples from the tree', 'apple juice and cake', 'baked an apple crumble', 'the apple tree blooms', 'apple cider in autumn', 'green apple or red apple'] // prettier-ignore
const brand = ['my apple phone froze', 'apple store queue is long', 'apple update broke the phone', 'the apple laptop is fast', 'apple support never answers', 'new apple phone announced', 'apple charger is broken', 'apple phone screen cracked'] // prettier-ignore

let station: TestStation
let knowledge: Knowledge
const open = (meaningOf: MeaningOf | null = null): Knowledge =>
  createKnowledge({ store: station.store, clock: station.clock, model: () => null, hand: () => {}, meaningOf })
beforeEach(() => {
  station = openTestStation()
  knowledge = open()
  const listen = { id: 'lst_apple', name: 'Apple', query: 'apple*', colour: 1, enabled: true, routed: true, createdAt: noon, updatedAt: noon } // prettier-ignore
  station.store.transaction(() => writeListen(station.store, listen))
  station.intake.setListens([listen])
})
afterEach(() => station.close())

/** Stores mentions and takes them in as routing does. */
async function hear(...texts: string[]): Promise<Mention[]> {
  const from = (connectionOf(station.store).prepare('SELECT coalesce(max(seq), 0) AS seq FROM mention').get() as { seq: number }).seq // prettier-ignore
  await station.push(texts.map((text) => draft({ text })))
  const mentions = mentionsAfter(station.store, from, 100)
  station.clock.advance(301_000)
  station.store.transaction(() => mentions.forEach((mention) => knowledge.known(mention, [])))
  return mentions
}
const now = (mention: Mention): Mention => mentionBySeq(station.store, mention.seq)!

describe('whether mentions are about the brand', () => {
  it('is learned from what officers say, shown with its certainty, and undone', async () => {
    const [first] = await hear('apple and pear')
    expect(first!.listenIds).toEqual(['lst_apple'])
    expect(first!.relevance).toBeUndefined()
    const heard = await hear(...fruit, ...brand)
    const entries = heard.map((mention, at) => knowledge.relevance.mark(mention.seq, at >= fruit.length, officer))
    expect(now(heard[0]!).relevance).toEqual({ likelihood: 0, by: 'Mia' })
    expect(knowledge.relevance.status('lst_apple')).toMatchObject({
      relevant: 8,
      irrelevant: 8,
      inUse: true,
      checks: 4,
    })

    const [pie, phone] = await hear('grandma bakes an apple pie from the tree', 'the apple phone update is broken')
    expect(pie!.relevance!.by).toBeNull()
    expect(pie!.relevance!.likelihood).toBeLessThan(0.5)
    expect(phone!.relevance!.likelihood).toBeGreaterThan(0.5)
    expect(now(pie!).relevance).toEqual(pie!.relevance)

    // An officer has the last word, and it can be taken back.
    const wrong = knowledge.relevance.mark(pie!.seq, true, officer)
    expect(now(pie!).relevance).toEqual({ likelihood: 1, by: 'Mia' })
    knowledge.relevance.undo(wrong, officer)
    expect(now(pie!).relevance!.by).toBeNull()
    expect(now(pie!).relevance!.likelihood).toBeLessThan(0.5)
    knowledge.relevance.undo(entries[0]!, officer)
    expect(knowledge.relevance.status('lst_apple')).toMatchObject({ irrelevant: 7 })
  })

  it('is forgotten, and known again when that is undone or after a restart', async () => {
    const heard = await hear(...fruit, ...brand)
    heard.forEach((mention, at) => knowledge.relevance.mark(mention.seq, at >= fruit.length, officer))
    const [pie] = await hear('an apple pie from the tree')
    const entry = knowledge.relevance.forget('lst_apple', officer)
    expect(knowledge.relevance.status('lst_apple')).toMatchObject({
      relevant: 0,
      irrelevant: 0,
      least: 6,
      goodEnough: 0.7,
      inUse: false,
    })
    expect(now(pie!).relevance).toBeUndefined()
    expect(now(heard[0]!).relevance).toEqual({ likelihood: 0, by: 'Mia' })
    knowledge.relevance.undo(entry, officer)
    expect(now(pie!).relevance!.likelihood).toBeLessThan(0.5)
    await station.restart()
    knowledge = open()
    expect(knowledge.relevance.status('lst_apple')).toMatchObject({ relevant: 8, irrelevant: 8, inUse: true })
  })

  it('keeps what is not about us out of the problems', async () => {
    const heard = await hear(...fruit, ...brand)
    heard.forEach((mention, at) => knowledge.relevance.mark(mention.seq, at >= fruit.length, officer))
    const [one] = await hear('this apple pie from the tree is terrible, worst pie')
    const known = station.store.transaction(() => knowledge.known(one!, []))
    expect(known.problemId).toBeUndefined()
  })

  it('is not said where nobody listens, nor of what is not there', async () => {
    const [other] = await hear('a pear')
    expect(() => knowledge.relevance.mark(other!.seq, false, officer)).toThrow(/No listen heard/)
    expect(() => knowledge.relevance.mark(999, false, officer)).toThrow(/not in the store/)
    expect(() => knowledge.relevance.undo(999, officer)).toThrow(/nothing to take back/)
  })
})

describe('the description of a listen', () => {
  const describeIt = (about: string | undefined): void => {
    const listen = { id: 'lst_apple', name: 'Apple', query: 'apple*', colour: 1, enabled: true, routed: true, about, createdAt: noon, updatedAt: noon } // prettier-ignore
    const before = readListens(station.store)
    station.store.transaction(() => writeListen(station.store, listen))
    knowledge.relevance.described(readListens(station.store), before)
  }

  it('judges until officers have taught enough, and what was heard already as soon as it is written', async () => {
    const [before, unknown] = await hear('apple pie with cinnamon', 'apple, hm')
    expect(now(before!).relevance).toBeUndefined()
    describeIt('Maker of phones and laptops. Not the fruit: pie, juice, trees.')
    expect(now(before!).relevance!.likelihood).toBeLessThan(0.5)
    expect(now(before!).relevance!.by).toBeNull()
    expect(now(unknown!).relevance).toBeUndefined()
    expect(knowledge.relevance.status('lst_apple')).toMatchObject({ described: true, inUse: false, relevant: 0 })
    const [juice, phone] = await hear('apple juice again', 'the apple phone froze')
    expect(juice!.relevance!.likelihood).toBeLessThan(0.5)
    expect(phone!.relevance!.likelihood).toBeGreaterThan(0.5)

    const heard = await hear(...fruit, ...brand)
    heard.forEach((mention, at) => knowledge.relevance.mark(mention.seq, at < fruit.length, officer))
    expect(knowledge.relevance.status('lst_apple')).toMatchObject({ described: true, inUse: true })
    // This listen is for the fruit, say its officers.
    const [pie] = await hear('grandma bakes an apple pie from the tree')
    expect(pie!.relevance!.likelihood).toBeGreaterThan(0.5)
  })

  it('is read again after a restart, and no more when it is taken out', async () => {
    describeIt('Maker of phones. Not the fruit, no pie.')
    await station.restart()
    knowledge = open()
    const [pie] = await hear('apple pie')
    expect(pie!.relevance!.likelihood).toBeLessThan(0.5)
    describeIt(undefined)
    expect(now(pie!).relevance).toBeUndefined()
    expect(knowledge.relevance.status('lst_apple').described).toBe(false)
  })

  it('is no more also when it is taken out before anything was heard again, and judges nothing anew while it stays', async () => {
    describeIt('Maker of phones. Not the fruit, no pie.')
    const [pie] = await hear('apple pie')
    expect(pie!.relevance!.likelihood).toBeLessThan(0.5)
    await station.restart()
    knowledge = open()
    const told = vi.fn<(seqs: readonly number[]) => void>()
    knowledge.relevance.onChanged(told)
    describeIt('Maker of phones. Not the fruit, no pie.')
    expect(told).not.toHaveBeenCalled()
    describeIt(undefined)
    expect(told).toHaveBeenCalledExactlyOnceWith([pie!.seq])
    expect(now(pie!).relevance).toBeUndefined()
  })

  it('is judged by its words alone where the encoder is damaged or missing', async () => {
    const folder = newFolder('encoder')
    try {
      const file = join(folder.path, 'encoder.bin')
      const bytes = readFileSync(join(root, 'resources', encoderFile))
      bytes[bytes.length >> 1]! ^= 1
      writeFileSync(file, bytes)
      for (const path of [file, join(folder.path, 'nowhere.bin'), folder.path]) {
        const warned = vi.fn<Log['log']>()
        knowledge = open(openEncoder(path, { log: warned }))
        describeIt('Maker of phones. Not the fruit, no pie.')
        const [pie] = await hear('apple pie again')
        expect(pie!.relevance!.likelihood).toBeLessThan(0.5)
        expect(warned).toHaveBeenCalledOnce()
        describeIt(undefined)
      }
    } finally {
      folder.remove()
    }
  })
})

describe('cases that were closed', () => {
  it('teach what is not about us as well', () => {
    const rows = closedExamples(station.store, 10)
    expect(rows).toEqual([])
    const plan = connectionOf(station.store)
      .prepare<unknown[], { detail: string }>(
        `EXPLAIN QUERY PLAN SELECT c.mention_seq FROM cases c JOIN mention m ON m.seq = c.mention_seq
         WHERE c.state = 'closed' AND c.close_reason IN ('notOurs') ORDER BY c.closed_at DESC LIMIT 5`,
      )
      .all()
      .map(({ detail }) => detail)
    expect(plan[0]).toMatch(/USING INDEX cases_state \(state=\?\)/)
    expect(plan.join()).not.toContain('TEMP B-TREE')
  })
})
