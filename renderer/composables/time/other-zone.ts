import { zoneOffset } from './zone-offset.ts'

const MONTH_MS = 30 * 86_400_000
const known = new Map<string, boolean>()

let asked = { when: '', zone: '' }

/** The zone this page's machine goes by, asked anew each minute and when its clock moves: every time on the screen wants it. */
function pageZone(at: number): string {
  const when = `${Math.floor(at / 60_000)} ${new Date(at).getTimezoneOffset()}`
  if (when !== asked.when) asked = { when, zone: new Intl.DateTimeFormat().resolvedOptions().timeZone }
  return asked.zone
}

/**
 * Whether clocks where the page stands show other times than a zone's, at any time of the year around `at` (ms): zones
 * that agree in winter may part in summer, and then a time without a zone is read wrongly.
 */
export function isOtherZone(zone: string, at: number, page = pageZone(at)): boolean {
  const key = `${zone} ${page} ${Math.floor(at / MONTH_MS)}`
  let other = known.get(key)
  if (other === undefined) {
    const [there, here] = [zoneOffset(zone), zoneOffset(page)]
    other = Array.from({ length: 13 }, (_, month) => at + (month - 6) * MONTH_MS).some(
      (one) => there(one) !== here(one),
    )
    known.set(key, other)
  }
  return other
}
