import { createEngine } from '#engine/engine.ts'
import { testDeps } from '#tests/support/engine.ts'

/** Opens the big store with a whole engine and asks for the first page; prints how long it took and what it weighs. */
const engine = await createEngine(testDeps(process.argv[2]!))
const client = engine.client()
const page = await client.mentions.page({ filter: {} })
// performance.now() counts from the start of the process: Node, modules and all.
const first = performance.now()
await client.mentions.page({ filter: { query: 'refund' } })
const searched = performance.now()
console.log(JSON.stringify({ items: page.items.length, first, searched, rss: process.memoryUsage().rss / 1024 / 1024 }))
await engine.stop()
