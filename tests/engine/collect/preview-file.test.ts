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
