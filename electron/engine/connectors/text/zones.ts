/** Minutes east of UTC. RFC 2822 §4.3 and the zone names met in feeds; unknown names are refused, not taken as UTC. */
const ZONES: Record<string, number> = Object.fromEntries(
  [
    ...`z 0 ut 0 utc 0 gmt 0 wet 0 bst 60 cet 60 met 60 mez 60 west 60 ist 330
  cest 120 mest 120 mesz 120 eet 120 eest 180 msk 180 мск 180 trt 180 jst 540 kst 540 aest 600 aedt 660 acst 570 acdt 630
  awst 480 nzst 720 nzdt 780 sgt 480 hkt 480 pht 480 myt 480 wib 420 wita 480 wit 540 ict 420 npt 345 pkt 300 mmt 390
  gst 240 sast 120 eat 180 cat 120 wat 60 irst 210 idt 180 samt 240 yekt 300 omst 360 krat 420 novt 420 irkt 480 yakt 540
  vlat 600 magt 660 pett 720 brt -180 brst -120 art -180 clt -240 clst -180 cot -300 pet -300 vet -240 uyt -180 pyt -180
  bot -240 ect -300 nst -210 ndt -150 uzt 300 azt 240 gmst 0
  est -300 edt -240 cst -360 cdt -300 mst -420 mdt -360 pst -480 pdt -420 akst -540 akdt -480 hst -600
  et -300 ct -360 mt -420 pt -480 at -240 ast -240 adt -180`.matchAll(/(\S+) (-?\d+)/g),
  ].map(([, name, minutes]) => [name, Number(minutes)]),
)

let last: { zone: string; minutes: number | null } = { zone: 'z', minutes: 0 }

/** Minutes east of UTC of `+01:00`, `GMT+1`, `UTC` or `CET`; null for anything else. The rows of a file mostly say the same zone. */
export function zoneMinutes(zone: string): number | null {
  if (zone !== last.zone) last = { zone, minutes: readZone(zone) }
  return last.minutes
}

function readZone(zone: string): number | null {
  const text = zone.trim().toLowerCase().replaceAll('\u2212', '-')
  const offset = /^(?:gmt|utc)?\s*([+-])(\d{1,2})(?::?(\d{2}))?(?::?00)?$/.exec(text)
  if (!offset) return ZONES[text] ?? null
  const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0)
  if (minutes > 14 * 60) return null
  return offset[1] === '-' ? -minutes : minutes
}

const clocks = new Map<string, Intl.DateTimeFormat | null>()

/** The clock of a place, by its name in the IANA data base (`Europe/Berlin`); null when there is no such place. */
function clockOf(place: string): Intl.DateTimeFormat | null {
  const known = clocks.get(place)
  if (known !== undefined) return known
  let clock: Intl.DateTimeFormat | null = null
  try {
    clock = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn-hc-h23', {
      timeZone: place,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  } catch {
    // No such place.
  }
  clocks.set(place, clock)
  return clock
}

export const isPlace = (name: string): boolean => /^[A-Za-z]+(\/[A-Za-z0-9_+-]+)+$/.test(name) && clockOf(name) !== null

/** Whether a text names a zone: an offset, an abbreviation, or a place. */
export const isZone = (text: string): boolean => zoneMinutes(text) !== null || isPlace(text.trim())

/**
 * The instant at which the clocks of `place` show what `local` shows in UTC. An hour that comes twice is its first
 * coming; one that is left out is as long after the gap's beginning as it says.
 */
export function atPlace(local: number, place: string): number | null {
  const clock = clockOf(place)
  if (!clock) return null
  const shown = (time: number): number => {
    const parts = new Map(clock.formatToParts(time).map(({ type, value }) => [type, Number(value)]))
    const [year, month, day] = [parts.get('year')!, parts.get('month')! - 1, parts.get('day')!]
    return Date.UTC(year, month, day, parts.get('hour'), parts.get('minute'), parts.get('second'))
  }
  const whole = Math.floor(local / 1000) * 1000
  const before = local - (shown(whole - 86_400_000) - (whole - 86_400_000))
  const after = local - (shown(whole + 86_400_000) - (whole + 86_400_000))
  for (const guess of [before, after]) if (shown(Math.floor(guess / 1000) * 1000) === whole) return guess
  return before
}
