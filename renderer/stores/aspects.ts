import { defineStore } from 'pinia'
import { computed } from 'vue'
import { matterNames } from '#shared/model/trade-aspects.ts'
import { aspectName } from '#shared/query/aspect-names.ts'
import { useQuery } from '#renderer/client/use-query.ts'
import { usePreferences } from './preferences.ts'

/** A station's talk takes on a new matter over days, not minutes. */
const ASKED_EVERY_MS = 10 * 60_000

/**
 * What mentions are about, as a person reads it: which of it is shown (matters of trades that the station's talk is not about are not), and what it is
 * called in the page's language. Asked for once for the whole page.
 */
export const useAspects = defineStore('aspects', () => {
  const preferences = usePreferences()
  const uncarried = useQuery((client, signal) => client.learning.uncarriedAspects({}, { signal }), {
    everyMs: ASKED_EVERY_MS,
  })
  const known = useQuery((client, signal) => client.learning.concepts({ locale: preferences.locale }, { signal }), {
    watch: () => preferences.locale,
    everyMs: ASKED_EVERY_MS,
  })
  const hidden = computed(() => new Set(uncarried.data.value ?? []))
  const concepts = computed(() => known.data.value ?? [])
  const parts = computed(
    () => new Map(concepts.value.filter(({ kind }) => kind === 'part').map((one) => [one.id, one])),
  )
  const labels = computed(() => new Map(concepts.value.map(({ kind, id, label }) => [`${kind}/${id}`, label])))

  /** A part says more than its matter: that stands only where no part of it was named. */
  function shown(names: readonly string[]): string[] {
    const seen = names.filter(
      (name) => !hidden.value.has(parts.value.get(name)?.matter ?? name) && !hidden.value.has(name),
    )
    const said = new Set(
      seen.flatMap((name) => (matterNames.includes(name) ? [] : (parts.value.get(name)?.matter ?? []))),
    )
    return seen.filter((name) => !said.has(name))
  }
  /** Names of the station's own are shown as they were written. */
  const nameOf = (name: string): string =>
    matterNames.includes(name) ? aspectName(name, preferences.locale) : (parts.value.get(name)?.label ?? name)
  return {
    /** Parts, symptoms and own names; empty until they were told. */
    concepts,
    shown,
    nameOf,
    /** Of what a suggestion calls `part/card-payment`. */
    conceptName: (concept: string): string => labels.value.get(concept) ?? concept.replace(/^\w+\//, ''),
  }
})
