import { openIntake } from '#engine/intake/open.ts'
import { createRereading } from '#engine/intake/rereading.ts'
import { systemClock } from '#engine/platform/clock.ts'
import { silentLog } from '#engine/platform/log.ts'
import { openStore } from '#engine/store/open.ts'
import { testPaths } from '#tests/support/paths.ts'
import { draft } from '#tests/engine/store/station.ts'

/**
 * A station that hears some posts more and reads all that is stored again by other models than last time, until it kills itself inside
 * the transaction of slice `step` (`inside`), as soon as that stands (`after`), or is through.
 */
const [dir, edition, where, step] = [process.argv[2]!, process.argv[3]!, process.argv[4], Number(process.argv[5])]
const paths = testPaths(dir)
const store = openStore({ paths, clock: systemClock, log: silentLog })
const intake = openIntake({ store, paths, clock: systemClock, log: silentLog })
intake.setListens([{ id: 'lis_late', query: 'late', enabled: true }])
const posts = (n: number, name: string) =>
  Array.from({ length: n }, (_, i) =>
    draft({
      externalId: `${name} ${i}`,
      text: `${i % 2 ? 'I hate it, late' : 'It comes in'} ${i}`,
      publishedAt: Date.UTC(2026, 10, 1) + i * 60_000,
    }),
  )
const source = { sourceId: 'src_a', network: 'mastodon' }
await intake.push({ ...source, drafts: posts(700, 'first') })
let transactions = 0
const dying = Object.create(store, {
  transaction: {
    value: <T>(work: () => T): T => {
      // The first one remembers what begins.
      const dies = (here: string): boolean => where === here && transactions === step
      const done = store.transaction(() => {
        const result = work()
        if (dies('inside')) process.kill(process.pid, 'SIGKILL')
        return result
      })
      if (dies('after')) process.kill(process.pid, 'SIGKILL')
      transactions++
      return done
    },
  },
}) as typeof store
const mood = Number(edition.at(-1)) % 3
const rereading = createRereading({
  store: dying,
  clock: systemClock,
  log: {
    ...silentLog,
    log: (level, message, _, error) =>
      void (level === 'error' && process.stderr.write(`${message} ${String(error)}\n`)),
  },
  settled: () => intake.idle(),
  analysis: {
    edition: () => Promise.resolve(edition),
    async readAnew({ texts }) {
      await intake.push({ ...source, drafts: posts(3, `${edition} ${where} ${step} ${transactions}`) })
      const readings = texts.map((text) => ({
        sentiment: text.includes('hate') ? mood : 1,
        score: 0,
        confidence: 0.9,
        model: edition,
        driving: null,
        intent: null,
      }))
      return { edition, readings }
    },
  },
})
rereading.start()
await rereading.idle()
await intake.close()
await store.close()
process.stdout.write('done\n')
