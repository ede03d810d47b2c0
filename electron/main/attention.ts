import type { Said } from '#shared/model/said.ts'
import { said } from '#shared/words/said.ts'
import type { Sayer } from '#shared/words/words.ts'

/** What waits for a person, as the engine counts it. */
export interface Attention {
  undecided: number
  overdue: number
  /** Alerts that nobody has taken. */
  alerts: number
}

const alerts = (n: number): Said => (n === 1 ? said('shell.alertWaits') : said('shell.alertsWait', { n }))
const late = (n: number): Said => (n === 1 ? said('shell.caseLate') : said('shell.casesLate', { n }))
const toDecide = (n: number): Said => (n === 1 ? said('shell.caseToDecide') : said('shell.casesToDecide', { n }))

/**
 * What to tell outside the window, or undefined. Only when something grew, never while the officer is looking at it, and
 * never a word of a mention: a notification is read by whoever stands behind the screen.
 */
export function attentionNotice(
  before: Attention,
  now: Attention,
  looking: boolean,
  say: Sayer,
): { title: string; body: string } | undefined {
  if (looking) return undefined
  const notice = (what: Said) => ({ title: 'Earshot', body: say(what) })
  if (now.alerts > before.alerts) return notice(said('shell.alertForSomebody', { what: alerts(now.alerts) }))
  if (now.overdue > before.overdue) return notice(said('shell.sentence', { what: late(now.overdue) }))
  if (now.undecided > before.undecided) return notice(said('shell.sentence', { what: toDecide(now.undecided) }))
  return undefined
}

/** What the icon in the tray says under the pointer: everything that waits, the most urgent first. */
export function trayTip({ alerts: raised, overdue, undecided }: Attention, say: Sayer): string {
  const waiting = [
    ...(raised > 0 ? [alerts(raised)] : []),
    ...(overdue > 0 ? [late(overdue)] : []),
    ...(undecided > 0 ? [toDecide(undecided)] : []),
  ]
  return `Earshot: ${(waiting.length > 0 ? waiting : [said('shell.quiet')]).map(say).join(', ')}`
}
