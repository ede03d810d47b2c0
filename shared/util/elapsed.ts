/**
 * Clocks of machines are set back, by seconds or by days. Nobody waited less than no time for it, and what was looked at "in the future" is not
 * fresh until then. Every stretch between two instants that a person reads, or that a statistic is made of, is taken here. All in ms.
 */

/** From one instant to a later one; 0 where the clock was set back between them. */
export const elapsed = (from: number, to: number): number => Math.max(0, to - from)

/** Whether `at` was less than `ms` ago. What lies ahead of `now` is from before the clock was set back: no. */
export const isRecent = (at: number, now: number, ms: number): boolean => at <= now && now - at < ms
