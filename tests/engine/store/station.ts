import { openIntake } from '#engine/intake/open.ts'
import type { Intake, IntakeResult } from '#engine/intake/intake.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { silentLog, type Log } from '#engine/platform/log.ts'
import { openStore } from '#engine/store/open.ts'
import type { Filter } from '#engine/store/queries/filter.ts'
import type { Store } from '#engine/store/store.ts'
import type { Draft } from '#shared/model/mention.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'
import { testPaths } from '#tests/support/paths.ts'
import { stationFolder } from '#tests/support/station-folder.ts'

export const noon = Date.parse('2026-11-20T12:00:00Z')

export const everything: Filter = {
  listenIds: [], sourceIds: [], networks: [], sentiments: [], query: '', from: null, to: null, unanswered: false,
} // prettier-ignore

let made = 0

/** A plain post, a minute before noon; what the test is about is given. */
export function draft(more: Partial<Draft> = {}): Draft {
  made++
  return {
    externalId: `x${made}`,
    kind: 'post',
    text: `The train number ${made} is late again`,
    title: null,
    url: null,
    author: null,
    publishedAt: noon - 60_000,
    lang: null,
    country: null,
    threadId: null,
    inReplyTo: null,
    engagement: null,
    links: [],
    media: [],
    private: false,
    raw: null,
    ...more,
  }
}

export const author = (id: string): Draft['author'] => ({
  id,
  handle: `@${id}`,
  name: null,
  url: null,
  followers: null,
})

export interface TestStation {
  dir: string
  store: Store
  intake: Intake
  clock: ManualClock
  push(drafts: Draft[], source?: { sourceId: string; network: string }): Promise<IntakeResult>
  /** Closes and opens again, as a restart does. */
  restart(): Promise<void>
  close(): Promise<void>
}

export interface StationOptions {
  dir?: string
  log?: Log
  clock?: Clock
}

/** A real store with real threads in a folder of its own. */
export function openTestStation(options: StationOptions = {}): TestStation {
  const folder = options.dir ? null : stationFolder('store')
  const dir = options.dir ?? folder!.path
  const clock = new ManualClock(noon)
  const paths = testPaths(dir)
  const log = options.log ?? silentLog
  const open = (): { store: Store; intake: Intake } => {
    const store = openStore({ paths, clock, log })
    return { store, intake: openIntake({ store, paths, clock, log }) }
  }
  const station: TestStation = {
    dir,
    clock,
    ...open(),
    push: (drafts, source = { sourceId: 'src_a', network: 'mastodon' }) => station.intake.push({ ...source, drafts }),
    async restart() {
      await station.intake.close()
      await station.store.close()
      Object.assign(station, open())
    },
    async close() {
      await station.intake.close()
      await station.store.close()
      folder?.remove()
    },
  }
  return station
}
