import { random } from '../linear/random.ts'
import { documentScale, type LinearData, type LinearWeights } from '../linear/train.ts'

export interface SvmOptions {
  /** Price of a mistake against that of a long weight vector. */
  cost: number
  /** Most rounds over all documents; a label that has settled stops before. */
  epochs: number
  seed: number
}

/** A round in which no document pulls harder than this ends the training of a label. */
const SETTLED = 0.05
/** Documents farther than this on their right side are set aside until the others have settled. */
const FAR = 0.3

/**
 * One linear support vector machine a label, it against all others, with squared hinge loss, by dual coordinate descent (Hsieh et al. 2008, the
 * method of LIBLINEAR) with shrinking. Deterministic for a seed. Weights are for documents scaled by `documentScale`, values multiplied in, as
 * `trainLinear` gives them, so that both may be added up.
 */
export function trainSvm(data: LinearData, options: SvmOptions): LinearWeights {
  const { documents, labels, importance, featureCount, classCount: classes, values } = data
  const weights = new Float32Array(featureCount * classes)
  const bias = new Float32Array(classes)
  const count = documents.length
  const scales = Float64Array.from(documents, (document) => documentScale(document, values) / 2)
  // Length of each document with its bias feature of 1.
  const squares = Float64Array.from(scales, (scale) => (scale > 0 ? 2 : 1))
  const w = new Float32Array(featureCount)
  const alpha = new Float64Array(count)
  const order = new Int32Array(count)
  const next = random(options.seed)
  for (let label = 0; label < classes; label++) {
    w.fill(0)
    alpha.fill(0)
    for (let at = 0; at < count; at++) order[at] = at
    let offset = 0
    let active = count
    for (let epoch = 0; epoch < options.epochs; epoch++) {
      let hardest = 0
      for (let at = active - 1; at > 0; at--) swap(order, at, Math.floor(next() * (at + 1)))
      for (let at = 0; at < active; at++) {
        const index = order[at]!
        const sign = labels[index] === label ? 1 : -1
        const document = documents[index]!
        const scale = scales[index]!
        let dot = 0
        for (let k = 0; k < document.length; k++) dot += w[document[k]!]! * values[document[k]!]!
        const soft = 0.5 / (options.cost * importance[index]!)
        const old = alpha[index]!
        const gradient = sign * (dot * scale + offset) - 1 + soft * old
        if (old === 0 && gradient > 0) {
          if (gradient > FAR && epoch > 1) swap(order, at--, --active)
          continue
        }
        hardest = Math.max(hardest, Math.abs(gradient))
        alpha[index] = Math.max(0, old - gradient / (squares[index]! + soft))
        const step = (alpha[index]! - old) * sign
        if (step === 0) continue
        for (let k = 0; k < document.length; k++) w[document[k]!]! += step * scale * values[document[k]!]!
        offset += step
      }
      if (hardest >= SETTLED) continue
      if (active === count) break
      active = count
    }
    for (let feature = 0; feature < featureCount; feature++)
      weights[feature * classes + label] = (w[feature]! * values[feature]!) / 2
    bias[label] = offset
  }
  return { weights, bias }
}

function swap(order: Int32Array, one: number, other: number): void {
  const kept = order[one]!
  order[one] = order[other]!
  order[other] = kept
}
