import type { Alert } from '#shared/model/alert.ts'
import type { Said } from '#shared/model/said.ts'

type Say = (key: string, values?: Record<string, unknown>, plural?: number) => string

/** Beyond so many times the usual a number says nothing to a person any more. */
const FAR = 20

/** `6 × usual`, `far above usual`, `far below usual`; nothing where nothing can be said. */
export function besideUsual(
  { observed, expected }: Pick<Alert, 'observed' | 'expected'>,
  t: Say,
  n: (value: number) => string,
): string {
  if (observed >= expected) {
    if (observed === 0) return ''
    const times = expected > 0 ? observed / expected : Infinity
    if (times > FAR) return t('alerts.farAbove')
    return times < 1.15
      ? t('alerts.asUsual')
      : t('alerts.times', { n: n(times < 3 ? Math.round(times * 10) / 10 : Math.round(times)) })
  }
  const share = observed / expected
  if (share < 0.05) return t('alerts.farBelow')
  return share > 0.87 ? t('alerts.asUsual') : t('alerts.shareOfUsual', { n: n(Math.round(share * 100)) })
}

/** How loud a strength is. */
export const loudness = (strength: number): 'urgent' | 'warn' | 'plain' =>
  strength >= 7 ? 'urgent' : strength >= 4 ? 'warn' : 'plain'

/** What happened, and to what: `Payment is declined: new, 15 people within an hour`. Of the whole station it needs no name. */
export const titleOf = ({ about, what }: Pick<Alert, 'about' | 'what'>, t: Say, say: (what: Said) => string): string =>
  about.kind === 'station' || about.name === '' ? say(what) : t('alerts.title', { name: about.name, what: say(what) })
