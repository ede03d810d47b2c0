import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import type { MentionFilterInput } from '#shared/contract/mentions.ts'
import type { MentionCard } from '#shared/model/mention-card.ts'
import { useClient } from '#renderer/client/station.ts'
import { toProblem } from '#renderer/client/wire-error.ts'
import { useStream } from '#renderer/client/use-stream.ts'
import { inFrame } from './frames.ts'
import { createStreamBuffer, foldBursts, type StreamRow } from './stream-buffer.ts'
import { useCardChanges } from '#renderer/stores/deeds.ts'

const PAGE = 60
/** Beyond this a reader is searching, not watching: the stream says so and offers the search. */
const MOST_ROWS = 400

/**
 * A live list of mentions: a snapshot, then patches from its cursor; a gap or a `reset` takes a new snapshot. While the
 * reader is not at the top, what arrives waits. Redraws are spread over frames.
 * Long: snapshot, patches and older pages write one list and must know of each other.
 */
export function useMentionStream(
  filter: () => MentionFilterInput,
  atTop: Ref<boolean>,
  options: { fold?: boolean } = {},
) {
  const client = useClient()
  const buffer = createStreamBuffer()
  const rows = shallowRef<StreamRow[]>([])
  const waiting = ref(0)
  const waitingSince = ref<number | null>(null)
  const loaded = ref(false)
  const total = ref<number | null>(null)
  const estimated = ref(false)
  const next = ref<string | null>(null)
  /** Grows with every snapshot: what was asked for before it would leave a hole in the new list. */
  let round = 0
  let olderFor = -1
  /** The filter of what is on screen. */
  let shown = ''
  /** Arrived since the last digest was read out. */
  const arrived = ref(0)
  const unfolded = new Set<string>()

  function draw() {
    rows.value =
      options.fold === false ? buffer.items.map((card) => ({ card, folded: 0 })) : foldBursts(buffer.items, unfolded)
    waiting.value = buffer.waitingCount
    waitingSince.value = buffer.waitingSince
  }
  const redraw = () => inFrame(draw)
  onScopeDispose(() => inFrame(draw)()) // a draw that still waits would paint into a list that is gone

  /** Changed while older ones are being read: those may come as they were before. */
  let changedMeanwhile: MentionCard[] = []
  function change(cards: readonly MentionCard[]) {
    buffer.change(cards)
    if (olderFor === round) changedMeanwhile.push(...cards)
  }

  const stream = useStream(
    async (_client, signal, opened) => {
      const asked = JSON.stringify(filter())
      const page = await client.mentions.page({ filter: filter(), limit: PAGE }, { signal })
      buffer.replace(page.items)
      shown = asked
      round++
      total.value = page.total
      estimated.value = page.estimated
      next.value = page.next
      loaded.value = true
      draw()
      if (page.items.length === 0 && page.next !== null) void older()
      let seq: number | null = null
      const patches = await client.mentions.live({ filter: filter(), liveFrom: page.liveFrom }, { signal })
      opened()
      for await (const patch of patches) {
        if (patch.reset || (seq !== null && patch.seq !== seq + 1)) return
        seq = patch.seq
        const fresh = buffer.add(patch.added, patch.addedCount, atTop.value)
        if (patch.changed.length) change(patch.changed)
        arrived.value += fresh
        if (total.value !== null) total.value += fresh
        redraw()
      }
    },
    { watch: () => JSON.stringify(filter()) },
  )

  useCardChanges((card) => {
    change([card])
    redraw()
  })
  watch(atTop, (top) => {
    if (top && buffer.waitingCount) show()
  })

  function show() {
    if (buffer.waitingTooMany) {
      stream.restart()
      return
    }
    buffer.show()
    draw()
  }
  async function older() {
    if (!next.value || olderFor === round || buffer.items.length >= MOST_ROWS) return
    if (shown !== JSON.stringify(filter())) return
    const mine = (olderFor = round)
    changedMeanwhile = []
    const same = filter()
    try {
      let found: number
      do {
        const page = await client.mentions.page({ filter: same, before: next.value, limit: PAGE })
        if (mine !== round) return
        buffer.older(page.items)
        buffer.change(changedMeanwhile)
        next.value = page.next
        found = page.items.length
        // A search that had to read every text may have found none of them yet: it goes on with older ones.
      } while (found === 0 && next.value !== null)
      draw()
    } catch (error) {
      if (mine === round && toProblem(error).kind !== 'lost') next.value = null
    } finally {
      if (olderFor === mine) olderFor = -1
    }
  }
  return {
    rows,
    /** The list, where there is one: none while the station says why it cannot give it. */
    data: computed(() => (rows.value.length > 0 || (loaded.value && !stream.problem.value) ? rows.value : null)),
    waiting,
    waitingSince,
    total,
    estimated,
    arrived,
    loading: computed(() => !loaded.value && !stream.problem.value),
    problem: stream.problem,
    live: stream.open,
    full: computed(() => rows.value.length >= MOST_ROWS),
    show,
    older,
    refresh: stream.restart,
    unfold(author: string) {
      unfolded.add(author)
      draw()
    },
  }
}
