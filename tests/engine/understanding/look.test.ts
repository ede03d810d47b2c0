import { describe, expect, it } from 'vitest'
import { averageLinkage } from '#engine/understanding/problems/linkage.ts'
import { lookOver, type LookedAt } from '#engine/understanding/problems/look.ts'
import { evidenceNames } from '#engine/understanding/problems/likeness.ts'
import { neighbourNames } from '#engine/understanding/problems/neighbours.ts'
import type { PairModel } from '#engine/understanding/problems/pair-model.ts'
import { netSize, type PairNet } from '#engine/understanding/problems/pair-net.ts'
import { nameFrom } from '#engine/understanding/problems/name.ts'
import { codesOf, traitsOf } from '#engine/understanding/problems/traits.ts'
import { shippedLexicon } from './models.ts'

const lexicon = shippedLexicon()

const complaint = (key: number, no: number, lang: string, text: string, fixed = false): LookedAt => ({
  key,
  no,
  fixed,
  traits: traitsOf(text, lang, lexicon),
  reports: 1,
})

const declined = [
  ['en', 'My card payment was declined at the till again'],
  ['de', 'Kartenzahlung wird an der Kasse abgelehnt'],
  ['en', 'card payment declined twice this morning'],
  ['fr', 'paiement par carte refusé ce matin'],
  ['es', 'el pago con tarjeta es rechazado'],
] as const
const late = [
  ['en', 'The parcel arrives late, third day now'],
  ['de', 'Das Paket kommt zu spät, schon wieder'],
  ['en', 'parcel late again, nobody answers'],
  ['it', 'il pacco arriva in ritardo'],
] as const

/** Each alone, as the fast assignment may have left them. */
const alone = [...declined, ...late].map(([lang, text], at) => complaint(at, at + 1, lang, text))

/** Where each is after the moves. */
function after(all: readonly LookedAt[]): (number | string)[] {
  const home = new Map<number, number | string>(all.map(({ key, no }) => [key, no]))
  for (const { keys, to, group } of lookOver(all, lexicon)) for (const key of keys) home.set(key, to ?? `new ${group}`)
  return all.map(({ key }) => home.get(key)!)
}

describe('the slower look', () => {
  it('joins what is one fault over languages and keeps another apart, and says by what', () => {
    const found = after(alone)
    expect(new Set(found.slice(0, declined.length)).size).toBe(1)
    expect(new Set(found.slice(declined.length)).size).toBe(1)
    expect(found[0]).not.toBe(found.at(-1))
    const reasons = lookOver(alone, lexicon).flatMap(({ shared }) =>
      shared.map((concept) => lexicon.concepts[concept]!.id),
    )
    expect(reasons).toContain('is-declined')
  })

  it('joins nothing on the word of others alone: where everything is loud, everything is in like company', () => {
    const says = (inputs: number, odds: number): PairNet => ({
      inputs,
      values: Float32Array.from({ length: netSize(inputs, 0) }, (_, at) => (at === 0 ? odds : 0)),
    })
    const model = (own: number, others: number): PairModel => ({
      first: says(evidenceNames.length, own),
      second: says(neighbourNames.length, others),
      kindsOf: () => new Float64Array(1),
    })
    const all = alone.map((one) => ({ ...one, traits: { ...one.traits, vector: Float32Array.of(1, 0) } }))
    const movedBy = (own: number, others: number) =>
      lookOver(all, lexicon, { model: model(own, others) }).flatMap(({ keys }) => keys).length
    expect(movedBy(-4, 9)).toBe(0)
    // What might be one fault by itself is, when the others say so, and is not when they do not.
    expect(movedBy(-2, 9)).toBe(all.length - 1)
    expect(movedBy(-2, -9)).toBe(0)
    expect(movedBy(2, -9)).toBe(0)
  })

  it('takes apart what is two faults, into one new problem', () => {
    const mixed = alone.map((one) => ({ ...one, no: 7 }))
    const found = after(mixed)
    expect(new Set(found.slice(0, declined.length))).toEqual(new Set([7]))
    const others = new Set(found.slice(declined.length))
    expect(others.size).toBe(1)
    expect([...others][0]).toMatch(/^new /)
    expect(lookOver(mixed, lexicon).every(({ whole }) => !whole)).toBe(true)
  })

  it('leaves alone what a person put together, and what a person keeps apart', () => {
    expect(
      lookOver(
        alone.map((one) => ({ ...one, no: 7, fixed: true })),
        lexicon,
      ),
    ).toEqual([])
    const halves = alone.slice(0, declined.length).map((one, at) => ({ ...one, no: at % 2, fixed: at < 2 }))
    expect(lookOver(halves, lexicon)).toEqual([])
  })

  it('lets what stands alone join what a person made', () => {
    const joined = alone
      .slice(0, declined.length)
      .map((one, at) => ({ ...one, no: at < 2 ? 50 : one.no, fixed: at < 2 }))
    expect(after(joined)).toEqual(declined.map(() => 50))
  })

  it('changes nothing when it looks again', () => {
    const home = after(alone)
    const sorted = alone.map((one, at) => ({ ...one, no: home[at] as number }))
    expect(lookOver(sorted, lexicon)).toEqual([])
  })

  it('has nothing to say of nothing', () => {
    expect(lookOver([], lexicon)).toEqual([])
    expect(lookOver([complaint(1, 1, 'en', '')], lexicon)).toEqual([])
  })
})

describe('average linkage', () => {
  it('joins by the mean of all pairs and stops at the threshold', () => {
    const pairs = [
      [0, 1, 5],
      [0, 2, 1],
      [1, 2, 2],
      [0, 3, -9],
      [1, 3, -9],
      [2, 3, -9],
    ] as const
    const groupsAt = (threshold: number): number[] => {
      const likeness = new Float32Array(16)
      for (const [a, b, how] of pairs) likeness[a * 4 + b] = likeness[b * 4 + a] = how
      const groups = averageLinkage(likeness, 4, threshold)
      return [...groups].map((group) => [...groups].indexOf(group))
    }
    expect(groupsAt(0)).toEqual([0, 0, 0, 3])
    expect(groupsAt(1.6)).toEqual([0, 0, 2, 3])
    expect(groupsAt(6)).toEqual([0, 1, 2, 3])
    expect(groupsAt(-10)).toEqual([0, 0, 0, 0])
  })
})

describe('codes', () => {
  it.each([
    ['Error PAY-417 at the counter', ['PAY417']],
    ['shows E04 and then err 12, since v4.2.1', ['E04', 'V4.2.1']],
    ['Fehlercode 503 seit Version 4.2', ['E503', 'V4.2']],
    ['paid 3.50 at 10.30 on 12.05.2026, 20 minutes, 50%', []],
    ['ERREUR 404', ['E404', 'ERREUR404']],
    ['', []],
  ])('%s: %j', (text, codes) => expect(codesOf(text).sort()).toEqual(codes))
})

describe('names of problems', () => {
  const texts = declined.map(([lang, text]) => ({ lang, text }))
  it('say what is wrong with what, in the language asked for', () => {
    expect(nameFrom(texts, lexicon, 'en')).toBe('Card payment is declined')
    expect(nameFrom(texts, lexicon, 'de')).toBe('Kartenzahlung wird abgelehnt')
  })
  it('say of a part only what is said of it: one of another sentence, or of another matter further on, is none of its', () => {
    const said = (...all: string[]) =>
      nameFrom(
        all.map((text) => ({ lang: 'en', text })),
        lexicon,
        'en',
      )
    const first = said('Charged twice for one coffee at the kiosk', 'I was charged twice for a coffee this morning')
    expect(first).toMatch(/charged twice$/)
    const apart = [
      'The tap drips on the counter, and my second repair was for nothing',
      'It drips again, and then the repair did nothing at all',
      'Still drips all over. Repair number three is booked',
    ]
    expect(said(...apart) ?? '').not.toMatch(/^Repair/)
  })
  it('say nothing where the texts do not share both', () => {
    expect(nameFrom([texts[0]!, { lang: 'en', text: 'a late parcel' }], lexicon, 'en')).toBeNull()
    expect(nameFrom([], lexicon, 'en')).toBeNull()
  })
})
