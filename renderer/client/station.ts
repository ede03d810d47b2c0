import { computed, effectScope, inject, readonly, ref, shallowRef } from 'vue'
import type { ComputedRef, InjectionKey, Ref, ShallowRef } from 'vue'
import type { Officer } from '#shared/model/looker.ts'
import type { Settings } from '#shared/model/settings.ts'
import type { Role, StationStatus } from '#shared/contract/station.ts'
import { contractHash, contractVersion } from '#shared/contract/version.ts'
import type { Client, Hello, Transport } from './client.ts'
import { keepOfficerName, keptOfficerName } from './officer-name.ts'
import { isAbort, toProblem } from './wire-error.ts'

/**
 * - `connecting`: the first connection of this page is on its way
 * - `online`: calls are answered
 * - `offline`: it was there and is gone; what is on screen stays, and it is tried again by itself
 * - `refused`: the station does not let this browser in (any more); it is tried again now and then
 * - `outdated`: page and engine speak different versions; the page must be loaded anew
 */
export type ConnectionState = 'connecting' | 'online' | 'offline' | 'refused' | 'outdated'

export interface Station {
  readonly client: Client
  readonly state: Readonly<Ref<ConnectionState>>
  readonly online: ComputedRef<boolean>
  /** Grows with every connection: watch it to subscribe anew. 0 before the first. */
  readonly generation: Readonly<Ref<number>>
  /** When the connection was lost, by this machine's clock; null while it stands. */
  readonly lostAt: Readonly<Ref<number | null>>
  readonly hello: ShallowRef<Hello | null>
  readonly settings: ShallowRef<Settings | null>
  readonly status: ShallowRef<StationStatus | null>
  readonly role: ComputedRef<Role>
  /** Who the journal names for what is done on this page. */
  readonly me: ShallowRef<Officer | null>
  /** Somebody else sits down at this page: kept in this browser. Empty: the station's own officer. */
  signIn(name: string): Promise<void>
  /** The engine's clock: its time zone and its idea of now, so that "4 min ago" agrees on every screen. */
  now(): number
  saveSettings(change: Partial<Settings>): Promise<void>
  retry(): void
  stop(): void
}

export const stationKey: InjectionKey<Station> = Symbol('station')

/** The station of this page. Only inside components (or `app.runWithContext`). */
export function useStation(): Station {
  const station = inject(stationKey)
  if (!station) throw new Error('No station was provided to this app')
  return station
}
export const useClient = (): Client => useStation().client

/** Long: the states of one connection, which all of it reads and writes. */
export function createStation(transport: Transport): Station {
  const state = ref<ConnectionState>('connecting')
  const generation = ref(0)
  const lostAt = ref<number | null>(null)
  const hello = shallowRef<Hello | null>(null)
  const settings = shallowRef<Settings | null>(null)
  const status = shallowRef<StationStatus | null>(null)
  const me = shallowRef<Officer | null>(null)
  const connected = shallowRef<Client | null>(null)
  let skew = 0
  let attempt: AbortController | undefined

  async function greet(client: Client) {
    attempt?.abort()
    const mine = (attempt = new AbortController())
    try {
      const officer = keptOfficerName()
      const answer = await client.station.hello({ contractVersion, contractHash, officer }, { signal: mine.signal })
      if (mine.signal.aborted) return
      if (answer.contractVersion !== contractVersion || answer.contractHash !== contractHash) {
        state.value = 'outdated'
        return
      }
      skew = answer.now - Date.now()
      hello.value = answer
      settings.value = answer.settings
      me.value = answer.me
      lostAt.value = null
      state.value = 'online'
      generation.value++
      await followStatus(client, mine.signal)
    } catch (error) {
      if (mine.signal.aborted) return
      const problem = toProblem(error)
      lose()
      if (!isAbort(error) && problem.kind === 'bug')
        console.error('The station answered its greeting with an error:', problem.message)
    }
  }

  /** The strip's stream ends only with the connection; should the engine end it earlier, it is asked for again. */
  async function followStatus(client: Client, signal: AbortSignal) {
    while (!signal.aborted) {
      for await (const next of await client.station.status(undefined, { signal })) {
        status.value = next
        skew = next.now - Date.now()
      }
      await new Promise((resolve) => setTimeout(resolve, 1_000))
    }
  }

  function lose() {
    if (state.value === 'online') lostAt.value = Date.now() + skew
    if (state.value !== 'outdated' && state.value !== 'refused')
      state.value = generation.value ? 'offline' : 'connecting'
  }

  const scope = effectScope(true)
  const api = scope.run(() => ({
    online: computed(() => state.value === 'online'),
    role: computed<Role>(() => hello.value?.role ?? 'officer'),
  }))!
  // Calls made before the first connection would have nothing to go through: views wait for `generation`.
  const client = new Proxy({} as Client, {
    get: (_target, room: keyof Client) => {
      if (!connected.value) throw new Error('The connection to the station is not open')
      return connected.value[room]
    },
  })

  transport.start({
    open(next) {
      connected.value = next
      if (state.value !== 'outdated') void greet(next)
    },
    lost(reason) {
      attempt?.abort()
      if (reason === 'refused') state.value = 'refused'
      lose()
    },
  })

  return {
    client,
    state: readonly(state),
    generation: readonly(generation),
    lostAt: readonly(lostAt),
    hello,
    settings,
    status,
    me,
    ...api,
    now: () => Date.now() + skew,
    async saveSettings(change) {
      settings.value = await client.station.saveSettings(change)
      // Who goes by the station's name goes by its new one.
      if (change.officerName !== undefined) me.value = await client.station.signIn({ name: keptOfficerName() })
    },
    async signIn(name) {
      me.value = await client.station.signIn({ name })
      keepOfficerName(name)
    },
    retry: () => transport.retry(),
    stop() {
      attempt?.abort()
      transport.stop()
      scope.stop()
    },
  }
}
