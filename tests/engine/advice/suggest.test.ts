import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { entriesOfCase } from '#engine/store/queries/journal.ts'
import * as commands from '#engine/cases/commands.ts'
import { conceptsBy } from '#engine/advice/concept-terms.ts'
import type { LearnsFromDecisions } from '#engine/advice/suggest.ts'
import { silentLog } from '#engine/platform/log.ts'
import { caseOfMention, type StoredCase } from '#engine/store/queries/cases.ts'
import { differingCases } from '#engine/store/queries/case-rebuild.ts'
import { writeSettings } from '#engine/store/queries/settings.ts'
import { createExperience } from '#engine/advice/experience.ts'
import type { Mention } from '#shared/model/mention.ts'
import { shippedLexicon } from '#tests/engine/understanding/models.ts'
import { lena, omar, openHouse, type Heard, type House } from '#tests/engine/cases/house.ts'
import { encoderFile } from '#engine/understanding/encoder/encoder.ts'
import { openEncoder } from '#engine/understanding/encoder/open.ts'
import { root } from '#tests/support/folder.ts'
import { testPaths } from '#tests/support/paths.ts'

let house: House
beforeEach(() => {
  house = openHouse()
})
afterEach(() => house.close())

const teach = async (text: string, deskId: string, reply = '', more: Heard = {}): Promise<StoredCase> => {
  const [mention] = await house.take({ text, label: 'neutral', heard: false, ...more })
  const { case: opened } = house.board.open({ mention: mention!, deskId, priority: 'high' }, lena)
  return house.board.run(commands.reply, { id: opened.id }, { text: reply }, lena).case
}
const first = async (text: string) => {
  const [mention] = house.hear({ text })
  return (await house.board.suggest(mention!))[0]
}

describe('a suggestion', () => {
  it('rests on earlier cases, says which, and what was answered', async () => {
    for (let i = 0; i < 4; i++)
      await teach(`my suitcase never came off the belt in terminal ${i}`, 'desk_product', 'We trace it')
    await teach('the seat was broken on my trip', 'desk_care')
    const found = await first('suitcase not on the belt, terminal 9')
    expect(found).toMatchObject({ deskId: 'desk_product', deskName: 'Product', priority: 'high', precedents: 4 })
    expect(found!.certainty).toBeGreaterThan(0.8)
    expect(found!.examples[0]).toMatchObject({ reply: 'We trace it', text: expect.stringContaining('suitcase') })
    expect(found!.checked).toBe(false)
  })

  it('follows what people decide later, and says nothing when nothing is alike', async () => {
    const taught = await teach('my suitcase never came off the belt', 'desk_product')
    expect((await first('suitcase not on the belt'))?.deskId).toBe('desk_product')
    house.board.run(commands.route, { id: taught.id }, { deskId: 'desk_care' }, lena)
    house.board.run(commands.accept, { id: taught.id }, {}, lena)
    expect((await first('suitcase not on the belt'))?.deskId).toBe('desk_care')
    expect(await first('completely different words here')).toBeUndefined()
  })

  it('does not rest on what turned out to be spam, nor on desks that are gone', async () => {
    const taught = await teach('my suitcase never came off the belt', 'desk_product')
    house.board.book.archive('desk_product', lena)
    expect(await first('suitcase not on the belt')).toBeUndefined()
    house.board.run(commands.close, { id: taught.id }, { reason: 'spam' }, lena)
    expect(await first('suitcase not on the belt')).toBeUndefined()
  })

  it('takes a case that was changed while the older ones were read as it is now', async () => {
    const taught = await teach('my suitcase never came off the belt', 'desk_product')
    await house.restart()
    const [mention] = house.hear({ text: 'suitcase not on the belt' })
    const asked = house.board.suggest(mention!)
    house.board.run(commands.route, { id: taught.id }, { deskId: 'desk_care' }, lena)
    house.board.run(commands.accept, { id: taught.id }, {}, lena)
    await asked
    expect((await first('suitcase not on the belt'))?.deskId).toBe('desk_care')
  })
})

describe('a case that says it in other words', () => {
  beforeEach(() => {
    house.close()
    house = openHouse({ meaningOf: openEncoder(join(root, 'resources', encoderFile)) })
  })

  it.each([
    ['meine Karte wurde an der Kasse abgelehnt'],
    ['le paiement par carte est refusé à la caisse'],
    ['the terminal will not accept my credit card'],
  ])('is found in any of the seven languages: %s', async (text) => {
    await teach('my card was declined at the till', 'desk_product', 'Please try the other reader')
    await teach('the parcel never arrived', 'desk_care')
    expect(await first(text)).toMatchObject({
      deskId: 'desk_product',
      precedents: 1,
      examples: [{ reply: 'Please try the other reader' }],
    })
  })

  it('is not found where nothing is alike', async () => {
    await teach('my card was declined at the till', 'desk_product')
    expect(await first('Wann öffnet das Museum am Sonntag?')).toBeUndefined()
  })
})

describe('what cases have in common', () => {
  it('is said as the reason', async () => {
    await house.restart({ conceptsOf: conceptsBy(shippedLexicon) })
    for (let i = 0; i < 3; i++) {
      await teach(`card payment is declined at till ${i}`, 'desk_technical', '', { lang: 'en' })
      await teach(`my parcel ${i} never arrived`, 'desk_care', '', { lang: 'en' })
    }
    const [mention] = house.hear({ text: 'the card payment is declined again', lang: 'en' })
    const [found] = await house.board.suggest(mention!)
    expect(found).toMatchObject({ deskId: 'desk_technical', precedents: 3 })
    expect(found!.concepts).toEqual(['part/card-payment', 'symptom/is-declined'])
  })

  it('is nothing where nothing is known of it', async () => {
    await teach('my suitcase never came off the belt', 'desk_product')
    expect((await first('suitcase not on the belt'))?.concepts).toEqual([])
  })
})

describe('what was learned from decisions', () => {
  it('is asked beside the like cases, and brings the words that spoke for a desk', async () => {
    const things = ['suitcase', 'bag', 'luggage', 'trolley']
    const faults = ['login', 'password', 'screen', 'update']
    for (let i = 0; i < 140; i++) {
      await teach(`${things[i % 4]} number ${i} is still missing after the trip`, 'desk_product')
      await teach(`the ${faults[i % 4]} of build ${i} does not respond to me`, 'desk_technical')
    }
    const experience = createExperience({
      store: house.store,
      paths: testPaths(''),
      clock: house.clock,
      log: silentLog,
    })
    try {
      await experience.learn()
      expect(experience.learned).toMatchObject({ decisions: 280 })
      expect(experience.learned!.measured.decisions).toBeGreaterThanOrEqual(50)
      await house.restart({ experience })
      const found = await first('trolley and bag are still missing')
      expect(found).toMatchObject({ deskId: 'desk_product', checked: true })
      expect(found!.words.length).toBeGreaterThan(0)
      expect(found!.certainty).toBeGreaterThan(0.7)
    } finally {
      await experience.close()
    }
  })
})

describe('the certainty from which Earshot acts', () => {
  /** Sure of one desk, as after much learning. */
  const sure = (deskId: string): LearnsFromDecisions => ({
    decided: () => undefined,
    onLearned: () => undefined,
    predict: () => ({
      desks: [
        { deskId, certainty: 0.95 },
        { deskId: 'desk_press', certainty: 0.05 },
      ],
      priorities: [],
      words: () => ['suitcase'],
    }),
    // A curve that looks at nothing but its constant: always 93 % sure.
    calibration: () => ({ share: 1, weights: [Math.log(0.93 / 0.07), 0, 0, 0, 0, 0, 0], from: 500 }),
  })
  const unhappy: Heard = { text: 'meh, the suitcase is awful', label: 'negative', confidence: 0.9 }
  const caseOf = (mention: Mention | undefined) => caseOfMention(house.store, mention!.id)
  const allow = (actAtCertainty: number | null) =>
    house.store.transaction(() => writeSettings(house.store, { actAtCertainty }))
  const ready = async (from: number | null, experience = sure('desk_product')) => {
    for (let i = 0; i < 3; i++) await teach(`the suitcase is awful, number ${i}`, 'desk_product')
    await house.restart({ experience })
    allow(from)
  }

  it('is never by default: what waits for a person goes on waiting', async () => {
    await ready(null)
    const [mention] = await house.take(unhappy)
    expect(caseOf(mention)).toMatchObject({ state: 'new', held: true, version: 1 })
  })

  it('routes at and above it, says so in the journal and on the case, and can be taken back for good', async () => {
    await ready(0.9)
    const [mention] = await house.take(unhappy)
    const routed = caseOf(mention)!
    expect(routed).toMatchObject({ state: 'routed', deskId: 'desk_product', held: false })
    expect(routed.explanation).toMatchObject({
      ruleName: 'Surely unhappy: an officer looks',
      suggestion: { deskId: 'desk_product', certainty: 0.93, threshold: 0.9, precedents: 3 },
      deskId: 'desk_care',
    })
    const entry = entriesOfCase(house.store, routed.id).at(-1)!
    expect(entry).toMatchObject({ kind: 'case.routed', actor: { kind: 'engine', id: 'suggestion' } })
    expect(entry.data.note).toBe('suggested, 0.93 ≥ 0.90, as in 3 earlier cases')
    expect(differingCases(house.store)).toEqual([])
    house.board.undo(entry.seq, omar)
    await house.board.idle()
    house.board.lookAtWaiting()
    await house.board.idle()
    const back = caseOf(mention)!
    expect(back).toMatchObject({ state: 'new', held: true, deskId: null })
    expect(back.explanation.suggestion).toBeUndefined()
  })

  it('does nothing below it, with too few like cases, or while the certainty is unchecked', async () => {
    await ready(0.95)
    expect(caseOf((await house.take(unhappy))[0])).toMatchObject({ state: 'new' })
    allow(0.9)
    const [other] = await house.take({ ...unhappy, text: 'meh, dreadful' })
    expect(caseOf(other)).toMatchObject({ state: 'new' })
    await house.restart({
      experience: { ...sure('desk_product'), calibration: () => ({ share: 1, weights: null, from: 10 }) },
    })
    expect(caseOf((await house.take(unhappy))[0])).toMatchObject({ state: 'new' })
  })

  it('leaves alone what a rule wants a person for, and what a person has touched', async () => {
    await ready(0.9)
    const [star] = await house.take({ ...unhappy, followers: 90_000 })
    expect(caseOf(star)).toMatchObject({ state: 'new', explanation: { ruleName: 'Widely heard and unhappy' } })
    allow(null)
    const [noted] = await house.take(unhappy)
    house.board.run(commands.note, { id: caseOf(noted)!.id }, { text: 'I ask them' }, lena)
    allow(0.9)
    house.board.lookAtWaiting()
    await house.board.idle()
    expect(caseOf(noted)).toMatchObject({ state: 'new' })
  })

  it('keeps nobody waiting who asks whether all is done while the station stops', async () => {
    await ready(null)
    for (let i = 0; i < 3; i++) await house.take({ ...unhappy, by: `p${i}` })
    allow(0.9)
    house.board.lookAtWaiting()
    const idle = house.board.idle()
    await house.board.stop()
    await expect(idle).resolves.toBeUndefined()
  })

  it('looks again at what it was unsure of as soon as more was learned, as after a start', async () => {
    await ready(0.9)
    const learned = sure('desk_product')
    let calibration: typeof learned.calibration = () => ({ share: 1, weights: null, from: 0 })
    let tell: () => void = () => {}
    const experience = { ...learned, calibration: () => calibration(), onLearned: (listener: () => void) => (tell = listener) } // prettier-ignore
    await house.restart({ experience })
    house.board.start()
    const [mention] = await house.take(unhappy)
    expect(caseOf(mention)).toMatchObject({ state: 'new', held: true })
    calibration = learned.calibration
    tell()
    await house.board.idle()
    expect(caseOf(mention)).toMatchObject({ state: 'routed', deskId: 'desk_product' })
  })

  it('looks at what waits when it is set, and after a start', async () => {
    await ready(null)
    const [mention] = await house.take(unhappy)
    allow(0.9)
    house.board.lookAtWaiting()
    await house.board.idle()
    expect(caseOf(mention)).toMatchObject({ state: 'routed', deskId: 'desk_product' })
  })
})

describe('a reply is suggested', () => {
  it('from like cases in the same language, without the name of whoever got it', async () => {
    const hello = 'Dear ana_b, your suitcase is traced.'
    for (let i = 0; i < 3; i++)
      await teach(`my suitcase never came off the belt ${i}`, 'desk_product', hello, { by: 'ana_b' })
    await teach('mein suitcase never came belt', 'desk_product', 'Wir suchen ihn', { lang: 'de' })
    const [mention] = house.hear({ text: 'suitcase not on the belt' })
    const [best, ...others] = await house.board.suggestReplies(mention!)
    expect(best).toMatchObject({
      text: 'Dear {author}, your suitcase is traced.',
      kind: 'precedent',
      cases: 3,
      deskName: 'Product',
    })
    expect(best!.certainty).toBeGreaterThan(0.5)
    expect(best!.certainty).toBeLessThan(1)
    expect(others).toEqual([])
  })

  it('is none where nothing was answered, or only to something else', async () => {
    await teach('my suitcase never came off the belt', 'desk_product', '')
    await teach('opening hours of the shop on sunday', 'desk_care', 'From nine')
    const [mention] = house.hear({ text: 'suitcase not on the belt' })
    expect(await house.board.suggestReplies(mention!)).toEqual([])
  })
})
