import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Client } from '#engine/api/router.ts'
import type { Engine } from '#engine/engine.ts'
import { moodNamed, networkNamed } from '#engine/connectors/file/told.ts'
import { openTestEngine } from '#tests/support/engine.ts'

let engine: Engine
let client: Client
let close: () => Promise<void>
beforeEach(async () => {
  ;({ engine, close } = await openTestEngine())
  client = engine.client()
})
afterEach(() => close())

it('believes what the columns of a file say of network, mood and language', async () => {
  const content =
    'id,date,text,network,tone,lang\n1,2026-11-20,What a lovely wonderful machine,Twitter,negative,nl\n2,2026-11-20,This is awful and broken,Facebook,0.4,und\n3,2026-11-20,Nobody said where this was,,,\n'
  const file = new File([content], 'a.csv')
  const mapping = { mood: 'tone', lang: 'lang' }
  const report = await client.sources.importFile({ file, name: 'a.csv', sourceName: 'Tool', mapping })
  expect(report).toMatchObject({ stored: 3, read: 3 })
  const heard = [...engine.mentionsAfter(0, 10)].sort((a, b) => a.externalId.localeCompare(b.externalId))
  expect(heard.map(({ network, lang, sentiment }) => [network, lang, sentiment.label, sentiment.model])).toEqual([
    ['twitter', 'nl', 'negative', 'file'],
    ['facebook', 'en', 'positive', 'file'],
    ['file', 'en', expect.any(String), expect.stringMatching(/^earshot/)],
  ])
  expect(
    (await client.sources.list())
      .map(({ source, network }) => [source.name, network])
      .sort(([a], [b]) => a!.localeCompare(b!)),
  ).toEqual([
    ['Tool', 'file'],
    ['Tool · facebook', 'facebook'],
    ['Tool · twitter', 'twitter'],
  ])
  expect(await client.sources.importFile({ file, name: 'a.csv', sourceName: 'Tool', mapping })).toMatchObject({
    stored: 0,
    duplicates: 3,
  })
})

it('gives a file of one network its name', async () => {
  const file = new File(['id,date,text,platform\n1,2026-11-20,One two three,Instagram\n'], 'a.csv')
  await client.sources.importFile({ file, name: 'a.csv', sourceName: 'Insta' })
  expect(await client.sources.list()).toMatchObject([{ source: { name: 'Insta' }, network: 'instagram' }])
})

it.each([
  ['Positive', 'positive'],
  ['NEGATIV', 'negative'],
  ['neutro', 'neutral'],
  ['-0,35', 'negative'],
  ['2', 'positive'],
  ['0', 'neutral'],
  ['', null],
  ['n/a', null],
])('the mood %j is %s', (cell, mood) => expect(moodNamed(cell)).toBe(mood))

it.each([
  ['X (formerly Twitter)', 'x'],
  ['Online News', 'news'],
  ['facebook.com', 'facebook'],
  ['https://www.reddit.com/', 'reddit'],
  ['Sina Weibo', 'sina-weibo'],
  ['微博', '微博'],
  [' ', null],
])('the network %j is %s', (cell, network) => expect(networkNamed(cell)).toBe(network))
