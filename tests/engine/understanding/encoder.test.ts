import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readWeights, writeWeights, type WeightArray } from '#engine/understanding/binary.ts'
import { createEncoder, encoderFile, likeness } from '#engine/understanding/encoder/encoder.ts'
import { tokenize } from '#engine/understanding/tokens.ts'
import { root } from '#tests/support/folder.ts'

const bytes = new Uint8Array(readFileSync(join(root, 'resources', encoderFile)))
const encoder = createEncoder(bytes)
const alike = (a: string, b: string): number => likeness(encoder.encode(a), encoder.encode(b))
const length = (vector: Float32Array): number => Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))

describe('encoder', () => {
  it('gives every text one vector of length 1', () => {
    const vector = encoder.encode('The card reader at the gate does not work')
    expect(vector).toHaveLength(encoder.dimensions)
    expect(length(vector)).toBeCloseTo(1, 5)
  })

  it('knows nothing of a text without words', () => {
    for (const text of ['', '   ', '😀😀', 'https://example.org', '?!']) expect(length(encoder.encode(text))).toBe(0)
  })

  it.each([
    ['my card was declined at the till', 'meine Karte wurde an der Kasse abgelehnt', 'das Paket kam nie an'],
    [
      'the app crashes after the update',
      'la aplicación se cierra después de actualizar',
      'el precio es demasiado alto',
    ],
    ['my parcel never arrived', 'mon colis n’est jamais arrivé', 'ma facture est trop élevée'],
    ['the battery drains in two hours', 'la batteria si scarica in due ore', 'il personale era scortese'],
    ['i was charged twice', 'ik ben twee keer afgeschreven', 'de app start niet'],
    ['I cannot log in', 'não consigo entrar na conta', 'a comida chegou fria'],
  ])('holds %j nearer to %j than to %j', (text, same, other) => {
    expect(alike(text, same)).toBeGreaterThan(alike(text, other))
  })

  it('reads a text the same with and without its accents, and in capitals', () => {
    expect(alike('LA BATERÍA NO CARGA', 'la bateria no carga')).toBeCloseTo(1, 5)
  })

  it('fills what it is given and reads tokens that are cut already', () => {
    const text = 'The parcel is late'
    const into = new Float32Array(encoder.dimensions).fill(7)
    expect(encoder.encode(text, tokenize(text), into)).toBe(into)
    expect([...into]).toEqual([...encoder.encode(text)])
  })

  it('reads any text without failing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const size = length(encoder.encode(text))
        expect(size === 0 || Math.abs(size - 1) < 1e-4).toBe(true)
      }),
    )
    expect(length(encoder.encode('Straße '.repeat(20_000)))).toBeCloseTo(1, 4)
    expect(length(encoder.encode('x'.repeat(20_000)))).toBeCloseTo(1, 4)
  })

  it('is called otherwise after another training', () => {
    const changed = (name: string, kind: 'Float32Array' | 'Int32Array'): string => {
      const { header, array } = readWeights(bytes.slice(), 'encoder')
      const { arrays, ...rest } = header as { arrays: { name: string; kind: 'Int8Array' }[] }
      const all = Object.fromEntries(arrays.map((one): [string, WeightArray] => [one.name, array(one.name, one.kind)]))
      const other = array(name, kind).slice()
      other[1]! += 1
      return createEncoder(writeWeights(rest, { ...all, [name]: other })).model
    }
    expect(createEncoder(bytes.slice()).model).toBe(encoder.model)
    const names = [encoder.model, changed('scales', 'Float32Array'), changed('exactRows', 'Int32Array')]
    expect(new Set(names).size).toBe(3)
  })

  it('says of a damaged file that it is one', () => {
    expect(() => createEncoder(bytes.subarray(0, 5000))).toThrow('cannot be read')
    expect(() => createEncoder(new Uint8Array(40))).toThrow('cannot be read')
  })
})
