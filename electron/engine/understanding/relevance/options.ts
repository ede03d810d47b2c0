import type { ClassifierOptions } from '../classify/classifier.ts'

/**
 * How it is learned whether texts are about what a listen is for, by the station and by `evaluate classify`. `anchors`: the words that all of them
 * were found by. The rarer label counts more, and not as much as all others together: it is judged more carelessly.
 */
export const relevanceOptions = (anchors: readonly string[]): ClassifierOptions => ({ balance: 0.5, anchors })
