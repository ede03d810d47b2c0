import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { decodeFeed } from '#engine/connectors/feed/charset.ts'
import { entryToDraft } from '#engine/connectors/feed/entry-to-draft.ts'
import { parseFeedText } from '#engine/connectors/feed/parse.ts'
import { dataFolder } from '#tests/support/data-folder.ts'
import { pythonExpectation, universalExpectations } from './feed-expectations.ts'
import type { Comparison } from './feed-expectations.ts'

const folder = dataFolder('feeds')

const filesIn = (path: string): string[] =>
  readdirSync(path).flatMap((name) => {
    const inner = join(path, name)
    return statSync(inner).isDirectory() ? filesIn(inner) : [inner]
  })

/** The corpus is served with this header when the file's comment says so. */
const headerIn = (source: string): string | undefined => /^Header:\s*Content-type:\s*(.+)$/im.exec(source)?.[1]

/** What we read otherwise, on purpose or not yet. */
const otherwise: Readonly<Record<string, string>> = {
  'feedparser/entities/lang.xml': 'HTML 5 writes &lang; as U+27E8, HTML 4 wrote U+2329',
  'feedparser/wellformed/atom10/entry_content_and_summary.xml':
    'a mention has one text: the content where there is one',
  'feedparser/wellformed/base/http_entry_id_base_docuri.xml': 'an id is compared and not followed: it stays as written',
  'feedparser/wellformed/sanitize/entry_title_crazy.xml': 'the words of a page title inside a text are no text',
  'feedparser/wellformed/sanitize/item_content_encoded_crazy.xml': 'likewise',
  'feedparser/wellformed/sanitize/item_description_crazy.xml': 'likewise',
  'gofeed/translator/rss/feed_item_links_-_rss_channel_item_links.xml': 'of several links the first leads',
  'gofeed/translator/rss/feed_links_-_rdf_channel_links.xml': 'likewise',
  'gofeed/translator/rss/feed_links_-_rss_channel_links.xml': 'likewise',
}

describe.runIf(folder !== null)('every feed that other parsers are tested with', () => {
  const files = folder === null ? [] : filesIn(folder)

  it('is read without an exception and within a second', () => {
    expect(files.length).toBeGreaterThan(2_000)
    const slow: string[] = []
    for (const file of files) {
      const before = process.cpuUsage()
      const document = parseFeedText(decodeFeed(readFileSync(file), undefined))
      for (const entry of document?.entries ?? []) entryToDraft(entry, document!, 'https://example.org/feed')
      // Of the processor, so that a busy machine is no failure.
      if (process.cpuUsage(before).user > 1_000_000) slow.push(file)
    }
    expect(slow).toEqual([])
  })

  it('gives the values that its authors expect', () => {
    const compared: (Comparison & { file: string })[] = []
    for (const file of files.filter((name) => name.endsWith('.xml'))) {
      const bytes = readFileSync(file)
      const source = decodeFeed(bytes, undefined)
      const document = parseFeedText(decodeFeed(bytes, headerIn(source)))
      if (!document) continue
      const beside = file.replace(/\.xml$/, '.json')
      const found =
        file.includes('/translator/') && existsSync(beside)
          ? universalExpectations(readFileSync(beside, 'utf8'), document)
          : [pythonExpectation(source, document)]
      for (const one of found) if (one) compared.push({ ...one, file: file.slice(folder!.length + 1) })
    }
    const wrong = compared.filter(({ expected, got }) => expected !== got)
    if (process.env['EARSHOT_SHOW'] !== undefined) {
      for (const { file, what, expected, got } of wrong)
        console.log(`${file}\n   ${what}: ${JSON.stringify(expected)}\n   got: ${JSON.stringify(got)}`)
    }
    const share = 1 - wrong.length / compared.length
    console.log(
      `Feed corpus: ${compared.length - wrong.length} of ${compared.length} expected values (${(share * 100).toFixed(1)} %)`,
    )
    expect(compared.length).toBeGreaterThan(650)
    expect(wrong.map(({ file }) => file).filter((file) => !(file in otherwise))).toEqual([])
    expect(share).toBeGreaterThan(0.986)
  })
})
