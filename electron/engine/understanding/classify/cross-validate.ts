import { trainClassifier, type ClassifierOptions, type Example } from './classifier.ts'

/** What came out for one text. */
export interface Ranked {
  label: string
  first: string
  second: string | undefined
  confidence: number
}

/** Parts of equal size in which every label is spread evenly, in the order of the file: the first fifth of each label is part one. */
export function stratifiedFolds(labels: readonly string[], folds: number): Uint8Array {
  const places = new Map<string, number[]>()
  labels.forEach((label, at) => {
    const list = places.get(label)
    if (list) list.push(at)
    else places.set(label, [at])
  })
  const fold = new Uint8Array(labels.length)
  for (const list of places.values()) list.forEach((at, rank) => (fold[at] = Math.floor((rank * folds) / list.length)))
  return fold
}

/**
 * Trains on all parts but one and tests on that one, for each; a label that occurs once is tested on a model that never saw it. `onFold` is told
 * before each.
 */
export function crossValidate(
  examples: readonly Example[],
  folds: number,
  options: ClassifierOptions,
  onFold: (fold: number) => void,
): Ranked[] {
  const fold = stratifiedFolds(
    examples.map((example) => example.label),
    folds,
  )
  const results: Ranked[] = []
  for (let part = 0; part < folds; part++) {
    onFold(part)
    const train = examples.filter((_, at) => fold[at] !== part)
    const test = examples.filter((_, at) => fold[at] === part)
    if (test.length > 0) results.push(...rank(train, test, options))
  }
  return results
}

/** Trains on one list and tests on another. */
export function rank(train: readonly Example[], test: readonly Example[], options: ClassifierOptions): Ranked[] {
  const classifier = trainClassifier(train, options)
  return test.map((example) => {
    const [first, second] = classifier.suggest(example.text, 2)
    return { label: example.label, first: first!.label, second: second?.label, confidence: first!.confidence }
  })
}
