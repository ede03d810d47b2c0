import { said } from '#shared/words/said.ts'
import { strengthOf, type Sensitivity, type Verdict } from './verdict.ts'

/** The cases of a desk whose clock breaks soon. */
export interface ClocksLook {
  /** Within how many minutes. */
  minutes: number
  /** Cases whose clock breaks within, and those of them that nobody has in hand. */
  due: number
  untaken: number
  /** Cases that this desk brings to an end in so many minutes, by its last week; null: not known yet. */
  usuallyDone: number | null
}

const least: Readonly<Record<Sensitivity, number>> = { low: 10, normal: 5, high: 3 }

/** More clocks are about to break than the desk usually gets done until then. */
export function judgeClocks(look: ClocksLook, sensitivity: Sensitivity): Verdict | null {
  const usual = look.usuallyDone ?? 0
  const enough = Math.max(least[sensitivity], Math.ceil(usual) + 1)
  if (look.due < enough || look.untaken === 0) return null
  return {
    detector: 'clocks',
    what: said('alert.clocks', { n: look.due, minutes: look.minutes, untaken: look.untaken }),
    formula: said('alert.formulaClocks', { usual: Math.round(usual * 10) / 10, minutes: look.minutes }),
    silentIf: said('alert.silentClocks', { n: enough, minutes: look.minutes }),
    observed: look.due,
    expected: usual,
    low: 0,
    high: enough - 1,
    minutes: look.minutes,
    daysBetween: null,
    strength: strengthOf(10, look.due / Math.max(1, usual)),
    learning: look.usuallyDone === null,
  }
}
