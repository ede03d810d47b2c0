import type { LinearOptions } from '../linear/train.ts'
import type { SvmOptions } from './linear-svm.ts'

/** A way to learn. */
export interface Preset {
  /** What a present feature counts for before its rarity: word, phrase, piece, stem, pair, piece across words, skip, trait; 0: not looked at. */
  groups: readonly [number, number, number, number, number, number, number, number]
  /** Power of the logarithm of a feature's rarity. */
  rarity: number
  /** 0: a feature counts by its rarity alone; 1: by how far it shifts the odds of the labels. */
  telling: number
  /** Features in fewer examples are left out; below 2,000 examples none is. */
  leastCount: number
  /** null: the support vector machines do without. */
  regression: LinearOptions | null
  svm: SvmOptions & {
    /** The margins are added to the regression's log odds with this weight: each makes other mistakes. */
    share: number
  }
}

/**
 * What did best in cross-validation on one kind of data each: about the brand or not (few labels), reasons of complaints (several), narrow
 * requests (many). The number of labels chooses.
 */
const few: Preset = {
  groups: [1, 0.7, 0.5, 0.7, 0.3, 0.3, 0.3, 1],
  rarity: 1,
  telling: 0.7,
  leastCount: 1,
  regression: { naiveBayes: 0.7, alpha: 1, rate: 1, penalty: 2e-5, epochs: 8, seed: 1 },
  svm: { cost: 2, epochs: 12, seed: 1, share: 0.5 },
}
const several: Preset = {
  groups: [0.7, 0.4, 0.2, 1.3, 1, 0, 0.4, 0],
  rarity: 1,
  telling: 0,
  leastCount: 2,
  regression: { naiveBayes: 0.3, alpha: 1, rate: 2, penalty: 2e-4, epochs: 12, seed: 1 },
  svm: { cost: 0.5, epochs: 12, seed: 1, share: 2 },
}
const many: Preset = {
  groups: [1, 0.45, 0.8, 1, 0.45, 0.3, 0, 0],
  rarity: 0.5,
  telling: 0.3,
  leastCount: 2,
  regression: { naiveBayes: 0, alpha: 1, rate: 6, penalty: 3e-5, epochs: 9, seed: 1 },
  svm: { cost: 2, epochs: 12, seed: 1, share: 1 },
}
/** About what a listen is for or not: a few telling traits among many words, one label rare. The regression only blurred it. */
const anchored: Preset = {
  groups: [1, 0.7, 0.5, 0.7, 0, 0, 0, 2],
  rarity: 1,
  telling: 0,
  leastCount: 1,
  regression: null,
  svm: { cost: 1.5, epochs: 20, seed: 1, share: 2 },
}
const FEW_LABELS = 4
const MANY_LABELS = 20

export const presetFor = (labels: number, hasAnchors = false): Preset =>
  hasAnchors ? anchored : labels > MANY_LABELS ? many : labels > FEW_LABELS ? several : few
