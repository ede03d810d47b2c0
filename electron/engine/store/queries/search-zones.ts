import type { Reads } from '../reads.ts'
import { BLOCK_SIZE } from '../blocks.ts'
import { statement } from '../connections.ts'

/** What the zone map (`block`, migration 0010) says about stretches of 4,096 row numbers. */
export interface Zones {
  blocks: readonly { no: number; first_published: number; last_published: number }[]
  /** Newest published_at of any row up to and including the block of `seq`. */
  newestUpTo(seq: number): number
  /** Between which times everything in rows [first, last] was published. */
  between(first: number, last: number): { oldest: number; newest: number }
}

export function zonesOf(db: Reads): Zones {
  const blocks = statement<{ no: number; first_published: number; last_published: number }>(
    db,
    'SELECT no, first_published, last_published FROM block ORDER BY no',
  ).all()
  let made: Float64Array | null = null
  return {
    blocks,
    newestUpTo(seq) {
      if (!made) {
        made = new Float64Array((blocks.at(-1)?.no ?? 0) + 1).fill(-Infinity)
        for (const block of blocks) made[block.no] = block.last_published
        for (let i = 1; i < made.length; i++) made[i] = Math.max(made[i]!, made[i - 1]!)
      }
      // A row of a block that was written after the map was read is newer than everything known.
      return made[Math.floor(seq / BLOCK_SIZE)] ?? Infinity
    },
    between(first, last) {
      const [from, to] = [Math.floor(first / BLOCK_SIZE), Math.floor(last / BLOCK_SIZE)]
      let oldest = Infinity
      // The newest block may have got rows since the map was read.
      let newest = to >= (blocks.at(-1)?.no ?? 0) ? Number.MAX_SAFE_INTEGER : -Infinity
      for (const block of blocks) {
        if (block.no < from || block.no > to) continue
        if (block.first_published < oldest) oldest = block.first_published
        if (block.last_published > newest) newest = block.last_published
      }
      return { oldest, newest }
    },
  }
}

/** Blocks at both ends that lie wholly outside the asked time are not entered. */
export function seqBounds(zones: Zones, from: number | null, to: number | null): { firstSeq: number; lastSeq: number } {
  let firstSeq = 0
  let lastSeq = Number.MAX_SAFE_INTEGER
  if (from !== null) {
    const first = zones.blocks.find((block) => block.last_published >= from)
    if (first) firstSeq = first.no * BLOCK_SIZE
    else if (zones.blocks.length > 0) firstSeq = zones.blocks.at(-1)!.no * BLOCK_SIZE
  }
  if (to !== null) {
    const last = zones.blocks.findLast((block) => block.first_published < to)
    const end = zones.blocks.at(-1)
    if (last && end && last.no < end.no) lastSeq = (last.no + 1) * BLOCK_SIZE - 1
  }
  return { firstSeq, lastSeq }
}
