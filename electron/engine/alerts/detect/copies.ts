import { said } from '#shared/words/said.ts'
import { strengthOf, type Sensitivity, type Verdict } from './verdict.ts'

/** The same words from many accounts within minutes: something that is organised, or a text that runs by itself. JSON-safe. */
export interface CopiesState {
  /** By the text that the others are copies of: who wrote it when, in minutes since 1970; oldest first. */
  groups: Record<string, { at: number; author: string }[]>
}

export interface CopiesSetting {
  accounts: number
  minutes: number
}

export const copiesSettings: Readonly<Record<Sensitivity, CopiesSetting>> = {
  low: { accounts: 12, minutes: 10 },
  normal: { accounts: 6, minutes: 10 },
  high: { accounts: 4, minutes: 20 },
}

const LONGEST = Math.max(...Object.values(copiesSettings).map(({ minutes }) => minutes))
/** Groups and copies of one that are kept in mind; the oldest go first. */
const MOST_GROUPS = 2000
const MOST_OF_ONE = 500

export const freshCopies = (): CopiesState => ({ groups: {} })

/** A mention that has the words of another. One that shares a post openly (a repost) is no copy: the caller leaves it out. */
export function copied(state: CopiesState, of: string, author: string, at: number): void {
  const group = (state.groups[of] ??= [])
  if (!group.some((one) => one.author === author && one.at > at - LONGEST)) group.push({ at, author })
  group.sort((a, b) => a.at - b.at)
  while (group.length > MOST_OF_ONE || (group[0] && group[0].at < at - LONGEST)) group.shift()
  const keys = Object.keys(state.groups)
  if (keys.length > MOST_GROUPS)
    for (const key of keys) if ((state.groups[key]!.at(-1)?.at ?? 0) < at - LONGEST) delete state.groups[key]
}

/** What stands out now, the most accounts first; `of` names the text. */
export function judgeCopies(
  state: CopiesState,
  now: number,
  sensitivity: Sensitivity,
): { of: string; verdict: Verdict }[] {
  const { accounts: least, minutes } = copiesSettings[sensitivity]
  return Object.entries(state.groups)
    .map(([of, all]) => ({
      of,
      accounts: new Set(all.filter(({ at }) => at > now - minutes && at <= now).map((one) => one.author)).size,
    }))
    .filter(({ accounts }) => accounts >= least)
    .sort((a, b) => b.accounts - a.accounts)
    .map(({ of, accounts }) => ({ of, verdict: verdictOf(accounts, least, minutes) }))
}

const verdictOf = (accounts: number, least: number, minutes: number): Verdict => ({
  detector: 'copies',
  what: said('alert.copies', { n: accounts, minutes }),
  formula: said('alert.formulaCopies', { n: least, minutes }),
  silentIf: said('alert.silentAccounts', { n: least, minutes }),
  observed: accounts,
  expected: 1,
  low: 0,
  high: least - 1,
  minutes,
  daysBetween: null,
  strength: strengthOf(10, accounts / 2),
  learning: false,
})
