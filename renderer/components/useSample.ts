import { ref } from 'vue'
import { useStation } from '#renderer/client/station.ts'
import { toProblem } from '#renderer/client/wire-error.ts'
import { useToasts } from '#renderer/stores/toasts.ts'

/** The way out of the sample shift. */
export function useSample() {
  const station = useStation()
  const toasts = useToasts()
  const leaving = ref(false)
  async function leave() {
    leaving.value = true
    try {
      await station.client.station.closeSample()
    } catch (error) {
      // The station swaps its engine and closes the line: that is the answer.
      const problem = toProblem(error)
      if (problem.kind !== 'lost') toasts.show({ kind: 'problem', text: problem.message })
    } finally {
      leaving.value = false
    }
  }
  return { leaving, leave }
}
