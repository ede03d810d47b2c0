import { onScopeDispose, watch, type Ref, type ShallowRef } from 'vue'
import { useStation } from '#renderer/client/station.ts'
import { toProblem } from '#renderer/client/wire-error.ts'
import { keepAddress, useRoute } from '#renderer/stores/address.ts'
import { scopes, wideSieve, type CaseSieve } from './caseBook.ts'
import type { Mode } from './useBoard.ts'
import type { CaseBook } from './useCaseBook.ts'

/** What the address says and is told of the board. */
interface Addressed {
  book: CaseBook
  selectedId: Ref<string | null>
  /** A link leads to this case, which is still being asked for. */
  linked: Ref<string | null>
  mode: Ref<Mode>
  sieve: CaseSieve
  shown: Readonly<ShallowRef<string[]>>
  /** The officer has chosen what is on screen. */
  touch(): void
}

/** Goes where a link leads, and keeps the address true. */
export function followAddress({ book, selectedId, linked, mode, sieve, shown, touch }: Addressed) {
  const station = useStation()
  const route = useRoute()

  // A link to one case, from the wall or the palette. Each time, also to the one that the address still names while the officer
  // is at the next already; at once, so that what keeps the address true is never taken for a link.
  watch(
    route,
    ({ view, parts: [id] }) => {
      if (view !== 'board' || !id || id === selectedId.value) return
      selectedId.value = id
      touch()
      linked.value = id
    },
    { immediate: true, flush: 'sync' },
  )
  watch(
    [linked, station.generation],
    async ([id, connected]) => {
      if (id === null || !connected) return
      try {
        if (!book.get(id)) book.put((await station.client.cases.get({ id })).card)
      } catch (error) {
        // Asked again when the connection is back.
        if (toProblem(error).kind === 'lost') return
        if (selectedId.value === id) selectedId.value = shown.value[0] ?? null
      }
      if (linked.value === id) linked.value = null
    },
    { immediate: true },
  )
  // A link to part of the board: a problem, from a notice; a desk or what is late, from Insights.
  watch(
    () => route.value.query,
    ({ problem = null, desk, overdue, scope: wide }) => {
      if (route.value.view !== 'board' || !(problem || desk || overdue)) return
      const scope = scopes.find((one) => one === wide) ?? 'open'
      Object.assign(sieve, {
        ...wideSieve,
        scope,
        problemId: problem,
        deskIds: desk ? [desk] : [],
        overdue: overdue === '1',
      })
    },
    { immediate: true },
  )
  let settle: ReturnType<typeof setTimeout> | undefined
  watch([selectedId, mode], () => {
    clearTimeout(settle)
    settle = setTimeout(() => {
      if (route.value.view !== 'board') return
      keepAddress(
        'board',
        selectedId.value ? [selectedId.value] : [],
        mode.value === 'triage' ? {} : { mode: mode.value },
      )
    }, 400)
  })
  onScopeDispose(() => clearTimeout(settle))
}
