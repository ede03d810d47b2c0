import { computed, markRaw, onScopeDispose, ref, shallowRef, triggerRef, watch, type Ref } from 'vue'
import type { CaseCard } from '#shared/contract/cases.ts'
import type { CaseState } from '#shared/model/case.ts'
import { useStation } from '#renderer/client/station.ts'
import { useStream } from '#renderer/client/use-stream.ts'
import { toProblem, type WireProblem } from '#renderer/client/wire-error.ts'
import { take } from './caseBook.ts'

/** The most urgent ones that one screen keeps in memory; beyond that the board says how many there are. */
export const MOST_CASES = 5_000
const FIRST_PAGE = 100
/** As much as is read and drawn without a key waiting for it: a larger page takes longer than a frame to decode. */
const PAGE = 250
const CLOSED_SHOWN = 100
/** While pages come in the list is drawn this often, and once they all are there. */
const FILL_DRAW_MS = 250
/** In what order cases are read. What waits for a decision comes first and whole; what was answered comes last. */
export const undecidedFirst: readonly CaseState[][] = [['new'], ['routed', 'accepted'], ['replied']]
/** For whoever looks at more than that: the first that is shown is the most urgent, and stays. */
export const urgentFirst: readonly CaseState[][] = [['new', 'routed', 'accepted'], ['replied']]

/**
 * Every open case, the most urgent first in arriving, kept true by the live stream. `kept` is on screen wherever it stands.
 * Long: pages, patches and what was decided here write one map and must know of each other.
 */
export function useCaseBook(query: Readonly<Ref<string>>, kept: () => string | null, waves = undecidedFirst) {
  const station = useStation()
  const book = new Map<string, CaseCard>()
  const cards = shallowRef<ReadonlyMap<string, CaseCard>>(book)
  const total = ref(0)
  const counts = shallowRef<Partial<Record<CaseState, number>>>({})
  const loading = ref(true)
  const filling = ref(false)
  const counted = ref(false)
  const problem = shallowRef<WireProblem | null>(null)
  let running: AbortController | undefined
  /** What came by another way while the pages were read: they may have been read before it was there. */
  let since: Set<string> | undefined
  let frame = 0
  let stale: ReturnType<typeof setTimeout> | undefined

  // Many patches, one repaint: everything that arrives before the next frame is shown together.
  function changed() {
    if (frame) return
    frame = requestAnimationFrame(() => {
      frame = 0
      triggerRef(cards)
    })
  }

  async function refresh() {
    if (!station.generation.value) return
    running?.abort()
    const mine = (running = new AbortController())
    const options = { signal: mine.signal }
    filling.value = true
    const seen = new Set<string>()
    const meanwhile = (since = new Set<string>())
    let drawnAt = -Infinity
    const keep = (items: CaseCard[]) => {
      for (const card of items) {
        seen.add(card.case!.id)
        take(book, markRaw(card))
      }
      // Ordering thousands of cases anew for every page that comes in would cost more than it shows.
      if (items.length === 0 || performance.now() - drawnAt < FILL_DRAW_MS) return
      drawnAt = performance.now()
      changed()
    }
    try {
      let sum = 0
      const byState: Partial<Record<CaseState, number>> = {}
      for (const states of waves) {
        const filter = { states, query: query.value }
        let after: string | null = null
        do {
          const limit = seen.size === 0 ? FIRST_PAGE : PAGE
          const page = await station.client.cases.page({ filter, after, limit }, options)
          if (mine.signal.aborted) return
          problem.value = null
          if (after === null) {
            sum += page.total
            for (const state of states) byState[state] = page.counts[state] ?? 0
          }
          keep(page.items)
          if (page.items.length > 0) loading.value = false
          after = page.next
        } while (after !== null && seen.size < MOST_CASES)
      }
      total.value = sum
      counts.value = byState
      counted.value = true
      loading.value = false
      const closed = await station.client.cases.page(
        { filter: { states: ['closed'], query: query.value }, limit: CLOSED_SHOWN },
        options,
      )
      if (mine.signal.aborted) return
      keep(closed.items)
      for (const id of book.keys()) {
        if (seen.has(id) || meanwhile.has(id)) continue
        // Without a connection it is put right by the refresh that follows the reconnection.
        if (id === kept()) restore(id).catch(() => undefined)
        else book.delete(id)
      }
    } catch (error) {
      if (mine.signal.aborted) return
      const found = toProblem(error)
      if (found.kind !== 'lost') problem.value = found
      loading.value = false
    } finally {
      if (running === mine) {
        filling.value = false
        since = undefined
        changed()
      }
    }
  }

  /** A newer card than the one that is known. Returns whether it was. */
  function takeNew(card: CaseCard): boolean {
    since?.add(card.case?.id ?? '')
    return take(book, markRaw(card))
  }

  async function restore(id: string) {
    const { card } = await station.client.cases.get({ id })
    since?.add(id)
    book.set(id, markRaw(card))
    changed()
  }

  function refreshSoon() {
    clearTimeout(stale)
    stale = setTimeout(() => void refresh(), 700)
  }

  useStream(async (client, signal, opened) => {
    const patches = await client.cases.live({}, { signal })
    opened()
    for await (const patch of patches) {
      if (patch.reset) {
        refreshSoon()
        continue
      }
      for (const card of patch.changed) {
        // Whether an unknown case matches the query is the engine's to say.
        if (query.value && !book.has(card.case!.id)) refreshSoon()
        else {
          if (!book.has(card.case!.id) && card.case!.state !== 'closed') total.value++
          takeNew(card)
        }
      }
      changed()
    }
  })

  watch(station.generation, () => void refresh(), { immediate: true })
  watch(query, () => {
    // At once, not in the next frame: the next key must not act on what is on its way out.
    book.clear()
    loading.value = true
    counted.value = false
    triggerRef(cards)
    void refresh()
  })
  onScopeDispose(() => {
    running?.abort()
    clearTimeout(stale)
    cancelAnimationFrame(frame)
  })

  return {
    /** By case id: every open case that was loaded and the newest closed ones. Changes as a whole, never deeply. */
    cards,
    /** The cases, where there are any: none while the station says why it cannot give them. */
    data: computed(() => (cards.value.size > 0 || !problem.value ? cards.value : null)),
    /** Open cases on the station that match the query, and by state, when they were last asked for. */
    total,
    counts,
    loading,
    /** Every open case was read once: before, how many there are is not known. */
    counted,
    /** More pages are on their way. */
    filling,
    problem,
    truncated: computed(() => total.value > MOST_CASES),
    get: (id: string): CaseCard | undefined => book.get(id),
    /** Takes over what the engine answered. */
    put(card: CaseCard) {
      if (takeNew(card)) changed()
    },
    /** Shows a case as it will be once the engine has confirmed it, or as it was when it did not; unless a newer is known. */
    show(card: CaseCard) {
      if (!take(book, markRaw(card))) return
      // Not in the next frame but now: the next key belongs to the next case.
      triggerRef(cards)
    },
    /** Asks the engine how a case really stands. */
    restore,
    refresh,
  }
}

export type CaseBook = ReturnType<typeof useCaseBook>
