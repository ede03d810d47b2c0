import { intents, mentionKinds } from '#shared/model/mention.ts'
import type { RuleFact } from '#shared/model/rule.ts'
import { sentimentLabels } from '#shared/model/sentiment.ts'

/** Values that a fact can have when they are a closed list; the names of the rest come from the station. */
export const closedChoices: Partial<Record<RuleFact, readonly string[]>> = {
  kind: mentionKinds,
  sentiment: sentimentLabels,
  intent: intents,
}

/** `de, at ,de` → `['de', 'at']` */
export function parseValues(text: string): string[] {
  return [
    ...new Set(
      text
        .split(/[,;\n]/)
        .map((value) => value.trim())
        .filter(Boolean),
    ),
  ]
}

/** A bound as it was typed: empty is none; undefined means that it is no number. */
export function parseBound(text: string): number | null | undefined {
  if (text.trim() === '') return null
  const value = Number(text.trim().replace(',', '.'))
  return Number.isFinite(value) ? value : undefined
}
