import type { Language } from '#shared/words/languages.ts'
import { createEngine, type Engine, type EngineDeps } from '#engine/engine.ts'
import { createEngineSlot, type EngineSlot } from './engine-slot.ts'
import type { PreparedSamples } from '#sample/prepared-sample.ts'
import { openSampleEngine } from '#sample/sample-engine.ts'

/** The station's own engine and, while the sample shift plays, a second one with a store and a clock of its own. */
export interface Engines {
  readonly slot: EngineSlot
  /** The station's own, whatever plays: what left it is answered there. */
  readonly own: Engine
  /** Begins to listen; when the sample plays, the station's own engine waits until it is left. */
  start(): void
  suspend(): Promise<void>
  resume(): void
  /** Stops what runs, in order. Safe to call twice. */
  stop(): Promise<void>
}

/** What a station is made of. */
export interface StationDeps extends EngineDeps {
  /** Sample shifts that were lived through beforehand; absent: each is lived through when it is opened. */
  samples?: PreparedSamples | null
}

export interface EnginesOptions {
  deps: StationDeps
  /** Begin with the sample shift. */
  sample?: boolean
  onSampleProgress?: (done: number) => void
}

/**
 * Opens the station's store even for the sample: its lock keeps a second Earshot off the same folder, of which the sample
 * uses a part.
 */
export async function openEngines({ deps, sample = false, onSampleProgress }: EnginesOptions): Promise<Engines> {
  let listening = false
  let switching: Promise<void> = Promise.resolve()
  const oneAtATime =
    <Args extends unknown[]>(change: (...args: Args) => Promise<void>) =>
    (...args: Args): Promise<void> => {
      const now = (): Promise<void> => change(...args)
      return (switching = switching.then(now, now))
    }
  /** How much of the sample was lived through; pages that wait for it are told by the engine that they still talk to. */
  let opening: number | null = null

  const openSample = oneAtATime(async (language: Language) => {
    opening = 0
    const tell = (done: number): void => {
      opening = done
      onSampleProgress?.(done)
    }
    const playing = await openSampleEngine({ ...shared, language }, tell).finally(() => (opening = null))
    const before = slot.swap(playing)
    if (before !== own) await before.stop()
  })
  const closeSample = oneAtATime(async () => {
    if (slot.engine === own) return
    const before = slot.swap(own)
    if (!listening) own.start()
    listening = true
    await before.stop()
  })
  const shared: StationDeps = {
    ...deps,
    onOpenSample: openSample,
    onCloseSample: closeSample,
    sampleOpening: () => opening,
  }

  const own: Engine = await createEngine(shared)
  const slot = createEngineSlot(own)
  let stopping: Promise<void> | undefined
  const stop = async (): Promise<void> => {
    await switching.catch(() => {})
    const playing = slot.engine === own ? undefined : slot.engine
    await playing?.stop()
    await own.stop()
  }
  const engines: Engines = {
    slot,
    own,
    start() {
      if (slot.engine !== own || listening) return
      listening = true
      own.start()
    },
    suspend: () => own.suspend(),
    resume: () => own.resume(),
    stop: () => (stopping ??= stop()),
  }
  if (!sample) return engines
  try {
    await openSample(deps.language ?? 'en')
    return engines
  } catch (error) {
    await engines.stop()
    throw error
  }
}
