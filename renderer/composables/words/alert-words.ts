import type { Alert } from '#shared/model/alert.ts'
import type { Said, SaidValue } from '#shared/model/said.ts'
import { nameOf } from '#shared/query/wording.ts'
import type { Language } from '#shared/words/languages.ts'
import { networkName } from '#renderer/components/network-look.ts'

type Say = (key: string, values?: Record<string, unknown>, plural?: number) => string

/** Beyond so many times the usual a number says nothing to a person any more. */
const FAR = 20

/** `6 × usual`, `far above usual`, `far below usual`; nothing where nothing can be said. */
export function besideUsual(
  { kind, observed, expected }: Pick<Alert, 'kind' | 'observed' | 'expected'>,
  t: Say,
  n: (value: number) => string,
): string {
  // Of an ear that failed, minutes are counted, of which none is usual.
  if (kind === 'ear' && expected === 0) return ''
  // Nothing is usual of what somebody asked to be told of.
  if (kind === 'rule' || kind === 'influencer') return ''
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

/** Who has it, or how it stands. A card without data may be in somebody's hand too. */
export const standing = ({ state, takenBy }: Pick<Alert, 'state' | 'takenBy'>, t: Say): string =>
  takenBy !== null && state !== 'resolved' ? t('alerts.takenBy', { by: takenBy }) : t(`alerts.state.${state}`)

interface Words {
  t: Say
  n(value: number): string
  say(what: Said): string
  locale: { value: string }
}

/** With its numbers as the page's language writes them, no finer than anybody reads, and names in the place of codes. */
export function readable(what: Said, { t, n, locale }: Words): Said {
  const values = Object.entries(what.values ?? {}).map(([hole, value]): [string, SaidValue] => {
    if (typeof value === 'number') return [hole, n(value < 100 ? Math.round(value * 10) / 10 : Math.round(value))]
    if (typeof value !== 'string') return [hole, value]
    if (hole === 'network') return [hole, networkName(value, t)]
    return [hole, hole === 'country' ? nameOf('region', value, locale.value as Language) : value]
  })
  return { ...what, values: Object.fromEntries(values) }
}

/** What happened, and to what: `Payment is declined · New: 15 people within an hour`. Of the whole station it needs no name. */
export function titleOf({ about, what }: Pick<Alert, 'about' | 'what'>, words: Words): string {
  const said = words.say(readable(what, words))
  return about.kind === 'station' || about.name === ''
    ? said
    : words.t('alerts.title', { name: about.name, what: said })
}
