import { DUPLICATE_DISTANCE, simhash, simhashBands, simhashDistance, type Simhash } from '../simhash.ts'
import { tokenize } from '../tokens.ts'
import { stratifiedFolds } from './folds.ts'

/** Which text each is a near copy of, by the number of the first; itself where it is the first of its kind. */
export function nearCopies(texts: readonly string[]): Int32Array {
  const first = new Int32Array(texts.length)
  const known = new Map<string, { at: number; hash: Simhash }[]>()
  texts.forEach((text, at) => {
    first[at] = at
    const hash = simhash(tokenize(text))
    if (hash === null) return
    const bands = simhashBands(hash).map((band, nth) => `${nth}:${band}`)
    const copy = bands
      .flatMap((band) => known.get(band) ?? [])
      .find((other) => simhashDistance(other.hash, hash) <= DUPLICATE_DISTANCE)
    if (copy) first[at] = first[copy.at]!
    for (const band of bands) {
      const list = known.get(band)
      if (list) list.push({ at, hash })
      else known.set(band, [{ at, hash }])
    }
  })
  return first
}

/** As `stratifiedFolds`, but near copies stand in one part: a model that has seen one knows the other by heart. */
export function foldsOfCopies(texts: readonly string[], labels: readonly string[], folds: number): Uint8Array {
  const first = nearCopies(texts)
  const heads = [...first.keys()].filter((at) => first[at] === at)
  const parts = stratifiedFolds(
    heads.map((at) => labels[at]!),
    folds,
  )
  const partOf = new Map(heads.map((at, nth) => [at, parts[nth]!]))
  return Uint8Array.from(first, (head) => partOf.get(head)!)
}
