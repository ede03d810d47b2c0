import { nextTick } from 'vue'

/**
 * Spreads redraws over frames: each waiting pane draws once, oldest request first, and a frame takes no further pane
 * once `BUDGET_MS` is used. Twelve busy panes then share the main thread instead of blocking it in one long task.
 */
const BUDGET_MS = 6
const queue = new Set<() => void>()
let running = false

/** Draws soon; asking again before it happened changes nothing. Returns how to withdraw. */
export function inFrame(draw: () => void): () => void {
  queue.add(draw)
  if (!running) {
    running = true
    next()
  }
  return () => queue.delete(draw)
}

function next() {
  // A page nobody sees gets no frames; its lists are kept up to date all the same, without hurry.
  if (document.hidden) setTimeout(() => void work(), 250)
  else requestAnimationFrame(() => void work())
}

async function work() {
  const start = performance.now()
  for (const draw of queue) {
    queue.delete(draw)
    draw()
    await nextTick()
    if (performance.now() - start > BUDGET_MS) break
  }
  running = queue.size > 0
  if (running) next()
}
