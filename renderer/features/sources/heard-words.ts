import type { SourceHealth } from '#shared/model/source.ts'

/** What a source heard in the last hour against what past weeks let expect; plain when nothing is expected yet. */
export function heardWords(
  health: Pick<SourceHealth, 'expectedPerHour' | 'heardLastHour'>,
  words: { t(key: string, named: Record<string, unknown>): string; n(count: number): string },
): string {
  const heard = words.n(health.heardLastHour)
  return health.expectedPerHour === null
    ? heard
    : words.t('sources.ofExpected', { n: heard, expected: words.n(Math.round(health.expectedPerHour)) })
}
