import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { answer, file, removeFiles } from './evaluate.ts'

removeFiles()

const lines = (rows: readonly object[]): string => rows.map((row) => JSON.stringify(row)).join('\n')
const mail = (headers: string, text: string): string =>
  `From: Lea <lea@mill.example>\r\nMessage-ID: <1@mill.example>\r\nDate: Mon, 02 Mar 2026 08:15:00 +0000\r\n${headers}\r\n\r\n${text}`

const files = {
  'followups.ndjson': lines([
    { id: '1', lang: 'en', text: 'Thank you, it works again!', network: 'mail', outcome: 'confirmed', why: '' },
    { id: '2', lang: 'en', text: 'It is all in order.', network: 'forum', outcome: 'confirmed', why: '' },
    { id: '3', lang: 'en', text: 'It broke again and nobody helps.', network: 'forum', outcome: 'reopens', why: '' },
    { id: '4', lang: 'en', text: 'See you on Monday.', network: 'forum', outcome: 'neither', why: '' },
  ]),
  'quoted.ndjson': lines([
    {
      id: '1',
      format: 'text',
      raw: 'It hums.\n\nOn 2 Mar 2026 at 08:15, Ana <a@k.example> wrote:\n> old',
      own: 'It  hums.',
      lang: 'en',
    },
    {
      id: '2',
      format: 'html',
      raw: '<p>It hums.</p><blockquote type="cite">old</blockquote>',
      own: 'It hums.',
      lang: 'en',
    },
    { id: '3', format: 'text', raw: 'It hums.', own: 'something else', lang: 'en' },
  ]),
  'absence-and-bounce.ndjson': lines([
    { id: '1', raw: mail('Subject: Mill', 'It hums.'), is: 'person', why: '' },
    {
      id: '2',
      raw: mail('Subject: Out of office: Mill\r\nAuto-Submitted: auto-replied', 'Away.'),
      is: 'absence',
      why: '',
    },
    {
      id: '3',
      raw: mail('Subject: Undelivered\r\nX-Failed-Recipients: x@y.example', '550 5.1.1 unknown'),
      is: 'bounce',
      why: '',
    },
    { id: '4', raw: mail('Subject: Mill\r\nX-Autoreply: yes', 'It hums.'), is: 'person', why: 'wrong on purpose' },
  ]),
  'queries.ndjson': lines([
    {
      id: '1',
      dialect: 'x',
      query: 'mill hums',
      means: '',
      texts: [
        { text: 'the mill hums', match: true },
        { text: 'the mill', match: false },
      ],
    },
    {
      id: '2',
      dialect: 'x',
      query: 'lang:de AND mill',
      means: '',
      texts: [
        { text: 'mill', match: true, fields: { lang: 'de' } },
        { text: 'mill', match: false, fields: { lang: 'en' } },
      ],
    },
    { id: '3', dialect: 'x', query: 'mill', means: '', texts: [{ text: 'mill', match: false }] },
    { id: '4', dialect: 'x', query: 'conversation_id:5', means: '', texts: [{ text: 'mill', match: true }] },
    { id: '6', dialect: 'x', query: '(mill', means: '', texts: [{ text: 'mill', match: true }] },
    { id: '7', dialect: 'lucene', query: 'mill oven', means: '', texts: [{ text: 'oven', match: true }] },
    { id: '5', dialect: 'x', query: 'nothing', means: 'nothing outside its home' },
  ]),
}

function folder(changes: Partial<typeof files> = {}): string {
  const dir = dirname(file('followups.ndjson', ''))
  for (const [name, content] of Object.entries({ ...files, ...changes })) writeFileSync(join(dir, name), content)
  return dir
}

describe('evaluate desk', () => {
  it('measures what a desk meets', async () => {
    expect(await answer('desk', '--dir', folder())).toEqual({
      followups: { confirmedPrecision: 1, confirmedRecall: 1, reopensClosed: 0 },
      quoted: { exact: 2, of: 3 },
      mails: { right: 3, of: 4, personsLost: 1 },
      queries: { right: 4, of: 6, refused: 1, unnamed: 3 },
    })
  })

  it.each<[Partial<typeof files>, RegExp]>([
    [{ 'quoted.ndjson': '{"format":"text"}' }, /quoted\.ndjson, line 1: raw/],
    [{ 'queries.ndjson': '\n\noops' }, /queries\.ndjson, line 3: this is not JSON/],
    [{ 'absence-and-bounce.ndjson': '' }, /absence-and-bounce\.ndjson is empty/],
  ])('says what is wrong with %j', async (changes, message) => {
    await expect(answer('desk', '--dir', folder(changes))).rejects.toThrow(message)
  })

  it('needs its folder', async () => {
    await expect(answer('desk')).rejects.toMatchObject({ name: 'UsageError' })
    await expect(answer('desk', '--dir', '/nowhere')).rejects.toThrow(/followups\.ndjson cannot be read/)
  })
})
