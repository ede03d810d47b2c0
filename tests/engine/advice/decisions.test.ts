import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as commands from '#engine/cases/commands.ts'
import type { RehearsalProgress } from '#engine/rehearsal/rehearse.ts'
import { systemClock } from '#engine/platform/clock.ts'
import { silentLog } from '#engine/platform/log.ts'
import { caseOfMention, type StoredCase } from '#engine/store/queries/cases.ts'
import { answerers } from '#engine/advice/decisions-work.ts'
import { createDecisionsThread } from '#engine/advice/decisions-thread.ts'
import { createExperience } from '#engine/advice/experience.ts'
import type { RuleDraft } from '#shared/model/rule.ts'
import { lena, omar, openHouse, type House } from '#tests/engine/cases/house.ts'
import { encoderFile } from '#engine/understanding/encoder/encoder.ts'
import { testPaths } from '#tests/support/paths.ts'

let house: House
beforeEach(() => {
  house = openHouse()
})
afterEach(() => house.close())

const period = () => ({ from: 0, to: house.clock.now() + 1 })
const answers = () => answerers(house.store, systemClock)
const things = ['cup', 'parcel', 'lid', 'bean', 'grinder', 'hose', 'jug']
let no = 0

/** A complaint that the starter rule sends to Care. */
async function complain(about: string): Promise<StoredCase> {
  no++
  const text = `slow ${things[no % things.length]} again, so disappointed ${about}`
  const [mention] = await house.take({
    text,
    label: 'negative',
    confidence: 0.9,
    intent: 'complaint',
    by: `customer${no}`,
  })
  return caseOfMention(house.store, mention!.id)!
}
const route = (c: StoredCase, deskId: string): number =>
  house.board.run(commands.route, { id: c.id }, { deskId }, lena).entry
const accept = (c: StoredCase): number => house.board.run(commands.accept, { id: c.id }, {}, omar).entry

/** Fourteen of seventeen complaints with "voucher" go on from Care to Sales; sixty others stay. */
async function aMonth(): Promise<void> {
  for (let i = 0; i < 17; i++) {
    const c = await complain('voucher')
    if (i < 14) route(c, 'desk_sales')
    else accept(c)
  }
  for (let i = 0; i < 40; i++) accept(await complain(''))
}
const proposals = () => {
  const { book } = house.board
  return answers().proposals({ ...period(), rules: [...book.rules()], desks: book.desks(), timeZone: 'UTC' })
}

describe('the scorecard of a station', () => {
  it('tells of each rule how often it was corrected, to where, and which cases they were', async () => {
    await aMonth()
    const bounced = await complain('')
    house.board.undo(route(bounced, 'desk_press'), lena)
    house.board.run(commands.close, { id: (await complain('')).id }, { reason: 'spam' }, lena)
    const card = answers().scorecard(period())
    const rule = card.rows.find(({ by, id }) => by === 'rule' && id === 'rule_complaint')!
    expect(card.cases).toBe(59)
    expect(rule).toMatchObject({
      name: 'Complaint',
      counts: { decided: 59, rerouted: 15, noise: 1, bounced: 0 },
      moves: [
        { from: 'desk_care', to: 'desk_sales', count: 14 },
        { to: 'desk_press', count: 1 },
      ],
    })
    expect(card.rows.find(({ by }) => by === 'officer')!.counts).toMatchObject({ decided: 15, undone: 1 })
    const behind = answers().cases({
      ...period(),
      which: { by: 'rule', id: 'rule_complaint', what: 'rerouted' },
      most: 100,
    })
    expect(behind).toHaveLength(15)
    expect(behind.filter(({ to }) => to === 'desk_sales')).toHaveLength(14)
    expect(behind.find(({ to }) => to === 'desk_sales')!.text).toContain('voucher')
  })

  it('looks at the asked period only', async () => {
    await complain('')
    house.clock.advance(60_000)
    const later = house.clock.now()
    await complain('')
    expect(answers().scorecard({ from: later, to: later + 1 }).cases).toBe(1)
    expect(answers().scorecard({ from: later + 1, to: later + 2 })).toMatchObject({ cases: 0, rows: [] })
  })
})

describe('a rule proposed from corrections', () => {
  it('has its numbers, and its back-test shows what would have moved', async () => {
    await aMonth()
    const [proposal, ...others] = proposals()
    expect(others).toEqual([])
    expect(proposal).toMatchObject({
      ruleId: 'rule_complaint',
      toDeskId: 'desk_sales',
      words: ['voucher'],
      right: 14,
      of: 17,
    })
    const { book } = house.board
    const draft = { ...proposal!.draft, id: 'draft', order: proposal!.draft.order - 1 }
    let last: RehearsalProgress | undefined
    for await (const step of house.board.rehearse({ rules: [...book.rules(), draft], ...period() })) last = step
    expect(last!.report).toMatchObject({ mentions: 57, moved: 17 })
    expect(last!.report!.load.find(({ deskId }) => deskId === 'desk_sales')).toMatchObject({ before: 0, after: 17 })
  })

  it('is not proposed again once it is a rule', async () => {
    await aMonth()
    const draft: RuleDraft = proposals()[0]!.draft
    const saved = house.board.book.saveRule(draft, lena)
    const place = house.board.book.rules().findIndex(({ id }) => id === saved.id)
    expect(house.board.book.rules()[place + 1]!.id).toBe('rule_complaint')
    expect(proposals()).toEqual([])
    const next = await complain('voucher')
    expect(next).toMatchObject({ deskId: 'desk_sales', priority: 'high' })
  })

  it('that was dismissed stays so until twice as many corrections speak for it, and can be taken out again', async () => {
    const { dismissals } = house.board
    const entry = dismissals.set({ key: 'k', support: 14, name: 'Complaint: voucher', dismissed: true }, lena)
    expect(dismissals.of('k', 14)).toMatchObject({ by: 'Lena' })
    expect(dismissals.of('k', 27)).not.toBeNull()
    expect(dismissals.of('k', 28)).toBeNull()
    await house.restart()
    expect(house.board.dismissals.of('k', 14)).not.toBeNull()
    expect(house.board.undo(entry, omar).undone).toEqual('The proposal stands again.')
    expect(house.board.dismissals.of('k', 14)).toBeNull()
  })
})

describe('the thread that learns', () => {
  const experience = () =>
    createExperience({
      store: house.store,
      paths: testPaths(''),
      clock: house.clock,
      log: silentLog,
    })

  it('answers the same as without a thread, and never keeps the engine from its turn', async () => {
    await aMonth()
    const thread = createDecisionsThread({
      worker: testPaths('').worker('decisions'),
      start: { file: house.store.file, encoder: testPaths('').resource(encoderFile) },
      clock: house.clock,
      log: silentLog,
    })
    try {
      expect(await thread.ask('scorecard', period())).toEqual(answers().scorecard(period()))
      expect((await thread.ask('learn', { most: 1000 })).decisions).toBe(43)
    } finally {
      await thread.close()
    }
    await expect(thread.ask('scorecard', period())).rejects.toThrow('closing')
  })

  it('learns when enough was decided, and again when it has grown', async () => {
    const mind = experience()
    try {
      mind.decided(39)
      house.clock.advance(60_000)
      expect(mind.learned).toBeNull()
      await aMonth()
      mind.decided(1)
      house.clock.advance(60_000)
      await mind.learn()
      expect(mind.learned).toMatchObject({ decisions: 43 })
      expect(mind.predict('hello')).toBeNull()
    } finally {
      await mind.close()
    }
  })
})
