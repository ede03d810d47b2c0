import type { Looker, LookerDoing, Officer } from '#shared/model/looker.ts'
import { createSignal } from '#shared/util/signal.ts'
import type { Clock } from '#engine/platform/clock.ts'

/** A page says every half minute what it shows; who says nothing for this long is not there any more. */
export const SILENT_MS = 90_000
/** Pages that are kept in mind; beyond that the one that was heard longest ago is forgotten. */
const MOST_PAGES = 200

/** Who has which case open, on which page. In memory only: after a restart every page says it anew. */
export interface Presence {
  /** Also a sign of life: called again and again with the same it only keeps the page from being forgotten. */
  look(page: string, officer: Officer, caseId: string | null, doing: LookerDoing): void
  /** The connection of a page is closed. */
  leave(page: string): void
  /** In order of arrival. */
  list(): Looker[]
  /** Called after each change, not for signs of life. */
  onChanged(listener: () => void): () => void
  /** Forgets everybody and stops its timer. */
  stop(): void
}

interface Page {
  looker: Looker
  /** By the clock that never jumps. */
  heardAt: number
}

export function createPresence({ clock }: { clock: Clock }): Presence {
  // In the order in which they were heard last: the first is the next to be forgotten.
  const pages = new Map<string, Page>()
  const arrival = new Map<string, number>()
  const changed = createSignal()
  let arrivals = 0
  let cancel: (() => void) | null = null

  const forget = (page: string): boolean => {
    arrival.delete(page)
    return pages.delete(page)
  }

  function sweepLater(): void {
    if (cancel !== null) return
    const [first] = pages.values()
    if (first === undefined) return
    cancel = clock.after(Math.max(0, first.heardAt + SILENT_MS - clock.monotonic()), sweep)
  }

  function sweep(): void {
    cancel = null
    const before = clock.monotonic() - SILENT_MS
    let gone = false
    for (const [page, { heardAt }] of pages) {
      if (heardAt > before) break
      gone = forget(page) || gone
    }
    sweepLater()
    if (gone) changed.tell()
  }

  return {
    look(page, officer, caseId, doing) {
      const known = pages.get(page)?.looker
      const same = known?.caseId === caseId && known.doing === doing
      const sameOfficer = known?.officer.id === officer.id && known.officer.name === officer.name
      const since = same ? known.since : clock.now()
      pages.delete(page)
      pages.set(page, {
        looker: { page, officer: { id: officer.id, name: officer.name }, caseId, doing, since },
        heardAt: clock.monotonic(),
      })
      if (!arrival.has(page)) arrival.set(page, arrivals++)
      if (pages.size > MOST_PAGES) {
        const [oldest] = pages.keys()
        if (oldest !== undefined) forget(oldest)
      }
      sweepLater()
      if (!same || !sameOfficer) changed.tell()
    },

    leave(page) {
      if (forget(page)) changed.tell()
    },

    list: () =>
      [...pages.values()]
        .map(({ looker }) => looker)
        .sort((a, b) => (arrival.get(a.page) ?? 0) - (arrival.get(b.page) ?? 0)),

    onChanged: changed.on,

    stop() {
      cancel?.()
      cancel = null
      pages.clear()
      arrival.clear()
    },
  }
}
