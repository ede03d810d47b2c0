import type { BackTest, WouldHaveFired } from '#shared/model/back-test.ts'

export const firedMark = (changes: Partial<WouldHaveFired> = {}): WouldHaveFired => ({
  at: Date.parse('2026-11-18T10:05:00Z'),
  from: Date.parse('2026-11-18T10:00:00Z'),
  lastAt: Date.parse('2026-11-18T11:00:00Z'),
  strength: 8,
  what: { code: 'alert.rise', values: { n: 60, minutes: 5, usual: 2, times: 30 } },
  observed: 60,
  expected: 2,
  minutes: 5,
  learning: false,
  worse: 0,
  done: { alerts: [], casesOpened: 0, casesReplied: 0 },
  ...changes,
})

/** A try of the last four weeks that fired once at `low`, twice at `normal` and never at `high`. */
export const backTest = (changes: Partial<BackTest> = {}): BackTest => ({
  definition: { about: { kind: 'listen', id: 'lst_1' }, detector: 'rise' },
  period: { from: Date.parse('2026-10-23T10:00:00Z'), to: Date.parse('2026-11-20T10:00:00Z') },
  judgedMinutes: 28 * 1440,
  gaps: [],
  gapMinutes: 0,
  learnedDays: 0,
  knownAt: Date.parse('2026-11-06T10:00:00Z'),
  heard: 4_000,
  negative: 900,
  bySensitivity: {
    low: { count: 1, perWeek: 0.3, marks: [firedMark()] },
    normal: {
      count: 2,
      perWeek: 0.5,
      marks: [firedMark({ at: Date.parse('2026-11-02T10:05:00Z'), learning: true, strength: 4 }), firedMark()],
    },
    high: { count: 0, perWeek: 0, marks: [] },
  },
  chart: { width: 120, points: [{ at: Date.parse('2026-11-18T10:00:00Z'), n: 60, expected: 20, low: 8, high: 35 }] },
  missed: [],
  seconds: 0.4,
  ...changes,
})
