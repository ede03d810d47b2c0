import { CountedSeries } from '#shared/model/counted-series.ts'
import { plain, shape, table } from '../table.ts'

export const countedSeriesTable = table('counted_series', ['id'], {
  id: plain<string>(),
  body: shape(CountedSeries),
  keyHash: plain<string | null>(),
})
