import type { Language } from '#shared/words/languages.ts'
import type { AlertReader } from './alert-recipient.ts'

/**
 * What a message about an alert says.
 * - `raised`, `worse`: it began, or is stronger than what was told before
 * - `resolved`: it is over
 * - `noData`, `dataAgain`: what it rests on says nothing just now, or speaks again
 * - `held`: what began and ended in quiet hours
 * - `test`: somebody tries whether messages arrive
 */
export const alertSayings = ['raised', 'worse', 'resolved', 'noData', 'dataAgain', 'held', 'test'] as const
export type AlertSaying = (typeof alertSayings)[number]

/** One line of a message. `quote`: a stranger's words, to be set apart. */
export interface AlertLine {
  text: string
  quote?: true
}

/** A message as it was when it was decided, the same on every attempt. Instants are ISO 8601. */
export interface AlertMessage {
  saying: AlertSaying
  language: Language
  reader: AlertReader
  station: string
  at: string
  subject: string
  lines: AlertLine[]
  /** For programs; null: it is about no single alert. */
  alert: AlertFacts | null
}

/** An alert as a program outside may read it. Nothing that was written to the company alone. */
export interface AlertFacts {
  id: string
  kind: string
  state: string
  about: { kind: string; name: string }
  strength: number
  since: string
  raisedAt: string | null
  resolvedAt: string | null
  takenBy: string | null
  observed: number
  expected: number
  low: number
  high: number
  minutes: number
  causes: { kind: string; label: string; share: number; count: number }[]
  mentions: { id: string; network: string; author: string; text: string; url: string | null; publishedAt: string }[]
}
