import { appendEntry } from '#engine/store/queries/journal.ts'
import { openIntake } from '#engine/intake/open.ts'
import { systemClock } from '#engine/platform/clock.ts'
import { silentLog } from '#engine/platform/log.ts'
import { openStore } from '#engine/store/open.ts'
import { readCursor, writeCursor } from '#engine/store/queries/cursors.ts'
import type { Draft } from '#shared/model/mention.ts'
import { testPaths } from '#tests/support/paths.ts'

/**
 * A station that takes in numbered posts of two sources from its cursors on, with overlap, until it is killed or has read
 * `end` of each. Prints `ready` when it begins, `stored` after its first
 * commit and `done` when it is through.
 */
const [dir, end] = [process.argv[2]!, Number(process.argv[3])]
const PUSH = 700
const OVERLAP = 300
const start = Date.UTC(2026, 10, 1)

const post = (number: number): Draft => ({
  externalId: `n${number}`,
  kind: 'post',
  text: `Post number ${number} says that line ${number % 40} is late, ${number % 3 === 0 ? 'terrible' : 'thanks'}`,
  title: null,
  url: null,
  author: { id: `a${number % 97}`, handle: `@a${number % 97}`, name: null, url: null, followers: number % 1000 },
  publishedAt: start + number * 1000,
  lang: null,
  country: null,
  threadId: null,
  inReplyTo: number % 5 === 0 && number > 0 ? `n${number - 1}` : null,
  engagement: { likes: number % 7, reposts: null, replies: null },
  links: [],
  media: [],
  private: false,
  raw: `{"number":${number}}`,
})

const paths = testPaths(dir)
const store = openStore({ paths, clock: systemClock, log: silentLog })
const intake = openIntake({ store, paths, clock: systemClock, log: silentLog })
intake.setListens([
  { id: 'lis_late', query: 'late', enabled: true },
  { id: 'lis_terrible', query: 'terrible AND "line 7"', enabled: true },
])
process.stdout.write('ready\n')
const quiet = intake.onStored(() => {
  process.stdout.write('stored\n')
  quiet()
})

async function collect(sourceId: string): Promise<void> {
  let cursor = Number(readCursor(store, sourceId) ?? 0)
  const open: Promise<unknown>[] = []
  while (cursor < end) {
    const next = Math.min(end, cursor + PUSH)
    const from = Math.max(0, cursor - OVERLAP)
    open.push(
      intake.push({
        sourceId,
        network: 'mastodon',
        drafts: Array.from({ length: next - from }, (_, i) => post(from + i)),
        commit(db) {
          writeCursor(db, sourceId, String(next), systemClock.now())
          const actor = { kind: 'engine', id: 'collect', name: 'Collect' } as const
          appendEntry(db, { at: next, kind: 'import.finished', actor, data: { sourceId, next } })
        },
      }),
    )
    cursor = next
    if (open.length >= 3) await open.shift()
  }
  await Promise.all(open)
}

await Promise.all([collect('src_a'), collect('src_b')])
await intake.backfilled()
await store.indexed()
await intake.close()
await store.close()
process.stdout.write('done\n')
