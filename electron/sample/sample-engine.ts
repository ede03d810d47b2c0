import { copyFile, mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Language } from '#shared/words/languages.ts'
import { said, type Code } from '#shared/words/said.ts'
import { words } from '#shared/words/words.ts'
import { createEngine, type Engine, type EngineDeps } from '#engine/engine.ts'
import { systemClock } from '#engine/platform/clock.ts'
import { giveWay } from '#engine/platform/give-way.ts'
import type { Client } from '#engine/api/router.ts'
import {
  keepSample,
  manifestName,
  preparedSample,
  type PreparedSample,
  type PreparedSamples,
} from './prepared-sample.ts'
import { SampleClock } from './sample-clock.ts'
import { sampleNetworks, type SampleNetwork } from './sample-connectors.ts'
import { readSampleLines } from './sample-lines.ts'
import { SampleOfficers } from './sample-officer.ts'

const minute = 60_000
const PATIENCE_MS = 5_000

/** So much of the shift has passed when it is opened: the fault has grown, the company has just confirmed it. */
const passedMinutes = 285
/** The first officers hand over here. */
const handOverMinutes = 240

/**
 * The slower look over problems comes round while the fault grows. A station's comes five minutes after ten complaints, which
 * here would be within a blink: each of them costs more than the minutes that it looks back on.
 */
const lookMinutes = [175, 190, 205, 220, 240, 260, 284]

/** What the invented officers named and noted. */
const sayIn =
  (language: Language) =>
  (code: Code): string =>
    words(language)(said(code))
type Say = ReturnType<typeof sayIn>

const listensOf = (say: Say) => [
  { name: say('sample.all'), colour: 1, query: 'kaffora', routed: true },
  {
    name: say('sample.payments'),
    colour: 5,
    query:
      'kaffora AND (pay* OR paid OR declined OR charge* OR "PAY-417" OR refund OR zahl* OR bezahl* OR abgelehnt OR abgebucht OR abbuchung)',
    routed: true,
  },
  { name: say('sample.hotline'), colour: 3, query: 'network:phone OR network:mail', routed: true },
  { name: say('sample.competitor'), colour: 4, query: 'bohnwerk', routed: false },
]

async function setUp(client: Client, networks: readonly SampleNetwork[], say: Say): Promise<void> {
  await client.station.saveSettings({ brand: 'Kaffora', competitors: ['Bohnwerk'], officerName: 'Robin', ready: true })
  for (const listen of listensOf(say)) await client.listens.save({ ...listen, enabled: true })
  for (const { connector, name } of networks) {
    await client.sources.save({ connector: connector.id, name, enabled: true, config: {} })
  }
  // The sample is opened at any hour of any day: its desks are always there.
  for (const { desk } of await client.desks.list({})) {
    await client.desks.save({ ...desk, hours: { ...desk.hours, spans: [] } })
  }
}

/** Lets everything that became due at `time` reach the board before the clock moves on. */
async function settle(engine: Engine, networks: readonly SampleNetwork[], time: number): Promise<void> {
  const all = Promise.all(networks.map((network) => network.caughtUp(time)))
  // A stream that broke is not waited for.
  const patience = new AbortController()
  await Promise.race([all, systemClock.sleep(PATIENCE_MS, patience.signal).catch(() => {})])
  patience.abort()
  await engine.intake.idle()
  await engine.board.idle()
}

type SampleDeps = Omit<EngineDeps, 'clock' | 'sample' | 'connectors'> & {
  /** null or absent: none is prepared. */
  samples?: PreparedSamples | null
}

/** A shift at one of its minutes, with the engine that plays it. */
interface Playing {
  engine: Engine
  clock: SampleClock
  startedAt: number
}

/** `deps.paths.dataDir` is the station's folder; the sample's lies in it as `sample`. */
async function playerOf(
  deps: SampleDeps,
  startedAt: number,
  clock: SampleClock,
): Promise<Playing & { networks: SampleNetwork[] }> {
  const lines = await readSampleLines(deps.paths.resource('sample-shift/shift.ndjson'))
  const networks = sampleNetworks(lines, startedAt)
  const engine = await createEngine({
    ...deps,
    clock,
    paths: { ...deps.paths, dataDir: sampleFolder(deps) },
    connectors: networks.map(({ connector }) => connector),
    sample: true,
  })
  return { engine, clock, startedAt, networks }
}

const sampleFolder = ({ paths }: SampleDeps): string => join(paths.dataDir, 'sample')

/** Lives through the first hours at once, by the real engine at the times that it shows. The clock stands still afterwards. */
async function liveThrough(deps: SampleDeps, onProgress: (done: number) => void): Promise<Playing> {
  await rm(sampleFolder(deps), { recursive: true, force: true })
  const startedAt = Date.now() - passedMinutes * minute
  const clock = new SampleClock(startedAt - minute)
  const { engine, networks } = await playerOf({ ...deps, learningClock: systemClock }, startedAt, clock)
  try {
    const client = engine.client('officer')
    const officers = new SampleOfficers(engine)
    const say = sayIn(deps.language ?? 'en')
    await setUp(client, networks, say)
    const first = await client.review.start({ name: say('sample.early') })
    engine.start()
    for (let passed = 0; passed < passedMinutes; passed++) {
      const time = startedAt + passed * minute
      clock.moveTo(time)
      await settle(engine, networks, time)
      await officers.minute(time)
      if (passed === handOverMinutes) {
        await client.review.end({
          id: first.id,
          note: say('sample.handOver'),
        })
        await client.review.start({ name: say('sample.late') })
      }
      if (lookMinutes.includes(passed)) await engine.lookOver()
      onProgress(passed / passedMinutes)
      // Pages that wait for it are answered in between.
      await giveWay()
    }
    officers.leave()
    return { engine, clock, startedAt }
  } catch (error) {
    clock.release()
    await engine.stop()
    throw error
  }
}

/** Goes on with what was lived through beforehand. */
async function goOn(deps: SampleDeps, { folder, startedAt, leftAt }: PreparedSample): Promise<Engine> {
  const mine = sampleFolder(deps)
  await rm(mine, { recursive: true, force: true })
  await mkdir(mine, { recursive: true, mode: 0o700 })
  for (const name of await readdir(folder))
    if (name !== manifestName) await copyFile(join(folder, name), join(mine, name))
  const clock = new SampleClock(leftAt)
  clock.release()
  const { engine } = await playerOf(deps, startedAt, clock)
  engine.start()
  return engine
}

/**
 * An engine that plays the sample shift in a folder of its own, made anew each time: as it was prepared, else
 * lived through now, and from then on as if live.
 */
export async function openSampleEngine(
  deps: SampleDeps,
  onProgress: (done: number) => void = () => {},
): Promise<Engine> {
  const prepared = await preparedSample(deps.samples ?? null, deps.language ?? 'en')
  try {
    if (prepared) return await goOn(deps, prepared)
  } catch (error) {
    deps.log.log('warn', 'The prepared sample shift cannot be opened and is lived through again', {}, error)
  }
  const { engine, clock } = await liveThrough(deps, onProgress)
  clock.release()
  return engine
}

/** Lives through the sample shift once and leaves it in `samples`, in the place of what lies there. */
export async function prepareSample(
  deps: SampleDeps,
  samples: PreparedSamples,
  onProgress: (done: number) => void = () => {},
): Promise<void> {
  const { engine, clock, startedAt } = await liveThrough(deps, onProgress)
  const leftAt = clock.now()
  clock.release()
  await engine.stop()
  await keepSample(samples, { language: deps.language ?? 'en', from: sampleFolder(deps), startedAt, leftAt })
}
