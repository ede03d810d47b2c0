import { onScopeDispose, ref } from 'vue'

/** A slow walk on a small circle, a pixel at a time, so that no edge burns into a panel that shows the wall for weeks. */
const STEP_MS = 90_000
const PATH = ['0 0', '1 0', '2 1', '2 2', '1 3', '0 3', '-1 3', '-2 2', '-2 1', '-1 0'] as const

export function usePixelShift() {
  const shift = ref('none')
  let at = 0
  const timer = setInterval(() => {
    at = (at + 1) % PATH.length
    const [x, y] = PATH[at]!.split(' ')
    shift.value = `translate(${x}px, ${y}px)`
  }, STEP_MS)
  onScopeDispose(() => clearInterval(timer))
  return shift
}
