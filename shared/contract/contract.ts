import { access } from './access.ts'
import { alerts } from './alerts.ts'
import { cases } from './cases.ts'
import { categories } from './categories.ts'
import { charts } from './charts.ts'
import { crises } from './crises.ts'
import { desks } from './desks.ts'
import { learning } from './learning.ts'
import { listens } from './listens.ts'
import { mentions } from './mentions.ts'
import { persons } from './persons.ts'
import { problems } from './problems.ts'
import { relevance } from './relevance.ts'
import { review } from './review.ts'
import { series } from './series.ts'
import { sources } from './sources.ts'
import { station } from './station.ts'

/** Everything a page may ask of the engine, over a MessagePort or a WebSocket alike. */
export const contract = {
  station,
  mentions,
  listens,
  sources,
  cases,
  desks,
  charts,
  review,
  problems,
  persons,
  learning,
  relevance,
  categories,
  access,
  alerts,
  crises,
  series,
}
export type Contract = typeof contract
