/** What waits for a person, as the engine counts it. */
export interface Attention {
  undecided: number
  overdue: number
  /** Alerts that nobody has taken. */
  alerts: number
}

const alerts = (n: number): string => (n === 1 ? '1 alert waits' : `${n} alerts wait`)
const cases = (n: number): string => `${n} ${n === 1 ? 'case' : 'cases'}`

/**
 * What to tell outside the window, or undefined. Only when something grew, never while the officer is looking at it, and
 * never a word of a mention: a notification is read by whoever stands behind the screen.
 */
export function attentionNotice(
  before: Attention,
  now: Attention,
  looking: boolean,
): { title: string; body: string } | undefined {
  if (looking) return undefined
  if (now.alerts > before.alerts) return { title: 'Earshot', body: `${alerts(now.alerts)} for somebody.` }
  if (now.overdue > before.overdue) {
    return { title: 'Earshot', body: `${cases(now.overdue)} past ${now.overdue === 1 ? 'its' : 'their'} time.` }
  }
  if (now.undecided > before.undecided) return { title: 'Earshot', body: `${cases(now.undecided)} to decide.` }
  return undefined
}
