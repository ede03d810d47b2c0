/**
 * How often a series surprises by its own habit. Rarity by a law of counts is too sure of itself where people speak in bursts: what counts is how much rarer this is than the surprises that the series had before.
 * Peaks over a bar, their mean excess and their rate give how seldom one like this comes (peaks over threshold with an exponential tail; Coles 2001, chapter 4).
 */

/** JSON-safe. Times are minutes since 1970. */
export interface Habit {
  /** Excess over the bar, oldest first; at most {@link MOST_PEAKS}. */
  peaks: { at: number; over: number }[]
  /** The peak that is not over yet. */
  rising: { at: number; over: number; last: number } | null
  /** From here on it was looked. */
  since: number | null
}

export interface HabitSetting {
  /** Rarities above it are peaks. */
  bar: number
  /** Peaks that are so many minutes apart are two. */
  apart: number
  /** A series that nobody knows yet is taken to have had so many peaks of this mean excess. */
  priorPeaks: number
  priorExcess: number
  /** Peaks older than so many days are forgotten. */
  days: number
  /** A peak counts as at most so many times the mean one, and while few are known as fewer: one huge bucket is an accident, several are a habit. */
  mostTimes: number
  /** The very first peak counts as at most so many times what an unknown series has, the next as one more, up to `mostTimes`. */
  firstTimes: number
}

export const habitSetting: HabitSetting = {
  bar: 3,
  apart: 180,
  priorPeaks: 4,
  priorExcess: 2.25,
  days: 60,
  mostTimes: 12,
  firstTimes: 4,
}

const MOST_PEAKS = 64
const DAY = 1440

export const freshHabit = (): Habit => ({ peaks: [], rising: null, since: null })

/** In so many days one like this is to be expected once; 0 below the bar. The peak that lasts does not count against itself. */
export function daysBetween(habit: Habit, rarity: number, at: number, s: HabitSetting = habitSetting): number {
  if (rarity <= s.bar) return 0
  const n = habit.peaks.length
  const mean = meanExcess(habit, s)
  const lookedAt = habit.since === null ? 0 : Math.min(s.days, (at - habit.since) / DAY)
  const daysAPeak = (lookedAt + 1) / (n + 1)
  return Math.min(100_000, daysAPeak * Math.exp(Math.min(30, (rarity - s.bar) / mean)))
}

function meanExcess({ peaks }: Habit, s: HabitSetting): number {
  let sum = s.priorPeaks * s.priorExcess
  for (const { over } of peaks) sum += over
  return sum / (peaks.length + s.priorPeaks)
}

/** Remembers what the minute brought. */
export function remember(habit: Habit, rarity: number, at: number, s: HabitSetting = habitSetting): void {
  habit.since ??= at
  const over = rarity - s.bar
  const { rising } = habit
  if (over > 0) {
    if (rising === null) habit.rising = { at, over, last: at }
    else {
      rising.over = Math.max(rising.over, over)
      rising.last = at
    }
    return
  }
  if (rising === null || at - rising.last <= s.apart) return
  const times = Math.min(s.mostTimes, s.firstTimes + habit.peaks.length)
  habit.peaks.push({ at: rising.at, over: Math.min(rising.over, times * meanExcess(habit, s)) })
  habit.rising = null
  while (habit.peaks.length > MOST_PEAKS || (habit.peaks[0] && habit.peaks[0].at < at - s.days * DAY))
    habit.peaks.shift()
}
