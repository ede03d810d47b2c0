import type { Writes } from './reads.ts'
import { statement } from './connections.ts'

/** Widths of the roll-ups in minutes, finest first. Each divides the next. */
export const rollupSteps = [1, 60, 1440] as const
export type RollupStep = (typeof rollupSteps)[number]

/** Listen 0 is all mentions; source 0 is all sources. */
export const ALL = 0

type Counts = [negative: number, neutral: number, positive: number]

/** Sums of one batch, written as one upsert a bucket. Negative amounts take back. */
export class RollupSums {
  /** listen × source → minute → counts. */
  readonly #sums = new Map<number, Map<number, Counts>>()

  add(listen: number, source: number, publishedAt: number, sentiment: number, amount = 1): void {
    const minute = Math.floor(publishedAt / 60_000)
    this.#add(listen * 65_536 + source, minute, sentiment, amount)
    this.#add(listen * 65_536 + ALL, minute, sentiment, amount)
  }

  #add(pair: number, minute: number, sentiment: number, amount: number): void {
    let minutes = this.#sums.get(pair)
    if (!minutes) this.#sums.set(pair, (minutes = new Map()))
    const counts = minutes.get(minute)
    if (counts) counts[sentiment]! += amount
    else {
      const fresh: Counts = [0, 0, 0]
      fresh[sentiment] = amount
      minutes.set(minute, fresh)
    }
  }

  write(db: Writes): void {
    const upsert = statement(
      db,
      `INSERT INTO rollup (step, listen, source, bucket, negative, neutral, positive) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (step, listen, source, bucket) DO UPDATE SET negative = negative + excluded.negative,
         neutral = neutral + excluded.neutral, positive = positive + excluded.positive`,
    )
    for (const [pair, minutes] of this.#sums) {
      const listen = Math.floor(pair / 65_536)
      const source = pair % 65_536
      let level = minutes
      let width = 1
      for (const step of rollupSteps) {
        level = coarser(level, step / width)
        width = step
        for (const [bucket, [negative, neutral, positive]] of level) {
          upsert.run(step, listen, source, bucket, negative, neutral, positive)
        }
      }
    }
    this.#sums.clear()
  }
}

function coarser(fine: Map<number, Counts>, factor: number): Map<number, Counts> {
  if (factor === 1) return fine
  const sums = new Map<number, Counts>()
  for (const [bucket, counts] of fine) {
    const to = Math.floor(bucket / factor)
    const sum = sums.get(to)
    if (sum) for (let i = 0; i < 3; i++) sum[i]! += counts[i]!
    else sums.set(to, [...counts])
  }
  return sums
}
