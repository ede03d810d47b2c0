import { computed, inject, provide, shallowRef } from 'vue'
import type { ComputedRef, InjectionKey, ShallowRef } from 'vue'
import type { Notice } from '#shared/model/notice.ts'
import { useStation } from '#renderer/client/station.ts'
import { useStream } from '#renderer/client/use-stream.ts'

export interface Notices {
  /** Everything that waits for somebody, newest first. */
  all: Readonly<ShallowRef<readonly Notice[]>>
  /** Without what was put aside on this screen. */
  shown: ComputedRef<readonly Notice[]>
  /** Alerts go by being seen; an answer that did not arrive and a desk that asks stay until somebody deals with them. */
  canPutAside(notice: Notice): boolean
  putAside(notice: Notice): void
}

const KEY = 'earshot.notices-seen'
/** Ids that are kept as seen; the engine names alerts for a day and 50 at a time. */
const MOST_SEEN = 500
const noticesKey: InjectionKey<Notices> = Symbol('notices')
const none: Notices = {
  all: shallowRef([]),
  shown: computed(() => []),
  canPutAside: () => false,
  putAside: () => {},
}
export const useNotices = (): Notices => inject(noticesKey, none)

function readSeen(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : []
  } catch {
    return []
  }
}

/** Called once, by the app's root. `arrived` hears of what was not there before, never of what stands when the page opens. */
export function provideNotices(arrived: (notice: Notice) => void = () => {}): Notices {
  const station = useStation()
  const all = shallowRef<readonly Notice[]>([])
  const seen = shallowRef<readonly string[]>(readSeen())
  let known: ReadonlySet<string> | null = null
  let knownStation = ''

  useStream(async (client, signal, opened) => {
    const stream = await client.cases.notices(undefined, { signal })
    opened()
    for await (const { notices } of stream) {
      const before = knownStation === station.hello.value?.stationId ? known : null
      knownStation = station.hello.value?.stationId ?? ''
      known = new Set(notices.map(({ id }) => id))
      all.value = notices
      if (before) for (const notice of notices.toReversed()) if (!before.has(notice.id)) arrived(notice)
    }
  })

  const notices: Notices = {
    all,
    shown: computed(() => {
      const hidden = new Set(seen.value)
      return all.value.filter(({ id }) => !hidden.has(id))
    }),
    canPutAside: ({ kind }) => kind === 'alert' || kind === 'waiting',
    putAside({ id }) {
      seen.value = [...seen.value.filter((other) => other !== id), id].slice(-MOST_SEEN)
      try {
        localStorage.setItem(KEY, JSON.stringify(seen.value))
      } catch {
        // Put aside until the page is closed.
      }
    },
  }
  provide(noticesKey, notices)
  return notices
}
