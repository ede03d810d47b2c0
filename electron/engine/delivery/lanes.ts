import type { Clock } from '#engine/platform/clock.ts'
import type { Log } from '#engine/platform/log.ts'
import { parcelsDue, waitingLanes, type Parcel, type ParcelKind } from '#engine/store/queries/parcels.ts'
import type { Store } from '#engine/store/store.ts'
import type { Carried } from './carried.ts'

/** After a fault of the store or the program a lane is left alone this long. */
const FAULT_MS = 30_000

interface LaneName {
  kind: ParcelKind
  lane: string
}

export interface LanesDeps {
  store: Store
  clock: Clock
  log: Log
  kindOf(of: { kind: ParcelKind }): Pick<Carried<ParcelKind>, 'width' | 'paceMs'>
  /** Deals with one parcel that is due. */
  attempt(due: Parcel): Promise<void>
}

const key = ({ kind, lane }: LaneName): string => `${kind} ${lane}`

/** Wakes once, at the earliest of the times that it was told. */
function createAlarm(clock: Clock, wake: () => void) {
  let set: { at: number; cancel(): void } | null = null
  function clear(): void {
    set?.cancel()
    set = null
  }
  return {
    clear,
    by(at: number): void {
      if (set !== null && set.at <= at) return
      clear()
      const cancel = clock.after(Math.max(0, at - clock.now()), () => {
        set = null
        wake()
      })
      set = { at, cancel }
    },
  }
}

/**
 * When what leaves: a lane for each source and channel, so that a receiver that hangs holds up nobody else's parcels. Each
 * goes in the order in which its parcels were written, as many at once and at the pace that its kind allows.
 */
export function createLanes({ store, clock, log, kindOf, attempt }: LanesDeps) {
  const busy = new Map<string, number>()
  const notBefore = new Map<string, number>()
  const underWay = new Set<Promise<void>>()
  let running = false
  let stopped = false
  const alarm = createAlarm(clock, pump)

  const freeAt = (lane: LaneName): number => notBefore.get(key(lane)) ?? 0
  const room = (lane: LaneName): number => kindOf(lane).width - (busy.get(key(lane)) ?? 0)
  const rest = (lane: LaneName, until: number): void => void notBefore.set(key(lane), Math.max(freeAt(lane), until))

  async function deal(due: Parcel): Promise<void> {
    try {
      await attempt(due)
      const pace = kindOf(due).paceMs(due.lane)
      if (pace > 0) rest(due, clock.now() + pace)
    } catch (error) {
      rest(due, clock.now() + FAULT_MS)
      if (!stopped)
        log.log('error', 'A parcel could not be dealt with and is looked at again', { parcel: due.id }, error)
    }
  }

  function begin(due: Parcel): void {
    busy.set(key(due), (busy.get(key(due)) ?? 0) + 1)
    const work = deal(due).finally(() => {
      busy.set(key(due), (busy.get(key(due)) ?? 1) - 1)
      underWay.delete(work)
      pump()
    })
    underWay.add(work)
  }

  function pump(): void {
    if (!running) return
    const now = clock.now()
    for (const lane of waitingLanes(store)) {
      if (lane.at > now || freeAt(lane) > now || room(lane) <= 0) continue
      for (const due of parcelsDue(store, lane, now, room(lane))) begin(due)
    }
    // The end of what is under way wakes a lane that is full.
    const times = waitingLanes(store).flatMap((lane) => (room(lane) > 0 ? [Math.max(lane.at, freeAt(lane))] : []))
    alarm.clear()
    if (times.length > 0) alarm.by(Math.min(...times))
  }

  return {
    /** Looks at what is due then, or earlier. */
    wakeBy(at: number): void {
      if (running) alarm.by(at)
    },
    rest,
    restsUntil: (kind: ParcelKind, lane: string): number => freeAt({ kind, lane }),
    get running() {
      return running
    },
    start(): void {
      running = true
      alarm.by(clock.now())
    },
    async work(): Promise<void> {
      pump()
      while (underWay.size > 0) await Promise.all(underWay)
    },
    /** Waits for what is under way, but not longer than this. */
    async stop(patienceMs: number): Promise<void> {
      running = false
      alarm.clear()
      if (underWay.size > 0) await Promise.race([Promise.all(underWay), clock.sleep(patienceMs)])
      stopped = true
    },
  }
}
