import { z } from 'zod'
import { AlertPoint } from '#shared/model/alert.ts'
import {
  CountedSeries,
  CountedSeriesDraft,
  SeriesReading,
  SeriesStanding,
  SeriesTaken,
} from '#shared/model/counted-series.ts'
import { NamedInstant } from '#shared/model/mention.ts'
import { read, readOpen, write } from './base.ts'

const target = z.object({ id: z.string().max(200) })
const LONGEST_STRETCH_MS = 400 * 86_400_000

export const series = {
  /** By name. */
  list: read.output(z.object({ series: z.array(SeriesStanding) })),
  /** What is counted over time, with the band in which nearly all was expected. Hung up on a wall it is meant to be seen. */
  chart: readOpen
    .input(
      target
        .extend({ from: NamedInstant, to: NamedInstant })
        .refine(({ from, to }) => to > from && to - from <= LONGEST_STRETCH_MS, {
          path: ['to'],
          error: 'counted.period',
        }),
    )
    .output(z.object({ series: CountedSeries, width: z.number().int(), points: z.array(AlertPoint) })),
  /** `undo`: the entry that `cases.undo` takes back. */
  save: write.input(CountedSeriesDraft).output(z.object({ series: CountedSeries, undo: z.number().int() })),
  remove: write.input(target).output(z.object({ undo: z.number().int() })),
  /** A key for the program that sends its numbers, told this once; the one before opens nothing more. */
  newKey: write.input(target).output(z.object({ key: z.string(), undo: z.number().int() })),
  /** A block of whole lines of separated values: a time and a number. A file is sent block by block. */
  take: write
    .input(
      target.extend({
        text: z.string().max(4 * 2 ** 20),
        /** null: the first block. */
        reading: SeriesReading.nullable(),
        firstLine: z.number().int().min(1),
      }),
    )
    .output(z.object({ taken: SeriesTaken, reading: SeriesReading })),
}
