import { afterEach, expect, it } from 'vitest'
import { lookWork } from '#engine/knowledge/look-work.ts'
import { problemName } from '#engine/knowledge/problem-name.ts'
import { connectionOf } from '#engine/store/connections.ts'
import { mentionsAfter } from '#engine/store/queries/mentions.ts'
import { publicMembers } from '#engine/store/queries/problems.ts'
import { lexiconFile, openLexicon } from '#engine/understanding/concepts/lexicon.ts'
import { openLexiconFile } from '#engine/understanding/open-models.ts'
import { createClusterer } from '#engine/understanding/problems/cluster.ts'
import { draft, openTestStation } from '#tests/engine/store/station.ts'
import { testPaths } from '#tests/support/paths.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

it('names a problem in words that everybody can read, as long as one of its members can be', async () => {
  const station = openTestStation()
  closing.push(() => station.close())
  const { store } = station
  await station.push(
    [
      draft({ text: 'The zorbling of the frumious kettle went quite wrong' }),
      ...Array.from({ length: 60 }, (_, n) =>
        draft({ text: `My secret grumple ${n} is mimsy and I owe money for it`, kind: 'message', private: true }),
      ),
    ],
    { sourceId: 'src_a', network: 'mastodon' },
  )
  const db = connectionOf(store)
  db.prepare(`INSERT INTO problem (no, label, created_at) VALUES (1, '', 0)`).run()
  const join = db.prepare(
    `INSERT INTO problem_member (mention_seq, no, published_at, seen_at, network) VALUES (?, 1, 0, ?, 'mastodon')`,
  )
  for (const { seq } of mentionsAfter(store, 0, 100)) join.run(seq, seq)
  expect(publicMembers(store, 1)).toBe(1)
  const lexicon = openLexiconFile(testPaths(store.file).resource(lexiconFile))
  const name = problemName(store, 1, createClusterer(), lexicon)
  expect(name).not.toMatch(/secret|grumple|mimsy|owe/i)
})

it('gives no word that was written to the company alone as the reason of a move', () => {
  const lexicon = openLexicon(null, [])
  const near = Float32Array.from([1, 0])
  const texts = ['the zorbling of my kettle went wrong', 'a zorbling kettle went wrong here']
  const because = (isPrivate: boolean): string[] =>
    lookWork(
      texts.map((text, seq) => ({
        seq,
        no: seq,
        fixed: false,
        text,
        lang: 'en',
        publishedAt: 0,
        private: isPrivate,
        intent: null,
      })),
      { lexicon, language: 'en', encode: () => near, model: null },
    ).flatMap((move) => [...move.because])
  expect(because(false).length).toBeGreaterThan(0)
  expect(because(true)).toEqual([])
})
