import { said } from '#shared/words/said.ts'
import { Failure } from '#engine/platform/failure.ts'
import type { Draft } from '#shared/model/mention.ts'
import type { Batch, Dropped, FetchContext } from '../connector.ts'
import { emptyBatch } from '../connector.ts'
import { isDropped, rowToDraft } from './draft.ts'
import type { OpenedFile } from './open.ts'

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
  { table, draftOptions }: OpenedFile,
  speed: number,
  context: Pick<FetchContext<unknown>, 'cursor' | 'now' | 'sleep' | 'signal'>,
): AsyncGenerator<Batch> {
  const drafts: Draft[] = []
  const dropped: Dropped[] = []
  for await (const block of table.blocks()) {
    context.signal.throwIfAborted()
    for (const row of block.rows) {
      const draft = rowToDraft(row, draftOptions)
      if (isDropped(draft)) dropped.push(draft)
      else drafts.push(draft)
    }
    for (const bad of block.bad) dropped.push({ reason: bad.reason, where: `line ${bad.line}`, detail: bad.detail })
    if (drafts.length > MOST_ROWS) {
      throw new Failure('user', said('file.tooLongToReplay', { n: MOST_ROWS }))
    }
  }
  drafts.sort((a, b) => a.publishedAt - b.publishedAt)
  const position = read(context.cursor)
  const detail = said('file.replaying', { n: speed })
  if (position.done === 0 && dropped.length > 0) yield { ...emptyBatch(context.cursor), dropped, detail }
  const base = drafts[position.done]?.publishedAt ?? 0
  const startedAt = context.now()
  const dueAt = (draft: Draft): number => startedAt + Math.round((draft.publishedAt - base) / speed)
  let next = position.done
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

function read(cursor: string | null): Position {
  if (cursor === null) return { done: 0 }
  try {
    const { done } = JSON.parse(cursor) as Partial<Position>
    return { done: typeof done === 'number' && done >= 0 ? done : 0 }
  } catch {
    return { done: 0 }
  }
}
