import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readWeights, writeWeights } from '#engine/understanding/binary.ts'
import { openClassifier } from '#engine/understanding/classify/classifier.ts'
import { createEncoder, encoderFile } from '#engine/understanding/encoder/encoder.ts'
import { openOr, type ModelFault } from '#engine/understanding/open-models.ts'
import { createUnderstanding, modelFiles, type ModelFiles } from '#engine/understanding/understand.ts'
import { fileBytes } from '#engine/platform/file-bytes.ts'
import { testPaths } from '#tests/support/paths.ts'
import { shippedModels } from './models.ts'

const whole = writeWeights(
  { model: 'm' },
  { a: Uint8Array.from({ length: 90 }, (_, at) => at), b: Int32Array.of(1, -2, 3) },
)
const none: ModelFiles = { sentiment: null, language: null, intent: null, lexicon: null }

describe('a file of weights', () => {
  it('is read as it was written', () => {
    const { header, array } = readWeights(whole, 'x.bin')
    expect(header['model']).toBe('m')
    expect([...array('b', 'Int32Array')]).toEqual([1, -2, 3])
    expect(array('a', 'Uint8Array')).toHaveLength(90)
    // Also from the middle of other bytes, as a packed file has it.
    const inside = new Uint8Array(whole.length + 3)
    inside.set(whole, 3)
    expect([...readWeights(inside.subarray(3), 'x.bin').array('b', 'Int32Array')]).toEqual([1, -2, 3])
  })

  it('is refused with its name wherever a byte of it is another', () => {
    const read = (file: Uint8Array): void => {
      const { array } = readWeights(file, 'x.bin')
      array('a', 'Uint8Array')
      array('b', 'Int32Array')
    }
    const padding = new Set<number>()
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const other = whole.slice()
        other[at]! ^= flip
        // Spaces between header and arrays say nothing, and neither does the name of the model.
        let refused = false
        try {
          read(other)
        } catch (error) {
          refused = true
          expect(String(error)).toContain('x.bin')
        }
        if (!refused) padding.add(at)
      }),
      { numRuns: 2000 },
    )
    const start = whole.length - (96 + 16)
    expect([...padding].filter((at) => at >= start)).toEqual([])
  })

  it.each([
    ['nothing', new Uint8Array(0)],
    ['one byte', Uint8Array.of(7)],
    ['a text', new TextEncoder().encode('<!doctype html><title>404</title>'.repeat(40))],
    ['its beginning alone', whole.slice(0, 12)],
    ['all but its end', whole.slice(0, -1)],
    ['more than itself', new Uint8Array([...whole, 0])],
    ['a header that is null', withHeader('null')],
    ['a header without arrays', withHeader('{"model":"m"}')],
    ['a header whose arrays are none', withHeader('{"arrays":[null,3]}')],
    ['places that are none', withHeader('{"arrays":[{"name":"a","kind":"Uint8Array","at":-8,"length":1e300}]}')],
    ['a length that is none', withHeader('{"arrays":[{"name":"a","kind":"Uint8Array","at":0,"length":"4"}]}')],
  ])('is refused where it is %s', (_what, file) =>
    expect(() => readWeights(file, 'x.bin').array('a', 'Uint8Array')).toThrow(/x\.bin/),
  )
})

/** A file that ends with its header. */
function withHeader(json: string): Uint8Array {
  const text = new TextEncoder().encode(json)
  const file = new Uint8Array((12 + text.length + 7) & ~7)
  file.set(new TextEncoder().encode('EARSHOT1'))
  new DataView(file.buffer).setUint32(8, text.length, true)
  file.set(text, 12)
  return file
}

const broken: [string, (file: Uint8Array) => Uint8Array][] = [
  ['empty', () => new Uint8Array(0)],
  ['cut in half', (file) => file.slice(0, file.length >> 1)],
  ['short of its last bytes', (file) => file.slice(0, -16)],
  ['all zeros', (file) => new Uint8Array(file.length)],
  ['of text', () => new TextEncoder().encode('version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 3\n')],
]

describe('understanding with files that do not serve', () => {
  const text = 'The delivery was late and the box was broken, what a terrible service'

  it('works without any file, and says which are missing', () => {
    const { understand, faults } = createUnderstanding({ models: none })
    expect(understand({ text, title: null, lang: 'en' })).toMatchObject({
      lang: 'en',
      sentiment: { label: 'negative', model: 'ml-sentiment 2.0.7' },
      intent: null,
      aspects: [],
    })
    expect(faults).toEqual(Object.values(modelFiles).map((file) => ({ file, why: 'missing', error: null })))
  })

  it.each(Object.keys(modelFiles).flatMap((name) => broken.map(([how, make]) => [name, how, make] as const)))(
    'falls back where %s is %s',
    (name, _how, make) => {
      const models = { ...none, [name]: make(shippedModels()[name as keyof ModelFiles]!) }
      const { understand, learn, faults } = createUnderstanding({ models })
      expect(faults.map(({ file, why }) => [file, why])).toContainEqual([
        modelFiles[name as keyof ModelFiles],
        'damaged',
      ])
      learn({ kind: 'learned', sentiment: null, aspects: [{ name: 'Falcon X', words: ['falcon'] }] })
      expect(understand({ text: `${text}, falcon`, title: null, lang: 'en' })).toMatchObject({
        lang: 'en',
        aspects: ['Falcon X'],
      })
    },
  )

  it('falls back where one byte in the middle of the lexicon is another', () => {
    const lexicon = shippedModels().lexicon!.slice()
    lexicon[lexicon.length >> 1]! ^= 64
    const { understand, faults } = createUnderstanding({ models: { ...none, lexicon } })
    expect(faults).toContainEqual(expect.objectContaining({ file: modelFiles.lexicon, why: 'damaged' }) as ModelFault)
    expect(understand({ text, title: null, lang: 'en' }).aspects).toEqual([])
  })

  it.each([
    ['the encoder', encoderFile, createEncoder],
    ['what is understood after an answer', 'models/after-answer.bin', openClassifier],
  ])('is told of %s too', (_what, file, open) => {
    const bytes = fileBytes(testPaths('').resource(file))!
    for (const [, make] of broken) {
      const faults: ModelFault[] = []
      expect(openOr<unknown>(make(bytes), file, open, (fault) => void faults.push(fault))).toBeNull()
      expect(faults).toMatchObject([{ file, why: 'damaged' }])
    }
  })
})
