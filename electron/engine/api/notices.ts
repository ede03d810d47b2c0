import type { Notice } from '#shared/model/notice.ts'
import type { Notices } from '#engine/alerts/notices.ts'
import type { Clock } from '#engine/platform/clock.ts'

/** Two looks a second at most; a look at an unchanged journal costs one row. */
const LOOK_MS = 500

/** What asks for officers: at once, then with every change. A wall hears what rules raise, and no words of desks. */
export async function* noticesStream(
  { notices, clock }: { notices: Notices; clock: Clock },
  role: 'officer' | 'wall',
  signal?: AbortSignal,
): AsyncGenerator<{ notices: Notice[] }, undefined, void> {
  const isShown = ({ kind }: Notice): boolean => role === 'officer' || kind === 'alert' || kind === 'waiting'
  let seen = ''
  let told = ''
  while (!signal?.aborted) {
    const revision = notices.revision()
    if (revision !== seen) {
      seen = revision
      const list = notices.list().filter(isShown)
      const text = JSON.stringify(list)
      if (text !== told) {
        told = text
        yield { notices: list }
      }
    }
    const stopped = await clock.sleep(LOOK_MS, signal).then(
      () => false,
      () => true,
    )
    if (stopped) return
  }
}
