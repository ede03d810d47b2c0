import { defineStore } from 'pinia'
import { computed, onScopeDispose, ref, shallowRef, watch, type ComputedRef } from 'vue'
import type { Looker, LookerDoing } from '#shared/model/looker.ts'
import { useStation } from '#renderer/client/station.ts'
import { useStream } from '#renderer/client/use-stream.ts'

/** The engine forgets a page that says nothing for three times as long. */
const SIGN_OF_LIFE_MS = 30_000
/** Who runs through a list looks at nothing: said only when they rest on it. */
const REST_MS = 250

interface Look {
  caseId: string | null
  doing: LookerDoing
}

const NOBODY: readonly Looker[] = []

const same = (a: readonly Looker[], b: readonly Looker[]) =>
  a.length === b.length &&
  a.every((one, at) => {
    const other = b[at]!
    return one.page === other.page && one.doing === other.doing && one.officer.name === other.officer.name
  })

/** By case, keeping the lists of cases for which nothing changed, so that a list re-draws only the rows that differ. */
export function byCase(
  lookers: readonly Looker[],
  before: ReadonlyMap<string, readonly Looker[]>,
): Map<string, readonly Looker[]> {
  const next = new Map<string, Looker[]>()
  for (const looker of lookers) {
    if (looker.caseId === null) continue
    const list = next.get(looker.caseId)
    if (list) list.push(looker)
    else next.set(looker.caseId, [looker])
  }
  const kept = new Map<string, readonly Looker[]>()
  for (const [id, list] of next) {
    const sorted = list.toSorted((a, b) => Number(b.doing === 'writing') - Number(a.doing === 'writing'))
    const known = before.get(id)
    kept.set(id, known && same(known, sorted) ? known : sorted)
  }
  return kept
}

/** Who else is here. On a page that did not join (a wall) nobody is. */
export const useLookers = defineStore('lookers', () => {
  const station = useStation()
  /** This page shows what it has open to the others, and them to its officer. */
  const joined = ref(false)
  const others = shallowRef<readonly Looker[]>([])
  const cases = shallowRef<ReadonlyMap<string, readonly Looker[]>>(new Map())
  const looks: Look[] = []
  let said = ''
  let rest: ReturnType<typeof setTimeout> | undefined

  function take(lookers: readonly Looker[]) {
    others.value = lookers.filter((looker) => looker.page !== station.hello.value?.page)
    cases.value = byCase(others.value, cases.value)
  }
  useStream(
    async (client, signal, opened) => {
      const stream = await client.cases.lookers(undefined, { signal })
      opened()
      for await (const { lookers } of stream) take(lookers)
    },
    { when: () => joined.value, watch: joined },
  )

  function tell(always = false) {
    clearTimeout(rest)
    if (!joined.value || !station.online.value) return
    const { caseId = null, doing = 'looking' } = looks.at(-1) ?? {}
    const now = `${caseId} ${doing}`
    if (now === said && !always) return
    said = now
    // Nothing depends on it but what colleagues see; a line that is down is shown by the shell.
    station.client.cases.look({ id: caseId, doing }).catch(() => {
      said = ''
    })
  }
  function tellSoon() {
    clearTimeout(rest)
    rest = setTimeout(() => tell(), REST_MS)
  }
  watch([station.generation, station.me, joined], () => tell(true), { immediate: true })
  watch(station.online, (online) => {
    if (!online) take([])
  })
  const beat = setInterval(() => tell(true), SIGN_OF_LIFE_MS)
  onScopeDispose(() => {
    clearInterval(beat)
    clearTimeout(rest)
  })

  return {
    joined,
    /** Everybody else on this station. */
    others,
    /** The others who have this case open, who writes first. The same list as long as nothing changed for this case. */
    on: (caseId: string | null | undefined): readonly Looker[] => (caseId && cases.value.get(caseId)) || NOBODY,
    /** Says what this page shows from now on, until the release is called. The newest that is still there counts. */
    say(look: Look): () => void {
      looks.push(look)
      // That somebody writes must not come too late for a colleague who is about to.
      if (look.doing === 'writing') tell()
      else tellSoon()
      return () => {
        const at = looks.indexOf(look)
        if (at >= 0) looks.splice(at, 1)
        tellSoon()
      }
    },
  }
})

/** While the calling scope lives, colleagues see that this page has the case open, or writes a reply to it. */
export function useLook(
  caseId: () => string | null | undefined,
  writing: () => boolean,
): ComputedRef<readonly Looker[]> {
  const lookers = useLookers()
  let leave: (() => void) | undefined
  watch(
    [caseId, writing],
    ([id, writes]) => {
      leave?.()
      leave = id ? lookers.say({ caseId: id, doing: writes ? 'writing' : 'looking' }) : undefined
    },
    { immediate: true },
  )
  onScopeDispose(() => leave?.())
  return computed(() => lookers.on(caseId()))
}
