import { cases } from './cases.ts'
import { charts } from './charts.ts'
import { desks } from './desks.ts'
import { listens } from './listens.ts'
import { mentions } from './mentions.ts'
import { review } from './review.ts'
import { sources } from './sources.ts'
import { station } from './station.ts'

/** Everything a page may ask of the engine, over a MessagePort or a WebSocket alike. */
export const contract = { station, mentions, listens, sources, cases, desks, charts, review }
export type Contract = typeof contract
