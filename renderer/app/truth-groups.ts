import type { SourceHealth } from '#shared/model/source.ts'
import { bySourceTrouble } from '#renderer/composables/words/source-words.ts'

interface Ear {
  id: string
  name: string
  network: string
  health: SourceHealth
}
/** What the strip shows: ears one by one, and kinds of ears as a count. */
export interface TruthGroups {
  single: Ear[]
  groups: { state: 'live' | 'quiet' | 'late' | 'broken'; count: number }[]
}
const MOST_TROUBLE = 3

/**
 * `most`: how many there is room for. So many ears are shown one by one. Of more, those in trouble are named (the first three; the others counted), while
 * the healthy ones become "7 live", "2 quiet". Off and finished ones are not ears.
 */
export function truthGroups(sources: readonly Ear[], most = 6): TruthGroups {
  const ears = sources
    .filter((source) => source.health.state !== 'off' && source.health.state !== 'finished')
    .sort(bySourceTrouble)
  const by = (state: string) => ears.filter((ear) => ear.health.state === state)
  const trouble = [...by('broken'), ...by('late')]
  if (ears.length <= most) return { single: ears, groups: [] }
  const few = Math.max(1, Math.min(MOST_TROUBLE, most - 2))
  const named = trouble.slice(0, few)
  const rest = trouble.slice(few)
  const groups: TruthGroups['groups'] = [
    { state: 'broken', count: rest.filter((ear) => ear.health.state === 'broken').length },
    { state: 'late', count: rest.filter((ear) => ear.health.state === 'late').length },
    { state: 'live', count: by('live').length + by('starting').length },
    { state: 'quiet', count: by('quiet').length },
  ]
  return { single: named, groups: groups.filter((group) => group.count > 0) }
}
