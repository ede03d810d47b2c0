import type { StationStatus } from '#shared/contract/station.ts'
import { isToBeHeard, type Alert } from '#shared/model/alert.ts'

/** One thing that is not well, with the numbers that prove it. */
export type HousePart =
  | { kind: 'deaf'; weight: number }
  | { kind: 'ears'; weight: number; broken: readonly { id: string; name: string }[]; of: number }
  | { kind: 'overdue'; weight: number; count: number }
  | { kind: 'store'; weight: number }
  | { kind: 'alert'; weight: number; alert: Alert }

/**
 * - `unknown`: the station has yet to say
 * - `unheard`: nobody listens yet: no ear is set up
 * - `calm`: nothing of the others; `trouble`: what is not well, the worst first
 */
export type HouseState =
  | { kind: 'unknown' }
  | { kind: 'unheard' }
  | { kind: 'calm'; heard: number }
  | { kind: 'trouble'; parts: readonly HousePart[]; more: number }

/** A card from this strength on is no small matter: where cards are drawn amber. */
const LEAST_STRENGTH = 4
/** Weights on the scale of a card's strength, 1 to 10. One case past its time weighs 4, two 5, four 6, 32 and more 9. */
const OVERDUE_FIRST = 4
const OVERDUE_MOST = 9
const EARS_FIRST = 4
const EARS_ALL = 9
/** No ear hears, or the store takes nothing: all other numbers say nothing any more. */
const BLIND = 11

type Known = Pick<StationStatus, 'sources' | 'heardLastHour' | 'overdue' | 'storeInTrouble'>

const isBroken = ({ health }: Known['sources'][number]): boolean => health.state === 'broken'
const isEar = ({ health }: Known['sources'][number]): boolean => health.state !== 'off' && health.state !== 'finished'

function earsPart(sources: Known['sources']): HousePart[] {
  const ears = sources.filter(isEar)
  const broken = ears.filter(isBroken)
  if (broken.length === 0) return []
  if (broken.length === ears.length) return [{ kind: 'deaf', weight: BLIND }]
  const weight = EARS_FIRST + (EARS_ALL - EARS_FIRST) * (broken.length / ears.length)
  return [{ kind: 'ears', weight, broken: broken.map(({ id, name }) => ({ id, name })), of: ears.length }]
}

/** Cards that stand, are heard of, and say what nothing beside them says already. */
function alertParts(alerts: readonly Alert[], { sources, overdue }: Known, now: number): HousePart[] {
  const broken = new Set(sources.filter((source) => isEar(source) && isBroken(source)).map(({ id }) => id))
  const names = new Set<string>()
  return alerts
    .filter((one) => one.state === 'raised' || one.state === 'taken')
    .filter((one) => one.strength >= LEAST_STRENGTH && isToBeHeard(one, now))
    .filter(({ kind, about }) => !(kind === 'ear' && about.id !== null && broken.has(about.id)))
    .filter(({ kind }) => !(kind === 'clocks' && overdue > 0))
    .toSorted((a, b) => b.strength - a.strength || a.since - b.since)
    .filter(({ about }) => {
      // Two faults of one name are one to whoever reads of them.
      const isNew = about.name === '' || !names.has(about.name)
      names.add(about.name)
      return isNew
    })
    .map((alert) => ({ kind: 'alert', weight: alert.strength, alert }))
}

/** More than two things nobody takes in from afar: the worst, and the worst of another kind; a second alert is often the first in other words. */
function worstTwo(parts: readonly HousePart[]): HousePart[] {
  const [first, ...rest] = parts
  if (!first) return []
  const second = rest.find(({ kind }) => kind !== first.kind) ?? rest[0]
  return second ? [first, second] : [first]
}

/**
 * The state of the house from the numbers that pages show anyway. `status`, `alerts`: null until the station has said; while
 * either is not known nothing is called well.
 */
export function houseState(status: Known | null, alerts: readonly Alert[] | null, now: number): HouseState {
  if (status === null || alerts === null) return { kind: 'unknown' }
  const parts: HousePart[] = [
    ...(status.storeInTrouble ? [{ kind: 'store', weight: BLIND } as const] : []),
    ...earsPart(status.sources),
    ...alertParts(alerts, status, now),
    ...(status.overdue > 0
      ? [
          {
            kind: 'overdue',
            weight: Math.min(OVERDUE_MOST, OVERDUE_FIRST + Math.log2(status.overdue)),
            count: status.overdue,
          } as const,
        ]
      : []),
  ].toSorted((a, b) => b.weight - a.weight)
  if (parts.length > 0) {
    const named = worstTwo(parts)
    return { kind: 'trouble', parts: named, more: parts.length - named.length }
  }
  if (!status.sources.some(isEar) && status.heardLastHour === 0) return { kind: 'unheard' }
  return { kind: 'calm', heard: status.heardLastHour }
}

/** What it is about, without its numbers: where this changes, it is said aloud. */
export const gistOf = (state: HouseState): string =>
  state.kind === 'trouble'
    ? state.parts.map((part) => (part.kind === 'alert' ? `alert ${part.alert.id}` : part.kind)).join(' ')
    : state.kind
