import { createEngine } from '#engine/engine.ts'
import { testDeps } from '#tests/support/engine.ts'

/**
 * A whole engine that listens to the networks at the given address until it is killed. Prints `ready` when it has begun;
 * the sources are made on the first run and found on the later ones.
 */
const [dir, jetstream, news] = [process.argv[2]!, process.argv[3]!, process.argv[4]!]
const engine = await createEngine(testDeps(dir, { allowPrivate: [jetstream, news] }))
engine.start()
const { sources } = engine.client()
if ((await sources.list()).length === 0) {
  const source = (connector: string, config: Record<string, unknown>): Promise<unknown> =>
    sources.save({ connector, name: connector, enabled: true, config, secrets: {} })
  await source('bluesky', { hosts: [`ws://${jetstream}/subscribe`], api: `http://${jetstream}`, lookup: false })
  await source('hackernews', { service: `http://${news}`, everySeconds: 30 })
}
process.stdout.write('ready\n')
// Asked twice a second rather than every half minute: the test's life is short.
setInterval(() => {
  void sources
    .list()
    .then((list) => list.forEach(({ source }) => void sources.fetchNow({ id: source.id }).catch(() => {})))
}, 500)
