import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createKinship } from '#engine/alerts/kinship.ts'
import { lexiconFile, openLexicon } from '#engine/understanding/concepts/lexicon.ts'
import { encoderFile } from '#engine/understanding/encoder/encoder.ts'
import { openEncoder } from '#engine/understanding/encoder/open.ts'
import {
  evidenceNames,
  evidenceOf,
  weighAll,
  weighPlainly,
  type Weighed,
} from '#engine/understanding/problems/likeness.ts'
import { nearness } from '#engine/understanding/problems/kin.ts'
import { plainWeights } from '#engine/understanding/problems/look.ts'
import { traitsOf } from '#engine/understanding/problems/traits.ts'
import { testPaths } from '#tests/support/paths.ts'

const paths = testPaths('')
const lexicon = openLexicon(readFileSync(paths.resource(lexiconFile)))
const meaningOf = openEncoder(paths.resource(encoderFile))!
const kinship = createKinship(() => lexicon, meaningOf)
let seq = 0
const said = (...texts: string[]) => texts.map((text) => ({ seq: ++seq, text, lang: 'en' }))

const payment = said(
  'Payment fails in the app, error PAY-417',
  'The app says payment declined, third time now',
  'My card payment is declined in the app since the update',
)
const paymentToo = said(
  'Cannot pay in the app, it says payment declined',
  'App payment declined again, error PAY-417',
  'Card declined in the app when I pay',
)
const lids = said(
  'The lid of the travel cup leaks',
  'My cup lid leaks all over the bag',
  'Lid leaks, third cup that does it',
)
const rest = said('Great coffee today', 'Hotline kept me waiting for half an hour', 'Delivery came a week late')
const all = [...payment, ...paymentToo, ...lids, ...rest]

describe('kinship', () => {
  it('weighs pairs as the slower look does without what it learned, with less work', () => {
    const compared = all.map(({ text, lang }) => ({
      traits: traitsOf(text, lang, lexicon, meaningOf && ((words) => meaningOf(words)!)),
      reports: 1,
    }))
    const odds = (weighed: readonly Weighed[]) =>
      weighed.flatMap((one) =>
        weighed.map((other) => {
          const evidence = evidenceOf(one, other, new Float64Array(evidenceNames.length))
          return evidenceNames.reduce((sum, name, at) => sum + (plainWeights[name] ?? 0) * evidence[at]!, 0)
        }),
      )
    expect(odds(weighPlainly(compared, lexicon))).toEqual(odds(weighAll(compared, lexicon, null)))
  })
  it('reckons with all members at once what each of them says alone', () => {
    const traits = all.map(({ text, lang }, at) =>
      traitsOf(text, at % 4 === 3 ? 'de' : lang, lexicon, at % 5 === 4 ? null : (words) => meaningOf(words)!),
    )
    const members = [0, 1, 2, 4, 6]
    const weighed = weighPlainly(
      traits.map((one) => ({ traits: one, reports: 1 })),
      lexicon,
    )
    const odds = (one: number, other: number): number => {
      const evidence = evidenceOf(weighed[one]!, weighed[other]!, new Float64Array(evidenceNames.length))
      return evidenceNames.reduce((sum, name, at) => sum + (plainWeights[name] ?? 0) * evidence[at]!, 0)
    }
    const near = nearness(traits, members, lexicon)
    near.forEach((mean, one) => {
      const others = members.filter((member) => member !== one)
      expect(mean).toBeCloseTo(others.reduce((sum, other) => sum + odds(one, other), 0) / others.length, 4)
    })
    expect(nearness(traits, [3], lexicon)[3]).toBe(0)
    expect(nearness(traits, [], lexicon)).toEqual(traits.map(() => 0))
  })
  it('takes two problems of one fault for one, and two faults for two', () => {
    expect(kinship.areKin(all, payment, paymentToo)).toBe(true)
    expect(kinship.areKin(all, payment, lids)).toBe(false)
  })
  it('counts with a problem who speaks of it and is filed elsewhere, and nobody else', () => {
    const found = kinship.likely(all, payment).map(({ seq: no }) => no)
    expect(found).toEqual(expect.arrayContaining(payment.map(({ seq: no }) => no)))
    expect(found.filter((no) => [...lids, ...rest].some((one) => one.seq === no))).toEqual([])
  })
  it('cites members first, and is the same when asked again', () => {
    const first = kinship.readFirst(all, lids)
    expect(
      first
        .slice(0, 3)
        .map(({ seq: no }) => no)
        .sort(),
    ).toEqual(lids.map(({ seq: no }) => no).sort())
    expect(kinship.readFirst(all, lids)).toEqual(first)
  })
  it('takes one complaint for likely of nothing, and none for nothing', () => {
    expect(kinship.areKin(all, payment.slice(0, 1), paymentToo)).toBe(false)
    expect(kinship.likely(all, [])).toEqual([])
  })
})
