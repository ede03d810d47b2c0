import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { previewFile } from '#engine/collect/preview-file.ts'

async function* bytes(content: string | Uint8Array): AsyncGenerator<Uint8Array> {
  yield typeof content === 'string' ? Buffer.from(content) : content
}
const now = Date.parse('2026-11-20T12:00:00Z')
const codes = (said: { code: string }[]): string[] => said.map(({ code }) => code)

describe('the preview of a file', () => {
  it('says whose export it looks like, its encoding, what is left out and what is put right', async () => {
    const report =
      'Mentions of Kaffora\n\nQuery Id,Query Name,Date,Snippet,Page Type\n1,x,2026-11-20 10:00,Grüße an alle,seance\n'
    const preview = await previewFile(bytes(iconv.encode(report, 'windows-1252')), 'a.csv', { now })
    expect(codes(preview.notes)).toEqual([
      'file.looksLike',
      'file.encodingIs',
      'file.leadIn',
      'file.kindsUnknown',
      'file.datesAsUtc',
    ])
    expect(preview.rows[0]).toMatchObject({ Snippet: 'Grüße an alle' })
  })

  it('asks which comes first, day or month, where nothing tells', async () => {
    const preview = await previewFile(bytes('date,text\n03/04/2024,one two three\n'), 'a.csv', { now })
    expect(preview.problems).toMatchObject([{ code: 'file.chooseDateOrder', values: { example: '03/04/2024' } }])
  })

  it('takes the encoding that is said, and refuses one that is none', async () => {
    const content = iconv.encode('id,date,text\n1,2026-11-20,Łódź\n', 'windows-1250')
    const preview = await previewFile(bytes(content), 'a.csv', { encoding: 'windows-1250', now })
    expect(preview.rows[0]!['text']).toBe('Łódź')
    await expect(previewFile(bytes(content), 'a.csv', { encoding: 'klingon', now })).rejects.toThrow(/klingon/)
  })
})

describe('what the preview says of rows', () => {
  const content =
    'id,when,author,what,Platform,Tone,Sprache\n1,2026-11-19 10:00,mira,Die App ist kaputt,X (formerly Twitter),negativ,Deutsch\n2,2026-11-20 11:00,jo,Alles gut damit,facebook.com,positiv,Deutsch\n3,gestern,ana,Ohne Datum gesagt,Forum,neutral,Deutsch\n4,2031-01-01 00:00,ana,Aus der Zukunft,Forum,neutral,Deutsch\n5,2026-11-20 11:30,ana,Noch etwas dazu,Forum,neutral,Deutsch\n6,2026-11-20 11:31,,,Forum,,\n'

  it('is what an import makes of them, with the reasons of what it leaves out', async () => {
    const mapping = { mood: 'Tone' }
    const preview = await previewFile(bytes(content), 'a.csv', { now, mapping, zone: 'Europe/Berlin' })
    expect(preview.mapping).toMatchObject({ network: 'Platform', mood: 'Tone', lang: 'Sprache', publishedAt: 'when' })
    expect(preview.becomes).toHaveLength(5)
    expect(preview.becomes[0]).toEqual({
      line: 2,
      text: 'Die App ist kaputt',
      title: null,
      author: 'mira',
      publishedAt: Date.parse('2026-11-19T09:00:00Z'),
      kind: 'post',
      lang: 'de',
      network: 'x',
      mood: 'negative',
      reason: null,
      why: null,
    })
    expect(preview.becomes.map(({ reason }) => reason)).toEqual([null, null, 'no date', 'date in the future', null])
    expect(preview.dropped).toMatchObject([
      { reason: 'no date', n: 1, line: 4 },
      { reason: 'date in the future', n: 1, line: 5 },
      { reason: 'empty', n: 1, line: 7 },
    ])
    expect(preview).toMatchObject({ looked: 6, zone: 'Europe/Berlin', encoding: 'utf-8', history: { rows: 1, of: 3 } })
  })

  it('leaves a field without a column where somebody says so', async () => {
    const preview = await previewFile(bytes(content), 'a.csv', { now, mapping: { lang: '', network: '' } })
    expect(preview.mapping).not.toHaveProperty('lang')
    expect(preview.mapping).not.toHaveProperty('network')
    expect(preview.becomes[0]).toMatchObject({ lang: null, network: null })
  })

  it('takes nobody’s labels for a mood until a person says so', async () => {
    const labelled = 'id,date,text,sentiment\n1,2026-11-20,Where is it then,negative\n'
    expect((await previewFile(bytes(labelled), 'a.csv', { now })).mapping).not.toHaveProperty('mood')
    const tool = 'Query Id,Query Name,Date,Snippet,Sentiment\n1,x,2026-11-20 10:00,Grüße an alle,negative\n'
    expect((await previewFile(bytes(tool), 'a.csv', { now })).mapping).toMatchObject({ mood: 'Sentiment' })
  })
})
