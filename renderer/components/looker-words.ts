import type { Looker } from '#shared/model/looker.ts'

type Say = (key: string, values?: Record<string, unknown>) => string

/** `name`: the one that counts most, for a narrow place. `whole`: what everybody does, those who write first. */
export function lookerWords(others: readonly Looker[], myId: string | null, t: Say): { name: string; whole: string } {
  const nameOf = ({ officer }: Looker) =>
    officer.id === myId ? t('looker.window', { name: officer.name }) : officer.name
  const first = others[0]
  const sentence = (doing: Looker['doing']) => {
    const [one, ...rest] = others.filter((other) => other.doing === doing)
    if (!one) return null
    const who = rest.length ? t('looker.and', { who: nameOf(one), n: rest.length }) : nameOf(one)
    return t(`looker.${doing}`, { who })
  }
  return {
    name: first ? first.officer.name : '',
    whole: [sentence('writing'), sentence('looking')].filter((part) => part !== null).join(' · '),
  }
}
