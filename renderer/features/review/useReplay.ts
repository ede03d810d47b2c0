import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import type { MentionCard } from '#shared/model/mention-card.ts'
import type { Moment } from '#shared/model/shift.ts'
import type { JournalEntry } from '#shared/model/journal.ts'
import { useStation } from '#renderer/client/station.ts'
import { toProblem, type WireProblem } from '#renderer/client/wire-error.ts'
import { clampTo, type Span, type Speed } from './scrubber.ts'

const HEARD_SHOWN = 60
const JOURNAL_SHOWN = 50
const SETTLE_MS = 70
/** While playing, the board is asked for anew this often; the stream and the journal come with every frame. */
const BOARD_EVERY_MS = 900

/**
 * Plays a shift as it was known then. The engine keeps the time; the page shows what it sends.
 * Long: playing, seeking and asking call each other off.
 */
export function useReplay(shiftId: string, span: Readonly<Ref<Span>>, start: number) {
  const station = useStation()
  const at = ref(start)
  const playing = ref(false)
  const speed = ref<Speed>(10)
  const data = shallowRef<Moment | null>(null)
  const heard = shallowRef<MentionCard[]>([])
  const journal = shallowRef<JournalEntry[]>([])
  const problem = shallowRef<WireProblem | null>(null)
  /** Asked for another moment, not answered yet. */
  const seeking = ref(true)
  let seeks = 0
  let asking: AbortController | undefined
  let running: AbortController | undefined
  let settle: ReturnType<typeof setTimeout> | undefined
  let boardAt = 0
  /** It was playing when the scrubber was taken: it goes on where that comes to rest, after however many places on the way. */
  let resumes = false

  async function ask(when: number, whole: boolean) {
    if (whole) asking?.abort()
    else if (asking && !asking.signal.aborted) return
    const mine = (asking = new AbortController())
    const of = seeks
    try {
      const answer = await station.client.review.at({ id: shiftId, at: when }, { signal: mine.signal })
      if (mine.signal.aborted) return
      data.value = answer
      problem.value = null
      if (whole) {
        heard.value = answer.latest
        journal.value = answer.journal
      }
    } catch (error) {
      if (mine.signal.aborted) return
      const found = toProblem(error)
      if (found.kind !== 'lost') problem.value = found
    } finally {
      if (asking === mine) {
        asking = undefined
        // Another moment may have been sought since; it is asked for in a moment.
        if (of === seeks) seeking.value = false
      }
    }
  }

  async function follow(from: number) {
    running?.abort()
    const mine = (running = new AbortController())
    playing.value = true
    try {
      const frames = await station.client.review.play(
        { id: shiftId, from, speed: speed.value },
        { signal: mine.signal },
      )
      for await (const frame of frames) {
        if (mine.signal.aborted) return
        at.value = clampTo(span.value, frame.at)
        if (frame.mentions.length > 0) heard.value = [...frame.mentions, ...heard.value].slice(0, HEARD_SHOWN)
        if (frame.journal.length > 0)
          journal.value = [...frame.journal.toReversed(), ...journal.value].slice(0, JOURNAL_SHOWN)
        const now = performance.now()
        if (frame.done || now - boardAt > BOARD_EVERY_MS) {
          boardAt = now
          void ask(at.value, frame.done)
        }
        if (frame.done) break
      }
    } catch (error) {
      if (mine.signal.aborted) return
      const found = toProblem(error)
      if (found.kind !== 'lost') problem.value = found
    } finally {
      if (running === mine) playing.value = false
    }
  }

  function pause() {
    if (!playing.value && !resumes) return
    running?.abort()
    playing.value = false
    resumes = false
    void ask(at.value, true)
  }
  function seek(to: number) {
    resumes ||= playing.value
    running?.abort()
    at.value = clampTo(span.value, to)
    seeking.value = true
    seeks++
    clearTimeout(settle)
    settle = setTimeout(() => {
      void ask(at.value, true)
      if (resumes) void follow(at.value)
      resumes = false
    }, SETTLE_MS)
  }
  watch(station.generation, () => void ask(at.value, true), { immediate: true })
  onScopeDispose(() => {
    asking?.abort()
    running?.abort()
    clearTimeout(settle)
  })

  return {
    at,
    playing,
    speed,
    /** The board, the counts and the journal as they were known at its `at`; null before the first answer. */
    data,
    loading: computed(() => data.value === null && problem.value === null),
    /** What was heard last, newest first, while playing; after a jump what the moment knows. */
    heard,
    journal,
    problem,
    /** The moment shown is the one that was asked for last. */
    settled: computed(() => playing.value || !seeking.value),
    refresh: () => void ask(at.value, true),
    seek,
    pause,
    toggle() {
      if (playing.value || resumes) pause()
      else void follow(at.value >= span.value.end ? span.value.start : at.value)
    },
    setSpeed(next: Speed) {
      speed.value = next
      if (playing.value) void follow(at.value)
    },
  }
}
