import { connectionOf } from '#engine/store/connections.ts'
import { asWritten } from '#shared/words/said.ts'
import { createBoard, type Board, type BoardDeps } from '#engine/board.ts'
import { HttpProblem, type Http } from '#engine/platform/http.ts'
import { createMemorySecrets } from '#engine/platform/keychain.ts'
import { silentLog } from '#engine/platform/log.ts'
import { MentionWriter } from '#engine/store/mention-writer.ts'
import { openStore } from '#engine/store/open.ts'
import { lastSeq, mentionBySeq, sentimentNumber } from '#engine/store/queries/mentions.ts'
import type { Store } from '#engine/store/store.ts'
import type { Actor } from '#shared/model/journal.ts'
import type { Draft, Intent, Mention } from '#shared/model/mention.ts'
import type { PersonDraft } from '#shared/model/person.ts'
import type { SentimentLabel } from '#shared/model/sentiment.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'
import { testPaths } from '#tests/support/paths.ts'
import { stationFolder } from '#tests/support/station-folder.ts'

export const lena: Actor = { kind: 'officer', id: 'lena', name: 'Lena' }
export const omar: Actor = { kind: 'officer', id: 'omar', name: 'Omar' }

/** A person of the complaints desk with room for two cases, there at any hour. */
export const somebody = (name: string, about: Partial<PersonDraft> = {}): PersonDraft => ({
  name,
  email: '',
  deskIds: ['desk_care'],
  skills: [],
  languages: [],
  countries: [],
  hours: { timeZone: 'Europe/Berlin', spans: [], holidays: [] },
  capacity: 2,
  presence: 'available',
  archived: false,
  ...about,
})

export interface Heard extends Partial<Omit<Draft, 'author'>> {
  by?: string
  followers?: number | null
  label?: SentimentLabel
  confidence?: number
  intent?: Intent['label']
  network?: string
  /** false: no listen heard it. */
  heard?: boolean
}

/** A store with its cases, a clock of its own, and mentions that arrive when the test says so. */
export interface House {
  store: Store
  clock: ManualClock
  board: Board
  /** Nothing reads moods here. */
  knowledge: { learning: { moodChosen(): void } }
  rereading: { start(): void }
  /** Stores mentions as intake would, without routing them. */
  hear(...heard: Heard[]): Mention[]
  /** Stores and routes. */
  take(...heard: Heard[]): Promise<Mention[]>
  /** Starts the cases anew on the same store, as after a crash. */
  restart(more?: Partial<BoardDeps>): Promise<void>
  close(): Promise<void>
}

let made = 0
const noHttp: Http = {
  fetch: ({ url }) => Promise.reject(new HttpProblem('refused', url, asWritten('Nothing is out there in this test.'))),
}

export function openHouse(more: Partial<BoardDeps> & { at?: string } = {}): House {
  const { at, ...deps } = more
  const folder = stationFolder('cases')
  const clock = new ManualClock(at)
  const store = openStore({ paths: testPaths(folder.path), clock, log: silentLog })
  const db = connectionOf(store)
  const secrets = createMemorySecrets()
  if (!db.prepare('SELECT 1 FROM listen_no').get()) {
    db.prepare(`INSERT INTO listen_no (no, listen_id, query) VALUES (1, 'lis_brand', 'app')`).run()
  }
  const open = (changes: Partial<BoardDeps> = {}): Board =>
    createBoard({
      store,
      clock,
      log: silentLog,
      http: noHttp,
      secrets,
      timeZone: 'Europe/Berlin',
      isRouted: () => true,
      ...deps,
      ...changes,
    })

  function hear(...heard: Heard[]): Mention[] {
    const writer = new MentionWriter(db, store.hashSeed)
    const before = lastSeq(db)
    store.transaction(() =>
      writer.insert(
        heard.map((one) => {
          made++
          const externalId = one.externalId ?? `x${made}`
          const sourceId = 'src_test'
          const handle = one.by ?? `someone${made}`
          return {
            draft: {
              externalId,
              kind: 'post',
              text: 'hello',
              title: null,
              url: null,
              publishedAt: clock.now() - 5_000,
              lang: null,
              country: null,
              threadId: null,
              inReplyTo: null,
              engagement: null,
              links: [],
              media: [],
              private: false,
              raw: null,
              ...draftOf(one),
              author: { id: handle, handle, name: null, url: null, followers: one.followers ?? null },
            },
            sourceId,
            network: one.network ?? 'mastodon',
            key: writer.keyOf(sourceId, externalId),
            seenAt: clock.now(),
            lang: one.lang ?? 'en',
            label: sentimentNumber[one.label ?? 'neutral'],
            score: 0,
            confidence: one.confidence ?? 0.6,
            model: 'test 1',
            driving: null,
            intent: one.intent ? JSON.stringify({ label: one.intent, confidence: 0.9, words: [] }) : null,
            aspects: null,
            listens: one.heard === false ? [] : [1],
            simhash: null,
            duplicateOf: null,
          }
        }),
      ),
    )
    return heard.map((_, i) => mentionBySeq(db, before + 1 + i) as Mention)
  }

  const house: House = {
    store,
    clock,
    board: open(),
    knowledge: { learning: { moodChosen() {} } },
    rereading: { start() {} },
    hear,
    async take(...heard) {
      const mentions = hear(...heard)
      house.board.wake()
      await house.board.idle()
      return mentions
    },
    async restart(changes) {
      await house.board.stop()
      house.board = open(changes)
    },
    async close() {
      await house.board.stop()
      await store.close()
      folder.remove()
    },
  }
  return house
}

function draftOf({
  by: _by,
  followers: _f,
  label: _l,
  confidence: _c,
  intent: _i,
  network: _n,
  heard: _h,
  ...draft
}: Heard): Partial<Draft> {
  return draft
}
