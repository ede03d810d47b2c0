import { Failure } from '#engine/platform/failure.ts'
import type { StationStatus, StationStorage } from '#shared/contract/station.ts'
import { contractHash, contractVersion } from '#shared/contract/version.ts'
import type { EncoderState } from '#shared/model/encoder.ts'
import type { Actor } from '#shared/model/journal.ts'
import type { Officer } from '#shared/model/looker.ts'
import type { RereadingState } from '#shared/model/rereading.ts'
import type { Settings } from '#shared/model/settings.ts'
import type { Language } from '#shared/words/languages.ts'
import { defaultLayout } from '#shared/model/default-layout.ts'
import type { WallLayout } from '#shared/model/wall.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { api, type CallContext } from './base.ts'

/** What the station's own calls need of the engine. */
export interface StationRoom {
  stationId: string
  engineVersion: string
  startedAt: number
  /** IANA name of the machine's zone. */
  timeZone: string
  clock: Clock
  settings(): Settings
  saveSettings(changes: Partial<Settings>, actor: Actor): Settings
  /** Saved walls in their order; empty when none was ever saved. */
  layouts(): WallLayout[]
  saveLayout(layout: WallLayout, actor: Actor): void
  /** false: there is no such layout. */
  removeLayout(id: string, actor: Actor): boolean
  status(): StationStatus
  /** The host plays the sample shift in an engine of its own; null: this host cannot. */
  openSample: ((language: Language) => Promise<void>) | null
  closeSample: (() => Promise<void>) | null
  backup(): Promise<{ file: string; mentions: number }>
  storage(): Promise<StationStorage>
  encoder(): Promise<EncoderState>
  rereading(): RereadingState | null
}

const officerOf = ({ id, name }: Actor): Officer => ({ id, name })
/** A wall stays a wall. */
const signIn = ({ role, actor, page }: CallContext, name: string): Actor =>
  role === 'officer' ? page.signIn(name) : actor

/** Two looks a second at most, and a sign of life with the engine's time at least this often. */
const lookMs = 500
const tellMs = 10_000

/** The status at once, then whenever it changed. The comparison leaves out `now`, which always changes. */
export async function* statusStream(room: Pick<StationRoom, 'clock' | 'status'>, signal?: AbortSignal) {
  let last = ''
  let toldAt = Number.NEGATIVE_INFINITY
  while (!signal?.aborted) {
    const status = room.status()
    const { now: _now, ...lasting } = status
    const text = JSON.stringify(lasting)
    const at = room.clock.monotonic()
    if (text !== last || at - toldAt >= tellMs) {
      last = text
      toldAt = at
      yield status
    }
    const stopped = await room.clock.sleep(lookMs, signal).then(
      () => false,
      () => true,
    )
    if (stopped) return
  }
}

export function stationApi(room: StationRoom) {
  const sampleCall = (call: (() => Promise<void>) | null) => async () => {
    if (!call) throw new Failure('user', 'station.sampleNeedsStation')
    await call()
    return {}
  }
  const layouts = (): WallLayout[] => {
    const saved = room.layouts()
    return saved.length > 0 ? saved : [defaultLayout]
  }
  return api.station.router({
    hello: api.station.hello.handler(({ input, context }) => ({
      contractVersion,
      contractHash,
      engineVersion: room.engineVersion,
      stationId: room.stationId,
      role: context.role,
      settings: room.settings(),
      startedAt: room.startedAt,
      now: room.clock.now(),
      timeZone: room.timeZone,
      me: officerOf(signIn(context, input.officer ?? '')),
      page: context.page.id,
    })),
    signIn: api.station.signIn.handler(({ input, context }) => officerOf(signIn(context, input.name))),
    status: api.station.status.handler(({ signal }) => statusStream(room, signal)),
    saveSettings: api.station.saveSettings.handler(({ input, context }) => room.saveSettings(input, context.actor)),
    layouts: api.station.layouts.handler(layouts),
    saveLayout: api.station.saveLayout.handler(({ input, context }) => {
      room.saveLayout(input, context.actor)
      return input
    }),
    removeLayout: api.station.removeLayout.handler(({ input, context }) => {
      if (!room.removeLayout(input.id, context.actor)) throw new Failure('user', 'wall.layoutGone')
      return {}
    }),
    openSample: api.station.openSample.handler(
      sampleCall(room.openSample && (() => room.openSample!(room.settings().language))),
    ),
    closeSample: api.station.closeSample.handler(sampleCall(room.closeSample)),
    backup: api.station.backup.handler(() => room.backup()),
    storage: api.station.storage.handler(() => room.storage()),
    encoder: api.station.encoder.handler(() => room.encoder()),
    rereading: api.station.rereading.handler(() => room.rereading()),
  })
}
