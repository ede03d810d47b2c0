import type { HappeningKind, RuleProposal, Scorecard } from '#shared/contract/experience.ts'

export type Counts = Scorecard['rows'][number]['counts']

/** The numbers of a row that are shown, each with the cases behind it. */
export const columns = [
  'decided',
  'rerouted',
  'bounced',
  'undone',
  'noise',
  'reopened',
  'otherwise',
] as const satisfies readonly HappeningKind[]
export type Column = (typeof columns)[number]

/** Share of decisions that nobody took back or sent elsewhere; null: nothing was decided. */
export function stood({ decided, rerouted, bounced, undone, noise }: Counts): number | null {
  return decided === 0 ? null : Math.max(0, decided - rerouted - bounced - undone - noise) / decided
}

/** Sums of several rows. */
export function total(rows: readonly { counts: Counts }[]): Counts {
  const sum: Counts = {
    decided: 0,
    rerouted: 0,
    bounced: 0,
    undone: 0,
    noise: 0,
    reopened: 0,
    held: 0,
    followed: 0,
    otherwise: 0,
  }
  for (const { counts } of rows) for (const what of Object.keys(sum) as HappeningKind[]) sum[what] += counts[what]
  return sum
}

/** What a proposed rule asks for, in few words: `“refund”, “voucher” · lang de`. */
export function conditionWords(
  { words, facts }: Pick<RuleProposal, 'words' | 'facts'>,
  factName: (fact: string) => string,
): string {
  return [
    words.map((word) => `“${word}”`).join(', '),
    ...facts.map(({ fact, value }) => `${factName(fact)} ${String(value)}`),
  ]
    .filter((part) => part !== '')
    .join(' · ')
}
