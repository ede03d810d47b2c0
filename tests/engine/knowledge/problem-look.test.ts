import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { createKnowledge } from '#engine/knowledge/knowledge.ts'
import { createProblemLook } from '#engine/knowledge/problem-look.ts'
import { mentionsAfter } from '#engine/store/queries/mentions.ts'
import { draft, openTestStation } from '#tests/engine/store/station.ts'
import { fileBytes } from '#engine/platform/file-bytes.ts'
import { silentLog } from '#engine/platform/log.ts'
import { pairModelFile } from '#engine/understanding/problems/pair-model.ts'
import { testPaths } from '#tests/support/paths.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

it('ends at once while a sentence model thinks', async () => {
  const station = openTestStation()
  closing.push(() => station.close())
  const { store, clock } = station
  const thinks = Promise.withResolvers<void>()
  const sorted: unknown[] = []
  const look = createProblemLook({
    paths: testPaths(store.file),
    file: store.file,
    own: () => [],
    vectors() {
      thinks.resolve()
      return new Promise(() => {})
    },
    clock,
    log: silentLog,
    sort: (moves) => sorted.push(moves),
  })
  const looking = look.look()
  await thinks.promise
  await Promise.all([expect(looking).rejects.toThrow(), look.close()])
  expect(sorted).toEqual([])
})

it('looks over what was heard in a thread of its own, and joins one fault over languages', async () => {
  const station = openTestStation()
  closing.push(() => station.close())
  const { store, clock } = station
  const paths = testPaths(store.file)
  const knowledge = createKnowledge({
    store,
    clock,
    model: () => null,
    hand: () => undefined,
    lexicon: () => fileBytes(paths.resource('models/concepts.bin')),
    look: { paths, file: store.file, clock, log: silentLog },
  })
  closing.push(async () => knowledge.look?.close())
  const said = [
    ['en', 'My card payment was declined at the till again, terrible'],
    ['de', 'Kartenzahlung wird an der Kasse abgelehnt, furchtbar'],
    ['fr', 'paiement par carte refusé ce matin, horrible'],
    ['en', 'card payment declined twice this morning, awful'],
  ] as const
  await station.push(
    said.map(([lang, text]) => draft({ text, lang })),
    { sourceId: 'src_a', network: 'mastodon' },
  )
  const mentions = mentionsAfter(store, 0, 100)
  store.transaction(() =>
    mentions.forEach((mention) =>
      knowledge.known({ ...mention, sentiment: { ...mention.sentiment, label: 'negative', confidence: 0.9 } }, [120]),
    ),
  )
  await knowledge.look!.look()
  const [one, ...others] = knowledge.problems.list({ since: 0, withClosed: false, limit: 10 })
  expect(others).toEqual([])
  expect(one).toMatchObject({ mentions: 4, label: 'Card payment is declined' })
})

it.each([
  ['damaged', (file: Uint8Array) => file.slice(0, file.length >> 1)],
  ['damaged', (file: Uint8Array) => file.map((byte, at) => (at === file.length >> 1 ? byte ^ 64 : byte))],
  ['damaged', () => new TextEncoder().encode('version https://git-lfs.github.com/spec/v1')],
  ['missing', () => null],
] as const)('goes on by set weights where what was learned is %s, and says so once', async (why, make) => {
  const station = openTestStation()
  closing.push(() => station.close())
  const { store, clock } = station
  const paths = testPaths(store.file)
  const whole = fileBytes(paths.resource(pairModelFile))!
  const file = join(station.dir, 'problems.bin')
  const bytes = make(whole)
  if (bytes) writeFileSync(file, bytes)
  const said: string[] = []
  const sorted: unknown[] = []
  const look = createProblemLook({
    paths: { ...paths, resource: (name) => (name === pairModelFile ? file : paths.resource(name)) },
    file: store.file,
    own: () => [],
    clock,
    log: { ...silentLog, log: (_level, message) => void said.push(message) },
    sort: (moves) => sorted.push(moves),
  })
  closing.push(() => look.close())
  await look.look()
  await look.look()
  expect(sorted).toEqual([[], []])
  expect(look.faults).toMatchObject([{ file: pairModelFile, why }])
  expect(said).toEqual([expect.stringContaining('set weights')])
  writeFileSync(file, whole)
  await look.look()
  expect(look.faults).toEqual([])
})
