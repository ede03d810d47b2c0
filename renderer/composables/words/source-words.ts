import { elapsed } from '#shared/util/elapsed.ts'
import type { SourceHealth } from '#shared/model/source.ts'

/** Order in which trouble is shown: what needs a person comes first. */
const ORDER: Record<SourceHealth['state'], number> = {
  broken: 0,
  late: 1,
  starting: 2,
  live: 3,
  quiet: 4,
  finished: 5,
  off: 6,
}
export const bySourceTrouble = (a: { health: SourceHealth; name: string }, b: { health: SourceHealth; name: string }) =>
  ORDER[a.health.state] - ORDER[b.health.state] || a.name.localeCompare(b.name)

type Translate = (key: string, named: Record<string, unknown>) => string

/**
 * One source in a few true words: `Bluesky live`, `Forum quiet, as usual`, `YouTube late 6 min · quota 18 %`,
 * `Mastodon: no answer for 4 min`. `now` is the engine's time.
 */
export function sourceWords(
  health: SourceHealth,
  now: number,
  words: { t: Translate; duration(ms: number): string; percent(share: number): string },
): string {
  const { t, duration, percent } = words
  const since = (at: number | null) => (at === null ? '' : duration(elapsed(at, now)))
  const left = health.quota ? 1 - health.quota.used / Math.max(1, health.quota.limit) : 1
  const quota = health.quota && left < 0.25 ? ` · ${t('source.quotaLeft', { left: percent(Math.max(0, left)) })}` : ''
  switch (health.state) {
    case 'live':
      return (
        (health.streaming || health.lastSuccessAt === null ? t('source.live', {}) : since(health.lastSuccessAt)) + quota
      )
    case 'quiet':
      return t('source.quiet', {}) + quota
    case 'late':
      return t('source.late', { age: since(health.lastSuccessAt) }) + quota
    case 'broken':
      return health.lastSuccessAt === null
        ? t('source.brokenAlways', {})
        : t('source.broken', { age: since(health.lastSuccessAt) })
    default:
      return t(`source.${health.state}`, {})
  }
}
