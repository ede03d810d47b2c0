import { openStation } from './station.ts'

/** Opens the big store as an engine does and asks for the first page; prints how long it took and what it weighs. */
const [dir] = process.argv.slice(2)
const station = openStation(dir!)
const opened = performance.now()
const filter = {
  listenIds: [], sourceIds: [], networks: [], sentiments: [], query: '', from: null, to: null, unanswered: false,
} // prettier-ignore
const page = await station.store.reader.ask('mentions.page', { filter, before: null, limit: 50 })
// performance.now() counts from the start of the process: Node, modules and all.
const first = performance.now()
await station.store.reader.ask('mentions.page', { filter: { ...filter, query: 'refund' }, before: null, limit: 50 })
const searched = performance.now()
console.log(
  JSON.stringify({ items: page.items.length, opened, first, searched, rss: process.memoryUsage().rss / 1024 / 1024 }),
)
await station.close()
