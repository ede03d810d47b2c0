import { trainClassifier, type ClassifierOptions, type Example } from './classifier.ts'
import { foldsOfCopies } from './copies.ts'
import { stratifiedFolds } from './folds.ts'

/** What came out for one text. */
export interface Ranked {
  label: string
  first: string
  second: string | undefined
  confidence: number
}

/**
 * Trains on all parts but one and tests on that one, for each; a label that occurs once is tested on a model that never saw it. `onFold` is told
 * before each and waited for: it may let others run, or throw to stop. `copiesTogether`: near copies are in one part.
 */
export async function crossValidate(
  examples: readonly Example[],
  folds: number,
  options: ClassifierOptions,
  onFold: (fold: number) => void | Promise<void>,
  { copiesTogether = false }: { copiesTogether?: boolean } = {},
): Promise<Ranked[]> {
  const labels = examples.map(({ label }) => label)
  const texts = examples.map(({ text }) => text)
  const fold = copiesTogether ? foldsOfCopies(texts, labels, folds) : stratifiedFolds(labels, folds)
  const results: Ranked[] = []
  for (let part = 0; part < folds; part++) {
    await onFold(part)
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
