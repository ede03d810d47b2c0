import type { Engine } from '#engine/engine.ts'
import { openEngines, type StationDeps } from './engines.ts'
import { openStation, type Station } from './station.ts'
import { entrancesOf } from './station/entrances.ts'

export interface RunningStationOptions {
  deps: StationDeps
  /** null: the page is served elsewhere, see openStation. */
  pageFolder: string | null
  port: number
  address?: string
  names?: readonly string[]
  newKeys?: boolean
  /** Play the sample shift. */
  sample?: boolean
  onSampleProgress?: (done: number) => void
}

export interface RunningStation {
  readonly station: Station
  readonly engine: Engine
  stop(): Promise<void>
}

const isPortTaken = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'EADDRINUSE'

/** How many ports after the wished one are tried before giving up. */
const portTries = 20

/** An engine and the station that shows it. The engine begins to listen once pages can be served. */
export async function runStation(options: RunningStationOptions): Promise<RunningStation> {
  const { sample, onSampleProgress } = options
  let opened: Station | null = null
  const deps: StationDeps = { ...options.deps, doors: () => opened?.doors ?? null }
  const engines = await openEngines({ deps, sample, onSampleProgress })
  const { slot } = engines
  try {
    const entrances = entrancesOf(deps.paths.dataDir, options.newKeys)
    const open = (port: number): Promise<Station> =>
      openStation({
        connect: (role, send, letGo) => slot.connect(role, send, letGo),
        entrances,
        desks: engines.own.deskDoor,
        alerts: engines.own.board.alertsOutside.door,
        series: engines.own.board.counted.door,
        pageFolder: options.pageFolder,
        port,
        address: options.address,
        names: options.names,
      })
    const station = (opened = await openOnFreePort(open, options.port))
    engines.start()
    let stopping: Promise<void> | undefined
    return {
      station,
      get engine() {
        return slot.engine
      },
      stop: () => (stopping ??= station.close().then(() => engines.stop())),
    }
  } catch (error) {
    await engines.stop()
    throw error
  }
}

async function openOnFreePort(open: (port: number) => Promise<Station>, wished: number): Promise<Station> {
  for (let tried = 0; ; tried++) {
    try {
      return await open(wished === 0 ? 0 : wished + tried)
    } catch (error) {
      if (!isPortTaken(error) || tried >= portTries) throw error
    }
  }
}
