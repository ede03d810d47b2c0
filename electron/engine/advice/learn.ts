import type { Priority } from '#shared/model/rule.ts'
import { ALIKE, Precedents, VOTERS, votes, type Meaning } from './precedents.ts'
import { calibrate, measure, type Calibration, type HeldBack, type Measured, type Voice } from './suggesting.ts'
import { trainClassifier, type Classifier, type Example } from '#engine/understanding/classify/classifier.ts'

/** A decision that people made and stood by. */
export interface Decided {
  caseId: string
  text: string
  /** Words for likeness, see `subjectOf`. */
  terms: readonly string[]
  /** null: no encoder is there. */
  meaning: Meaning | null
  deskId: string
  priority: Priority
}

/** What was learned from a station's decisions. Plain values: they cross a thread. */
export interface LearnedDecisions {
  /** The classifiers' bytes; null: decisions of fewer than two kinds. */
  desks: Uint8Array | null
  priorities: Uint8Array | null
  calibration: Calibration
  measured: Measured
  /** How many decisions it has learned from. */
  decisions: number
  seconds: number
}

/** Fewer decisions: the classifier would only repeat the words of single cases. */
export const LEAST_DECISIONS = 40
/** Every fifth decision is held back for judging; the final classifier learns from all. */
const HELD_EVERY = 5

/** Labels of a classifier for a text, most certain first. */
export function chancesOf(classifier: Classifier, text: string): { label: string; certainty: number }[] {
  const chances = classifier.probabilities(text)
  return classifier.labels
    .map((label, i) => ({ label, certainty: chances[i]! }))
    .sort((a, b) => b.certainty - a.certainty)
}

export const voicesOf = (classifier: Classifier | null, text: string): Voice[] =>
  classifier === null ? [] : chancesOf(classifier, text).map(({ label, certainty }) => ({ deskId: label, certainty }))

const byDesk = ({ text, deskId }: Decided): Example => ({ text, label: deskId })
const train = (examples: Example[]): Classifier | null =>
  examples.length >= LEAST_DECISIONS && new Set(examples.map(({ label }) => label)).size > 1
    ? trainClassifier(examples)
    : null

/**
 * What the voices say of every fifth decision, having learned from the others. A case with the very same words as one
 * that was learned from is no test of anything and is left out.
 */
export function heldBack(decided: readonly Decided[]): HeldBack[] {
  const kept = decided.filter((_, at) => at % HELD_EVERY !== HELD_EVERY - 1)
  const known = new Set(kept.map(({ terms }) => [...terms].sort().join(' ')))
  const held = decided.filter(
    (one, at) => at % HELD_EVERY === HELD_EVERY - 1 && !known.has([...one.terms].sort().join(' ')),
  )
  const classifier = train(kept.map(byDesk))
  const precedents = new Precedents(kept.length)
  for (const { caseId, deskId, priority, terms, meaning } of kept)
    precedents.add({ caseId, deskId, priority }, terms, meaning)
  return held.map(({ text, terms, meaning, deskId }) => ({
    learned: voicesOf(classifier, text),
    votes: votes(precedents.nearest(terms, VOTERS, ALIKE, meaning)),
    right: deskId,
  }))
}

/** Learns from all decisions and judges itself on those that it was not shown. Deterministic; takes seconds for 10,000. */
export function learn(decided: readonly Decided[], seconds: () => number): LearnedDecisions {
  const began = seconds()
  const held = decided.length < LEAST_DECISIONS ? [] : heldBack(decided)
  const desks = train(decided.map(byDesk))
  const priorities = train(decided.map(({ text, priority }) => ({ text, label: priority })))
  return {
    desks: desks?.toBytes() ?? null,
    priorities: priorities?.toBytes() ?? null,
    calibration: calibrate(held),
    measured: measure(held),
    decisions: decided.length,
    seconds: Math.round((seconds() - began) * 100) / 100,
  }
}
