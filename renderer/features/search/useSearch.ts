import { computed, ref, shallowRef } from 'vue'
import type { MentionFilterInput } from '#shared/contract/mentions.ts'
import type { MentionCard } from '#shared/model/mention-card.ts'
import { useQuery } from '#renderer/client/use-query.ts'
import { useStation } from '#renderer/client/station.ts'
import { toProblem } from '#renderer/client/wire-error.ts'
import { useCardChanges } from '#renderer/stores/deeds.ts'

const PAGE = 50
/** More rows than anybody reads; beyond, the words are to be narrowed. */
const MOST = 2_000

/** Pages of what matches a filter, newest first; more come when the list nears its end. */
export function useSearch(filter: () => MentionFilterInput) {
  const station = useStation()
  const { client } = station
  const items = shallowRef<MentionCard[]>([])
  const next = ref<string | null>(null)
  const asked = computed(() => JSON.stringify(filter()))
  /** The question that `items` answer. */
  const answered = ref('')
  /** Grows with every first page: older ones of another list are not for this one. */
  let round = 0
  let moreFor = -1
  const first = useQuery(
    async (asking, signal) => {
      const question = asked.value
      try {
        let page = await asking.mentions.page({ filter: filter(), limit: PAGE }, { signal })
        // Nothing yet where the station had to read every text: it goes on with older ones until something is found.
        while (page.items.length === 0 && page.next !== null)
          page = await asking.mentions.page({ filter: filter(), before: page.next, limit: PAGE }, { signal })
        items.value = page.items
        next.value = page.next
        round++
        answered.value = question
        return page
      } catch (error) {
        if (!signal.aborted && toProblem(error).kind !== 'lost') answered.value = question
        throw error
      }
    },
    { watch: asked },
  )
  /** The answer is on its way; without a connection there is none to wait for. */
  const pending = computed(() => answered.value !== asked.value && station.online.value)
  useCardChanges((card) => {
    if (items.value.some((one) => one.mention.id === card.mention.id))
      items.value = items.value.map((one) => (one.mention.id === card.mention.id ? card : one))
  })
  async function more() {
    if (!next.value || moreFor === round || pending.value || items.value.length >= MOST) return
    const mine = (moreFor = round)
    const same = filter()
    try {
      let page: { items: MentionCard[]; next: string | null }
      do {
        page = await client.mentions.page({ filter: same, before: next.value, limit: PAGE })
        if (mine !== round) return
        next.value = page.next
      } while (page.items.length === 0 && next.value !== null)
      const known = new Set(items.value.map((card) => card.mention.id))
      items.value = [...items.value, ...page.items.filter((card) => !known.has(card.mention.id))]
    } catch (error) {
      if (mine === round && toProblem(error).kind !== 'lost') next.value = null
    } finally {
      if (moreFor === mine) moreFor = -1
    }
  }
  return { items, first, pending, more, full: computed(() => items.value.length >= MOST) }
}
