import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createEncoder, encoderFile } from '#engine/understanding/encoder/encoder.ts'
import { evidenceNames } from '#engine/understanding/problems/likeness.ts'
import { lookOver } from '#engine/understanding/problems/look.ts'
import { neighbourNames } from '#engine/understanding/problems/neighbours.ts'
import { openPairModel, pairModelBytes, pairModelFile } from '#engine/understanding/problems/pair-model.ts'
import { netSize, oddsOf, type PairNet } from '#engine/understanding/problems/pair-net.ts'
import { traitsOf } from '#engine/understanding/problems/traits.ts'
import { tokenize } from '#engine/understanding/tokens.ts'
import { root } from '#tests/support/folder.ts'
import { shippedLexicon } from './models.ts'

const lexicon = shippedLexicon()
const shipped = (): Uint8Array => new Uint8Array(readFileSync(join(root, 'resources', pairModelFile)))
const { encode } = createEncoder(new Uint8Array(readFileSync(join(root, 'resources', encoderFile))))

/** Says the same of every pair. */
const netOf = (inputs: number, odds: number): PairNet => {
  const values = new Float32Array(netSize(inputs, 0))
  values[0] = odds
  return { inputs, values }
}

it('gives back what was written, whatever order the lexicon has by now', () => {
  const concepts = [
    { kind: 'symptom', id: 'leaks' },
    { kind: 'part', id: 'tank' },
  ] as const
  const weights = Float32Array.of(2, -2, 0, 0)
  const first = netOf(evidenceNames.length, -1.5)
  const second = netOf(neighbourNames.length, 2)
  const learned = { concepts, kinds: ['wet', 'dry'], weights, bias: Float32Array.of(0, 0) }
  const bytes = pairModelBytes({ first, second }, learned)
  const model = openPairModel(bytes, [...concepts].reverse())
  expect(model.first).toEqual(first)
  expect(model.second).toEqual(second)
  expect(oddsOf(model.second, new Float64Array(neighbourNames.length))).toBe(2)
  const [wet, dry] = model.kindsOf([1])
  expect(wet).toBeGreaterThan(0.9)
  expect(wet! + dry!).toBeCloseTo(1)
  // What it has not learned of says nothing.
  expect([...model.kindsOf([0])]).toEqual([0.5, 0.5])
  expect(() => openPairModel(bytes.subarray(0, 30), concepts)).toThrow('cut short')
})

it('knows the kind of a fault in any language and of any thing', () => {
  const model = openPairModel(shipped(), lexicon.concepts)
  const kind = (lang: string, text: string): number => {
    const kinds = model.kindsOf(lexicon.find(tokenize(text), lang).map(({ concept }) => concept))
    return kinds.indexOf(Math.max(...kinds))
  }
  const wet = kind('en', 'the kettle leaks')
  expect(kind('de', 'der Schlauch ist undicht')).toBe(wet)
  expect(kind('fr', 'le tuyau fuit')).toBe(wet)
  expect(kind('en', 'I was charged twice')).not.toBe(wet)
})

const told = [
  ['en', 'My card payment was declined at the till again'],
  ['de', 'Kartenzahlung wird an der Kasse abgelehnt'],
  ['fr', 'paiement par carte refusé ce matin'],
  ['es', 'el pago con tarjeta es rechazado'],
  ['en', 'The parcel arrives late, third day now'],
  ['de', 'Das Paket kommt zu spät, schon wieder'],
  ['it', 'il pacco arriva in ritardo'],
] as const

it('joins one fault over languages, keeps another apart, and moves nothing that is no report unless something is named', () => {
  const model = openPairModel(shipped(), lexicon.concepts)
  const all = told.map(([lang, text], key) => {
    return { key, no: key + 1, fixed: false, traits: traitsOf(text, lang, lexicon, encode), reports: 1 }
  })
  const home = new Map<number, number | string>(all.map(({ key, no }) => [key, no]))
  for (const { keys, to, group, like } of lookOver(all, lexicon, { model })) {
    expect(keys).not.toContain(like)
    for (const key of keys) home.set(key, to ?? `new ${group}`)
  }
  expect(new Set([0, 1, 2, 3].map((key) => home.get(key))).size).toBe(1)
  expect(new Set([4, 5, 6].map((key) => home.get(key))).size).toBe(1)
  expect(home.get(0)).not.toBe(home.get(4))
  const chatter = ['good morning from the lake', 'the lake this morning', 'morning at the lake, good'].map(
    (text, key) => {
      return { key, no: key + 1, fixed: false, traits: traitsOf(text, 'en', lexicon, encode), reports: 0 }
    },
  )
  expect(lookOver(chatter, lexicon, { model })).toEqual([])
})
