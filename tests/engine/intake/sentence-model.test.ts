import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEncoderThread } from '#engine/intake/encoder-thread.ts'
import { systemClock } from '#engine/platform/clock.ts'
import { silentLog } from '#engine/platform/log.ts'
import { encoderFile, likeness } from '#engine/understanding/encoder/encoder.ts'
import { createTextEncoder, type TextVectors } from '#engine/intake/text-vectors.ts'
import { newFolder, root } from '#tests/support/folder.ts'
import { testPaths } from '#tests/support/paths.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'
import { endlessLoop, masksOnly, pictureModel, tokenVectors, wordPieces } from '#tests/support/onnx.ts'

const shipped = join(root, 'resources', encoderFile)
const words = ['[UNK]', 'card', 'karte', 'parcel', 'paket', '##e']
const table = [
  [0.1, 0.1, 0.1],
  [1, 0, 0],
  [0.9, 0.1, 0],
  [0, 1, 0],
  [0, 0.9, 0.1],
  [0, 0, 0.1],
]

let folder: ReturnType<typeof newFolder>
beforeEach(() => {
  folder = newFolder('models')
})
afterEach(() => folder.remove())
const put = (name: string, content: string | Uint8Array) => writeFileSync(join(folder.path, name), content)
const noise = (length: number): Uint8Array => Uint8Array.from({ length }, (_, at) => (at * 2654435761) >>> 13)
const vectorsOf = ({ vectors, dimensions }: TextVectors): Float32Array[] =>
  Array.from({ length: vectors.length / dimensions }, (_, at) =>
    vectors.subarray(at * dimensions, (at + 1) * dimensions),
  )

describe('a sentence model of one’s own', () => {
  it('replaces the built-in one and tells its cost', async () => {
    put('tiny.onnx', tokenVectors(table))
    put('tokenizer.json', wordPieces(words))
    const encoder = createTextEncoder(shipped, folder.path, systemClock)
    const state = await encoder.state()
    expect(state).toMatchObject({ own: true, dimensions: 3, refused: null, folder: folder.path })
    expect(state.model).toContain('tiny.onnx')
    expect(state.msPerText).toBeGreaterThan(0)
    expect(state.bytes).toBe(tokenVectors(table).length)
    const found = await encoder.encode(['Card', 'karte', 'two parcels: parcel, Paket'])
    const [card, karte, parcel] = vectorsOf(found)
    expect(likeness(card!, karte!)).toBeGreaterThan(0.98)
    expect(likeness(card!, parcel!)).toBeLessThan(0.5)
    expect(found.model).toBe(state.model)
  })

  it('takes the mean of a text’s own tokens only, whoever stands beside it', async () => {
    put('tiny.onnx', tokenVectors(table))
    put('tokenizer.json', wordPieces(words))
    const encoder = createTextEncoder(shipped, folder.path, systemClock)
    const [alone] = vectorsOf(await encoder.encode(['card']))
    const [beside] = vectorsOf(await encoder.encode(['card', 'parcel paket parcel paket parcel paket']))
    expect([...beside!]).toEqual([...alone!])
  })

  it('reads many texts, empty and endless ones among them', async () => {
    put('tiny.onnx', tokenVectors(table))
    put('tokenizer.json', wordPieces(words))
    const encoder = createTextEncoder(shipped, folder.path, systemClock)
    const texts = ['', 'card '.repeat(5000), ...Array.from({ length: 40 }, (_, at) => `parcel ${at}`)]
    const found = vectorsOf(await encoder.encode(texts))
    expect(found).toHaveLength(texts.length)
    expect([...found[0]!]).toEqual([0, 0, 0])
    expect(found[1]![0]).toBeCloseTo(1, 5)
  })

  it.each([
    ['no ONNX model', 'notOnnx', () => put('a.onnx', 'hello'), () => put('tokenizer.json', wordPieces(words))],
    ['an empty file', 'notOnnx', () => put('a.onnx', ''), () => put('tokenizer.json', wordPieces(words))],
    [
      'a model cut short',
      'notOnnx',
      () => put('a.onnx', tokenVectors(table).slice(0, 60)),
      () => put('tokenizer.json', wordPieces(words)),
    ],
    [
      'one of pictures',
      'otherShape',
      () => put('a.onnx', pictureModel()),
      () => put('tokenizer.json', wordPieces(words)),
    ],
    [
      'one without vectors',
      'otherShape',
      () => put('a.onnx', masksOnly()),
      () => put('tokenizer.json', wordPieces(words)),
    ],
    [
      'one with fewer tokens than its tokenizer',
      'otherShape',
      () => put('a.onnx', tokenVectors([[1, 2]])),
      () => put('tokenizer.json', wordPieces(['card', '[UNK]'])),
    ],
    [
      'one that may never end',
      'loops',
      () => put('a.onnx', endlessLoop()),
      () => put('tokenizer.json', wordPieces(words)),
    ],
    [
      'a folder',
      'notOnnx',
      () => mkdirSync(join(folder.path, 'a.onnx')),
      () => put('tokenizer.json', wordPieces(words)),
    ],
    [
      'a link that leads nowhere',
      'notOnnx',
      () => symlinkSync(join(folder.path, 'gone'), join(folder.path, 'a.onnx')),
      () => put('tokenizer.json', wordPieces(words)),
    ],
    ['random bytes', 'notOnnx', () => put('a.onnx', noise(5000)), () => put('tokenizer.json', wordPieces(words))],
    [
      'a tokenizer that is null',
      'tokenizer',
      () => put('a.onnx', tokenVectors(table)),
      () => put('tokenizer.json', 'null'),
    ],
    [
      'a tokenizer that is a list',
      'tokenizer',
      () => put('a.onnx', tokenVectors(table)),
      () => put('tokenizer.json', '[]'),
    ],
    [
      'a tokenizer that is a folder',
      'tokenizer',
      () => put('a.onnx', tokenVectors(table)),
      () => mkdirSync(join(folder.path, 'tokenizer.json')),
    ],
    [
      'a tokenizer without words',
      'otherShape',
      () => put('a.onnx', tokenVectors(table)),
      () => put('tokenizer.json', wordPieces([])),
    ],
    ['no tokenizer', 'noTokenizer', () => put('a.onnx', tokenVectors(table)), () => {}],
    [
      'a tokenizer that is none',
      'tokenizer',
      () => put('a.onnx', tokenVectors(table)),
      () => put('tokenizer.json', '{"a":'),
    ],
    [
      'a tokenizer of an unknown kind',
      'tokenizer',
      () => put('a.onnx', tokenVectors(table)),
      () => put('tokenizer.json', '{}'),
    ],
  ])('falls back on %s and says so: %s', async (_what, why, model, tokenizer) => {
    model()
    tokenizer()
    const encoder = createTextEncoder(shipped, folder.path, systemClock)
    const state = await encoder.state()
    expect(state.refused).toEqual({ code: `sentenceModel.${why}`, values: { file: 'a.onnx' } })
    expect(state).toMatchObject({ own: false, dimensions: 256 })
    const [a, b] = vectorsOf(await encoder.encode(['my card was declined', 'meine Karte wurde abgelehnt']))
    expect(likeness(a!, b!)).toBeGreaterThan(0.2)
  })

  it('is none where the folder is empty or missing', async () => {
    for (const path of [folder.path, join(folder.path, 'nowhere')])
      expect(await createTextEncoder(shipped, path, systemClock).state()).toMatchObject({ own: false, refused: null })
  })
})

describe('the thread of a sentence model', () => {
  const threadIn = () => {
    const station = newFolder('station')
    const open = () => createEncoderThread({ paths: testPaths(station.path), clock: systemClock, log: silentLog })
    return { station, open }
  }

  it('is tried once: one that serves and is busy is never called off', async () => {
    const { station } = threadIn()
    const clock = new ManualClock()
    mkdirSync(join(station.path, 'models'))
    writeFileSync(join(station.path, 'models/tiny.onnx'), tokenVectors(table))
    writeFileSync(join(station.path, 'models/tokenizer.json'), wordPieces(words))
    const thread = createEncoderThread({ paths: testPaths(station.path), clock, log: silentLog })
    try {
      expect(await thread.state()).toMatchObject({ own: true, refused: null })
      const reading = thread.own(Array.from({ length: 50 }, (_, at) => `card ${at}`))
      const asked = thread.state()
      clock.advance(61_000)
      expect(await asked).toMatchObject({ own: true, refused: null })
      expect(await reading).toHaveLength(50)
      expect(thread.problem).toBeNull()
    } finally {
      await thread.close()
      station.remove()
    }
  })

  it('gives one vector a text by the station’s own model, and nothing where that does not serve', async () => {
    const { station, open } = threadIn()
    try {
      const without = open()
      expect(await without.own(['card'])).toBeNull()
      await without.close()

      mkdirSync(join(station.path, 'models'))
      writeFileSync(join(station.path, 'models/tiny.onnx'), tokenVectors(table))
      writeFileSync(join(station.path, 'models/tokenizer.json'), wordPieces(words))
      const serving = open()
      const [card, karte, parcel] = (await serving.own(['card', 'karte', 'parcel']))!
      expect(likeness(card!, karte!)).toBeGreaterThan(0.98)
      expect(likeness(card!, parcel!)).toBeLessThan(0.5)
      expect(await serving.own([])).toBeNull()
      await serving.close()

      writeFileSync(join(station.path, 'models/tiny.onnx'), 'no model')
      const broken = open()
      expect(await broken.own(['card'])).toBeNull()
      expect(broken.problem).toMatchObject({ code: 'sentenceModel.notOnnx' })
      await broken.close()
    } finally {
      station.remove()
    }
  })
})
