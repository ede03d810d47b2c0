import { said } from '#shared/words/said.ts'
import { userFailure } from '#engine/platform/failure.ts'
import type { Draft } from '#shared/model/mention.ts'
import { emptyBatch, type Batch, type FetchContext } from '../connector.ts'
import { dropped } from '../draft.ts'
import { readCursor } from '../incoming.ts'
import type { Holding, LeftOut } from './holding.ts'

/** A replay holds its rows in memory to put them in order of time. */
const MOST_ROWS = 300_000
/** Drafts that fall due within this stretch of real time are handed over together. */
const TICK_MS = 100
/** While nothing falls due, a sign of life. */
const LIFE_MS = 10_000

interface Position {
  /** Rows handed over, in order of time. */
  done: number
}

/**
 * Plays a file as if it happened now, `speed` times as fast: the oldest mention at once, each later one after its distance
 * divided by the speed. Its publication time is the time at which it is played, since a pane that shows the last hour
 * would show nothing of 2015; the original date stays in `raw`. After a restart it goes on behind the last row kept.
 */
export async function* replay(
  holding: Holding,
  speed: number,
  context: Pick<FetchContext<unknown>, 'cursor' | 'now' | 'sleep' | 'signal'>,
): AsyncGenerator<Batch> {
  const all = emptyBatch(context.cursor)
  const { drafts } = all
  const drop = ({ reason, where, detail }: LeftOut): void => void all.dropped.push(dropped(reason, where, detail))
  for await (const { items, bad } of holding.parts()) {
    context.signal.throwIfAborted()
    for (const item of items) {
      // A rehearsal: whoever waits for a letter is not told of it again.
      const draft = 'letter' in item ? item.letter.draft : 'draft' in item ? item.draft : null
      if (draft) drafts.push(draft)
      else if ('left' in item) drop(item.left)
    }
    for (const one of bad) drop(one)
    if (drafts.length > MOST_ROWS) throw userFailure('file.tooLongToReplay', { n: MOST_ROWS })
  }
  drafts.sort((a, b) => a.publishedAt - b.publishedAt)
  const { done = 0 } = readCursor<Position>(context.cursor)
  const begun = typeof done === 'number' && done >= 0 ? done : 0
  const detail = said('file.replaying', { n: speed })
  if (begun === 0 && all.dropped.length > 0) yield { ...all, drafts: [], detail }
  const base = drafts[begun]?.publishedAt ?? 0
  const startedAt = context.now()
  const dueAt = (draft: Draft): number => startedAt + Math.round((draft.publishedAt - base) / speed)
  let next = begun
  while (next < drafts.length) {
    const now = context.now()
    const due: Draft[] = []
    while (next < drafts.length && due.length < 1_000 && dueAt(drafts[next]!) <= now) {
      const draft = drafts[next++]!
      due.push({ ...draft, publishedAt: dueAt(draft) })
    }
    if (due.length > 0) {
      yield { ...emptyBatch(JSON.stringify({ done: next } satisfies Position)), drafts: due, detail }
      continue
    }
    const waitMs = dueAt(drafts[next]!) - now
    await context.sleep(Math.min(LIFE_MS, Math.max(TICK_MS, waitMs)))
    if (waitMs > LIFE_MS) yield { ...emptyBatch(null), detail }
  }
  yield {
    ...emptyBatch(JSON.stringify({ done: next } satisfies Position)),
    finished: true,
    detail: said('file.replayed', { n: next }),
  }
}
