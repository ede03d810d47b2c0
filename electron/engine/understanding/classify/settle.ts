import { softmax } from '../linear/train.ts'

/** What a model that had not seen it said of an example. */
export interface Held {
  scores: Float64Array
  right: number
}

/** The factor on held-back scores that makes their log loss least (temperature scaling, Guo et al. 2017). */
export function bestSharpness(held: readonly Held[]): number {
  let best = 1
  let least = Infinity
  for (let factor = 0.1; factor < 6; factor *= 1.06) {
    let loss = 0
    for (const { scores, right } of held) {
      const z = scores.map((value) => value * factor)
      softmax(z)
      loss -= Math.log(Math.max(1e-9, z[right]!))
    }
    if (loss < least) {
      least = loss
      best = factor
    }
  }
  return best
}

/** Cuts this share of all to either side count as well: the best single one is luck. */
const NEAR = 0.01

/**
 * What is added to the first label's score, of two, so that the mean of both labels' F1 is best on what was held back: where one label is rare, the
 * middle between them is seldom the best place to part them.
 */
export function evenShift(held: readonly Held[]): number {
  const margins = held.map(({ scores, right }) => ({ margin: scores[0]! - scores[1]!, first: right === 0 }))
  margins.sort((a, b) => b.margin - a.margin)
  const all = margins.length
  const firsts = margins.filter(({ first }) => first).length
  if (firsts === 0 || firsts === all) return 0
  const found = new Float64Array(all + 1)
  let hits = 0
  for (let cut = 0; cut <= all; cut++) {
    if (cut > 0 && margins[cut - 1]!.first) hits++
    const rest = all - firsts - (cut - hits)
    found[cut] = hits / (cut + firsts) + rest / (all - cut + all - firsts)
  }
  const near = Math.max(1, Math.round(all * NEAR))
  let best = 1
  let most = -Infinity
  for (let cut = 1; cut < all; cut++) {
    const around = found.subarray(Math.max(0, cut - near), cut + near + 1)
    const mean = around.reduce((sum, value) => sum + value, 0) / around.length
    if (mean > most) {
      most = mean
      best = cut
    }
  }
  return -(margins[best - 1]!.margin + margins[best]!.margin) / 2
}
