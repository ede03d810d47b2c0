import { openIntake } from '#engine/intake/open.ts'
import { systemClock } from '#engine/platform/clock.ts'
import { silentLog } from '#engine/platform/log.ts'
import { openStore } from '#engine/store/open.ts'
import { changeImport, insertImport, wantedBack } from '#engine/store/queries/imports.ts'
import type { Draft } from '#shared/model/mention.ts'
import { testPaths } from '#tests/support/paths.ts'

/**
 * A station that reads one more import among other posts, and takes back every import that is not gone yet, until it is killed or
 * through. Prints `going` when it begins to take back and `done` at its end. `inside 2` or `after 2` as the last arguments: it
 * kills itself inside the second transaction of taking back, or as soon as that stands.
 */
const [dir, round] = [process.argv[2]!, Number(process.argv[3])]
const [where, step] = [process.argv[4], Number(process.argv[5])]
const ROWS = 2000

const post = (name: string, n: number): Draft => ({
  externalId: `${name}${round}-${n}`,
  kind: 'post',
  text: `Line ${n % 40} is late again, says passenger ${name}${n} of round ${round}`,
  title: null,
  url: null,
  author: { id: `a${n % 53}`, handle: `@a${n % 53}`, name: null, url: null, followers: n },
  publishedAt: Date.UTC(2026, 10, 1) + n * 1000,
  lang: null,
  country: null,
  threadId: n % 9 === 0 ? `t${n % 5}` : null,
  inReplyTo: null,
  engagement: null,
  links: [],
  media: [],
  private: false,
  raw: null,
})
const many = (name: string, n: number): Draft[] => Array.from({ length: n }, (_, at) => post(name, at))

const paths = testPaths(dir)
const store = openStore({ paths, clock: systemClock, log: silentLog })
const intake = openIntake({ store, paths, clock: systemClock, log: silentLog })
intake.setListens([{ id: 'lis_late', query: 'late', enabled: true }])
const begun = { id: `imp_${round}`, file: 'f.csv', source_name: 'F', by_name: 'Test', started_at: round }
const no = store.transaction(() => insertImport(store, begun))
await Promise.all([
  intake.push({ sourceId: 'src_live', network: 'mastodon', drafts: many('before', 100) }),
  intake.push({ sourceId: 'src_file', network: 'file', drafts: many('wrong', ROWS), importNo: no }),
  intake.push({ sourceId: 'src_live', network: 'mastodon', drafts: many('after', 100) }),
])
store.transaction(() => changeImport(store, no, { undo_at: systemClock.now() }))
process.stdout.write('going\n')
let steps = 0
const dieIf = (here: string): boolean => where === here && steps === step && process.kill(process.pid, 'SIGKILL')
for (const row of wantedBack(store)) {
  const whole = await intake.takeBack(row, (work) => {
    steps++
    const result = store.transaction(() => {
      const done = work(() => new Set())
      dieIf('inside')
      return done
    })
    dieIf('after')
    return result
  })
  if (whole) store.transaction(() => changeImport(store, row.no, { undone_at: systemClock.now() }))
}
process.stdout.write('done\n')
await intake.close()
await store.close()
