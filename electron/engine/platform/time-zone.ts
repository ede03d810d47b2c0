/** The zone that a machine names, or UTC where it names none that this platform knows. */
export interface StationZone {
  /** IANA name that the platform takes. */
  zone: string
  /** What was named instead, in words for a log; null: `zone` is what was named. */
  unknown: string | null
}

function isKnown(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

/** What Intl says of the machine; undefined where `TZ` is nothing that it understands (`:/etc/localtime` in container images). */
function machineZone(): string | undefined {
  try {
    return Intl.DateTimeFormat().resolvedOptions().timeZone
  } catch {
    return undefined
  }
}

/** `named` or the machine's own; a zone is a default for new desks, never a reason not to start. */
export function stationZone(named: string | undefined = machineZone(), env = process.env): StationZone {
  if (named !== undefined && named !== '' && isKnown(named)) return { zone: named, unknown: null }
  return { zone: 'UTC', unknown: named || (env.TZ ?? '') || '(none)' }
}
