import { readWeights, writeWeights } from '../binary.ts'
import type { ConceptName } from '../concepts/lexicon-file.ts'
import { finish, hashText } from '../hash.ts'
import { documentScale, softmax } from '../linear/train.ts'
import { evidenceNames } from './likeness.ts'
import { neighbourNames } from './neighbours.ts'
import type { PairNet } from './pair-net.ts'

/** Under `resources/`. */
export const pairModelFile = 'models/problems.bin'

/** What was learned of whether two complaints tell of one fault. */
export interface PairModel {
  /** Of the evidence of a pair, in the order of `evidenceNames`. */
  first: PairNet
  /** Of what the others say of a pair by that, in the order of `neighbourNames`. */
  second: PairNet
  /** Which kinds of fault what is meant may tell of (won't open, late, charged twice …): probabilities that add up to 1. */
  kindsOf(concepts: readonly number[]): Float64Array
}

/** Weights by concept and kind, concept by concept; those of concepts that are not known are zero. */
export interface KindWeights {
  concepts: readonly Pick<ConceptName, 'kind' | 'id'>[]
  kinds: readonly string[]
  weights: Float32Array
  bias: Float32Array
}

/** How much a concept weighs beside others: what is wrong tells the kind of a fault, the thing hardly does. */
const conceptValues = { symptom: 1.3, word: 0.8, part: 0.6 } as const
export const conceptValue = ({ kind }: Pick<ConceptName, 'kind'>): number => conceptValues[kind]

const keyOf = ({ kind, id }: Pick<ConceptName, 'kind' | 'id'>): number => finish(hashText(`${kind} ${id}`))

export function pairModelBytes(
  { first, second }: Pick<PairModel, 'first' | 'second'>,
  { concepts, ...learned }: KindWeights,
): Uint8Array {
  const size = learned.kinds.length
  const kept = concepts
    .map((_, at) => at)
    .filter((at) => rowOf(learned.weights, at, size).some((weight) => weight !== 0))
  const packed = new Int8Array(kept.length * size)
  const scales = new Float32Array(kept.length)
  kept.forEach((at, row) => {
    const weights = rowOf(learned.weights, at, size)
    const scale = (scales[row] = Math.max(...weights.map(Math.abs)) / 127)
    weights.forEach((weight, kind) => (packed[row * size + kind] = Math.round(weight / scale)))
  })
  const keys = Uint32Array.from(kept, (at) => keyOf(concepts[at]!))
  return writeWeights(
    { model: 'earshot-problems 2', evidence: evidenceNames, neighbours: neighbourNames, kinds: learned.kinds },
    { keys, scales, packed, bias: learned.bias, first: first.values, second: second.values },
  )
}

const rowOf = (weights: Float32Array, at: number, size: number): Float32Array =>
  weights.subarray(at * size, (at + 1) * size)

/** Reads what `npm run train -- problems` wrote, for the concepts of a lexicon. Throws an Error when it is damaged. */
export function openPairModel(file: Uint8Array, concepts: readonly Pick<ConceptName, 'kind' | 'id'>[]): PairModel {
  const read = readWeights(file, 'problems')
  const size = (read.header['kinds'] as string[]).length
  const netOf = (name: 'first' | 'second', inputs: string, expected: readonly string[]): PairNet => {
    if (String(read.header[inputs]) !== String(expected))
      throw new Error('problems: this file was trained on other evidence; train it anew.')
    return { inputs: expected.length, values: read.array(name, 'Float32Array') }
  }
  const bias = read.array('bias', 'Float32Array')
  const packed = read.array('packed', 'Int8Array')
  const scales = read.array('scales', 'Float32Array')
  const rows = new Map(Array.from(read.array('keys', 'Uint32Array'), (key, row) => [key, row]))
  const places = concepts.map((concept) => rows.get(keyOf(concept)) ?? -1)
  const values = Float32Array.from(concepts, conceptValue)
  return {
    first: netOf('first', 'evidence', evidenceNames),
    second: netOf('second', 'neighbours', neighbourNames),
    kindsOf(meant) {
      const known = Int32Array.from(new Set(meant)).filter((concept) => places[concept]! >= 0)
      const scale = documentScale(known, values)
      const odds = Float64Array.from(bias)
      for (const concept of known) {
        const row = places[concept]!
        for (let kind = 0; kind < size; kind++) odds[kind]! += packed[row * size + kind]! * scales[row]! * scale
      }
      softmax(odds)
      return odds
    },
  }
}
