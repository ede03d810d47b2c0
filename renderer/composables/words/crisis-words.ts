import type { Said, SaidValue } from '#shared/model/said.ts'
import type { CrisisNumbers } from '#shared/model/crisis-view.ts'
import { nameOf } from '#shared/query/wording.ts'
import type { Language } from '#shared/words/languages.ts'
import { networkName } from '#renderer/components/network-look.ts'

interface Words {
  t(key: string, values?: Record<string, unknown>, plural?: number): string
  n(value: number): string
  moment(at: number): string
  locale: { value: string }
}

/** A moment of a time line with times, languages, networks and numbers as the page's reader writes them. */
export function momentSaid(what: Said, words: Words): Said {
  const { t, n, moment, locale } = words
  const language = locale.value as Language
  function filled(hole: string, value: SaidValue): SaidValue {
    if (typeof value === 'object') return momentSaid(value, words)
    if (typeof value === 'number')
      return hole === 'when' ? moment(value) : n(value < 100 ? Math.round(value * 10) / 10 : Math.round(value))
    if (hole === 'network') return networkName(value, t)
    if (hole === 'lang') return nameOf('language', value, language)
    return hole === 'country' ? nameOf('region', value, language) : value
  }
  const values = Object.entries(what.values ?? {}).map(([hole, value]) => [hole, filled(hole, value)] as const)
  return { ...what, values: Object.fromEntries(values) }
}

type Counted = Pick<CrisisNumbers, 'mentions' | 'people' | 'cases'>

/** How it stands in two short sentences: how many speak of it, and who waits. */
export function stateLines({ mentions, people, cases }: Counted, { t, n }: Pick<Words, 't' | 'n'>): string[] {
  if (mentions === 0) return [t('crisis.nothingHeard')]
  return [
    t('crisis.heard', {
      mentions: t('crisis.mentions', { n: n(mentions) }, mentions),
      people: t('crisis.people', { n: n(people) }, people),
    }),
    cases.unanswered === 0
      ? t('crisis.nobodyWaits')
      : cases.late > 0
        ? t('crisis.waitLate', { n: n(cases.unanswered), late: n(cases.late) }, cases.unanswered)
        : t('crisis.wait', { n: n(cases.unanswered) }, cases.unanswered),
  ]
}
