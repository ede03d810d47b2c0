import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Client } from '#engine/api/router.ts'
import type { Engine } from '#engine/engine.ts'
import { fitting } from '#shared/model/import.ts'
import { kindNamed } from '#engine/connectors/file/kinds.ts'
import { moodNamed, networkNamed } from '#engine/connectors/file/told.ts'
import { inEnglish } from '#shared/words/words.ts'
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
  // Each says its own rows, not those of the file; and nothing old was heard in the last hour.
  expect(
    (await client.sources.list())
      .map(({ source, health }) => [source.name, inEnglish(health.detail!), health.heardLastHour])
      .sort(([a], [b]) => String(a).localeCompare(String(b))),
  ).toEqual([
    ['Tool', 'rows imported: 1', 0],
    ['Tool · facebook', 'rows imported: 1', 0],
    ['Tool · twitter', 'rows imported: 1', 0],
  ])
  expect(await client.sources.importFile({ file, name: 'a.csv', sourceName: 'Tool', mapping })).toMatchObject({
    stored: 0,
    duplicates: 3,
  })
})

it.each([
  ['Datum;Beitrag;Follower;Gefällt mir', '01.11.2026;Der Kessel leckt;1.579;12', 'Follower', 'Gefällt mir'],
  ['fecha;texto;seguidores;Me gusta', '01/11/2026;La tetera gotea;2.813;3', 'seguidores', 'Me gusta'],
  ['日付,本文,フォロワー数,likes', '2026-11-01,やかんが漏れます,345,4', 'フォロワー数', 'likes'],
])('knows who is followed and what is liked in the language of the file: %s', async (head, row, followers, likes) => {
  const file = new File([`${head}\n${row}\n`], 'a.csv')
  const found = await client.sources.previewFile({ file, name: 'a.csv' })
  expect(found.mapping).toMatchObject({ followers, likes })
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
  ['Kommentar', 'comment'],
  ['Bewertung', 'review'],
  ['Réponse', 'reply'],
  ['ツイート', 'post'],
  ['seance', null],
])('the kind %j is %s', (cell, kind) => expect(kindNamed(cell)).toBe(kind))

it.each([
  ['X (formerly Twitter)', 'x'],
  ['Online News', 'news'],
  ['facebook.com', 'facebook'],
  ['https://www.reddit.com/', 'reddit'],
  ['Sina Weibo', 'sina-weibo'],
  ['微博', '微博'],
  [' ', null],
])('the network %j is %s', (cell, network) => expect(networkNamed(cell)).toBe(network))

const longContent = `id,date,text\n${Array.from(
  { length: 12_000 },
  (_, i) => `${i},2026-11-20,Row number ${i} of a long file of mentions\n`,
).join('')}`

/** A file whose second half comes when `goOn` fires: however fast the machine is, there is something to call off. */
function halfAFile(goOn: AbortSignal): File {
  const file = new File([longContent], 'long.csv')
  file.stream = () => {
    const called = new Promise((resolve) => goOn.addEventListener('abort', resolve))
    const bytes = new TextEncoder().encode(longContent)
    let at = 0
    return new ReadableStream({
      async pull(controller) {
        await (at < bytes.length / 2 ? new Promise((resolve) => setTimeout(resolve, 40)) : called)
        controller.enqueue(bytes.slice(at, (at += 40_000)))
        if (at >= bytes.length) controller.close()
      },
    })
  }
  return file
}

/** Rows that are stored as soon as there are any. */
async function firstStored(): Promise<number> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 5))
    const [progress] = await client.sources.runningImports()
    expect(progress === undefined || progress.file === 'long.csv').toBe(true)
    if (progress && progress.stored > 0) return progress.stored
  }
}
const long = { name: 'long.csv', sourceName: 'Long' }

it('tells how far an import is, and keeps what was stored when it is called off', async () => {
  const calling = new AbortController()
  const file = halfAFile(calling.signal)
  const running = client.sources.importFile({ file, ...long }, { signal: calling.signal })
  const seen = await firstStored()
  calling.abort()
  await expect(running).rejects.toThrow()
  await engine.idle()
  expect(await client.sources.runningImports()).toEqual([])
  const stored = [...engine.mentionsAfter(0, 100_000)].length
  expect(stored).toBeGreaterThanOrEqual(seen)
  expect(stored).toBeLessThan(12_000)
  expect(await client.sources.list()).toMatchObject([{ source: { name: 'Long' }, health: { state: 'finished' } }])
  expect((await engine.store.verify()).problems).toEqual([])
  // Again from the beginning: what is there is known, and nothing is missing.
  const report = await client.sources.importFile({ file: new File([longContent], 'long.csv'), ...long })
  expect(report).toMatchObject({ stored: 12_000 - stored, duplicates: stored })
})

it('says what came in when somebody calls an import off, and goes on from there', async () => {
  const goOn = new AbortController()
  const running = client.sources.importFile({ file: halfAFile(goOn.signal), ...long })
  const seen = await firstStored()
  await client.sources.callOffImport({ sourceName: 'Another' })
  await client.sources.callOffImport({ sourceName: 'Long' })
  goOn.abort()
  const report = await running
  expect(report).toMatchObject({ calledOff: true, duplicates: 0, dropped: {} })
  expect(report.stored).toBe(report.read)
  expect(report.stored).toBeGreaterThanOrEqual(seen)
  expect(report.stored).toBeLessThan(12_000)
  expect([...engine.mentionsAfter(0, 100_000)]).toHaveLength(report.stored)
  const again = await client.sources.importFile({ file: new File([longContent], 'long.csv'), ...long })
  expect(again).toMatchObject({ calledOff: false, stored: 12_000 - report.stored, duplicates: report.stored })
})

it('keeps what columns mean under a name, for files that have them', async () => {
  const saved = {
    name: 'Tool',
    mapping: { text: 'Wording', lang: '' },
    dateOrder: 'dmy',
    zone: 'CET',
    encoding: '',
  } as const
  await client.station.saveSettings({ mappings: [saved] })
  const { mappings } = (await client.station.hello({ contractVersion: 1, contractHash: '' })).settings
  expect(mappings).toEqual([saved])
  expect(fitting(mappings, ['id', 'Wording'])).toEqual([saved])
  expect(fitting(mappings, ['id', 'text'])).toEqual([])
  expect((await engine.store.verify()).problems).toEqual([])
})
