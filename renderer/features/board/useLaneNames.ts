import { computed, type ComputedRef, type Ref } from 'vue'
import { useStation } from '#renderer/client/station.ts'
import { useQuery } from '#renderer/client/use-query.ts'
import type { LaneBy } from './columns.ts'

const MONTH = 30 * 86_400_000
const EVERY_MS = 60_000

/** Names for lanes by person and by problem; asked for only while the board is laid out so. */
export function useLaneNames(by: Readonly<Ref<LaneBy>>): {
  people: ComputedRef<ReadonlyMap<string, string>>
  problems: ComputedRef<ReadonlyMap<string, string>>
} {
  const station = useStation()
  const people = useQuery((client, signal) => client.desks.people({ limit: 500 }, { signal }), {
    watch: by,
    when: () => by.value === 'officer',
    everyMs: EVERY_MS,
  })
  const problems = useQuery(
    (client, signal) =>
      client.problems.list({ since: station.now() - MONTH, withClosed: true, limit: 200 }, { signal }),
    { watch: by, when: () => by.value === 'problem', everyMs: EVERY_MS },
  )
  return {
    people: computed(() => new Map((people.data.value?.items ?? []).map(({ person }) => [person.id, person.name]))),
    problems: computed(() => new Map((problems.data.value ?? []).map((problem) => [problem.id, problem.label]))),
  }
}
