import { describe, expect, it } from 'vitest'
import { fileBytes } from '#engine/platform/file-bytes.ts'
import { lookWork } from '#engine/knowledge/look-work.ts'
import { openLexicon } from '#engine/understanding/concepts/lexicon.ts'
import { createEncoder, encoderFile, likeness } from '#engine/understanding/encoder/encoder.ts'
import { scaleOf } from '#engine/understanding/problems/vector-scale.ts'
import { testPaths } from '#tests/support/paths.ts'

const unit = (vector: number[]): Float32Array => {
  const length = Math.hypot(...vector)
  return Float32Array.from(vector, (value) => value / length)
}
/** Points that lie everywhere, always the same. */
const spreadOut = (n: number, size: number, common = 0): Float32Array[] =>
  Array.from({ length: n }, (_, at) =>
    unit([common, ...Array.from({ length: size }, (_, k) => Math.sin(1 + at * 12.9898 + k * 78.233))]),
  )
function meanAndSpread(values: number[]): [number, number] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return [mean, Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)]
}
const pairs = (vectors: Float32Array[]): number[] =>
  vectors.flatMap((one, at) => vectors.slice(0, at).map((other) => likeness(one, other)))

describe('likeness of another model', () => {
  it.each([40, 300])('is read with the mean and the spread of the known one, over %i texts', (n) => {
    const known = spreadOut(n, 12)
    const other = spreadOut(n, 30, 9)
    const scale = scaleOf(other, known)!
    const [mean, spread] = meanAndSpread(pairs(other).map((value) => scale.gain * value + scale.shift))
    const [wanted, width] = meanAndSpread(pairs(known))
    expect(mean).toBeCloseTo(wanted, 2)
    expect(spread).toBeCloseTo(width, 2)
  })

  it.each([
    ['few texts', spreadOut(12, 8), spreadOut(12, 8)],
    ['a model to which all is one', Array.from({ length: 50 }, () => unit([1, 1])), spreadOut(50, 8)],
    ['no built-in one', spreadOut(50, 8), []],
  ])('is not read of %s', (_, other, known) => {
    expect(scaleOf(other, known)).toBeNull()
  })
})

describe('a look with a model of the station’s own', () => {
  const langs = ['en', 'de', 'es', 'fr', 'it', 'nl', 'pt']
  // What has nothing to do with each other, in words that the built-in encoder knows.
  const things =
    'bread Fenster zapato voiture gatto fiets praia invoice Kaffee lluvia montre chiave melk camisa ticket Brille mesa avion bagno jas relógio garden Hund libro lampe treno boter chuva hotel Zahn silla carte vino schoen garrafa parcel Schnee huevo fleur pane kaas janela engine Koffer playa dent luce trein cadeira battery Milch puerta robe sedia regen cavalo bicycle Messer flor pluie'.split(
      ' ',
    )
  const members = things.map((text, at) => ({
    seq: at + 1,
    no: at + 1,
    fixed: false,
    text,
    lang: langs[at % langs.length]!,
    publishedAt: 0,
    private: false,
    intent: null,
  }))
  const vectors = members.map((_, at) => unit(Array.from({ length: 70 }, (_, k) => (k === (at < 7 ? 69 : at) ? 1 : 0))))
  const lexicon = openLexicon(null, [])
  const shipped = fileBytes(testPaths('.').resource(encoderFile))!
  const { encode } = createEncoder(shipped)

  /** The problem that holds each of the first seven after the look. */
  function homes(vectors: Float32Array[] | null): Set<number | string> {
    const home = new Map<number, number | string>(members.map(({ seq, no }) => [seq, no]))
    for (const { seqs, to, group } of lookWork(members, { lexicon, language: 'en', encode, model: null }, vectors))
      for (const seq of seqs) home.set(seq, to ?? `new ${group}`)
    return new Set(members.slice(0, 7).map(({ seq }) => home.get(seq)!))
  }

  it('joins what that says is the same', () => {
    expect(homes(null).size).toBe(7)
    expect(homes(vectors).size).toBe(1)
  })

  it('goes by the built-in one where the other tells nothing apart', () => {
    const one = members.map(() => unit([1, 2]))
    expect(lookWork(members, { lexicon, language: 'en', encode, model: null }, one)).toEqual(
      lookWork(members, { lexicon, language: 'en', encode, model: null }),
    )
  })
})
