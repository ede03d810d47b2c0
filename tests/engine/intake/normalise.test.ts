import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_TEXT, normalise } from '#engine/intake/normalise.ts'
import type { Draft } from '#shared/model/mention.ts'
import { Draft as DraftSchema } from '#shared/model/mention.ts'
import { author, draft, noon } from '#tests/engine/store/station.ts'

const kept = (more: Partial<Draft>): Draft => {
  const result = normalise(draft(more), noon)
  if ('reason' in result) throw new Error(`refused: ${result.reason}`)
  return result.draft
}
const refused = (more: Partial<Draft>): string | null => {
  const result = normalise(draft(more), noon)
  return 'reason' in result ? result.reason : null
}
const day = 86_400_000

describe('a draft is refused', () => {
  it.each<[string, Partial<Draft>, string]>([
    ['without an id', { externalId: '  ' }, 'no id'],
    ['with an id of control characters', { externalId: '\u0000\u0007' }, 'no id'],
    ['without a date', { publishedAt: Number.NaN }, 'no date'],
    ['with an endless date', { publishedAt: Infinity }, 'no date'],
    ['from before the web', { publishedAt: Date.UTC(1989, 11, 31) }, 'date before 1990'],
    ['in seconds instead of milliseconds', { publishedAt: 1_763_000_000 }, 'date before 1990'],
    ['from the day after tomorrow', { publishedAt: noon + 2 * day }, 'date in the future'],
    ['with nothing to read or see', { text: ' \n\t ' }, 'empty'],
    ['of control characters', { text: '\u0000\u0001' }, 'empty'],
  ])('%s', (_what, more, reason) => {
    expect(refused(more)).toBe(reason)
  })
})

describe('a draft is kept', () => {
  it.each<[string, Partial<Draft>]>([
    ['from tomorrow, clocks differ', { publishedAt: noon + day }],
    ['from 1990', { publishedAt: Date.UTC(1990, 0, 1) }],
    ['with a picture and no words', { text: '', media: ['image'] }],
    ['with a title and no text', { text: '', title: 'Down again' }],
  ])('%s', (_what, more) => {
    expect(refused(more)).toBeNull()
  })
})

describe('text', () => {
  it.each([
    ['is trimmed', '  late \n', 'late'],
    ['is composed', 'Zu\u0308rich', 'Zürich'],
    ['keeps line feeds', 'a\r\nb\rc', 'a\nb\nc'],
    ['loses control characters', 'a\u0000b\u001b[31mc\u0085', 'ab[31mc'],
    ['loses characters that turn the line around', 'abc\u202egnp.exe', 'abcgnp.exe'],
    ['loses half a surrogate pair', 'x\ud83d y', 'x\ufffd y'],
    ['keeps emoji with joiners', '👩‍🚒 ok', '👩‍🚒 ok'],
    ['keeps other scripts', '電車が遅れた', '電車が遅れた'],
  ])('%s', (_what, text, clean) => {
    expect(kept({ text }).text).toBe(clean)
  })

  it('is cut when it is absurd, and says so', () => {
    const { text } = kept({ text: 'a'.repeat(MAX_TEXT + 5) })
    expect(text).toBe(`${'a'.repeat(MAX_TEXT)} … (cut here, ${MAX_TEXT + 5} characters in all)`)
  })

  it('is never cut inside a character', () => {
    const { text } = kept({ text: `${'a'.repeat(MAX_TEXT - 1)}😀😀` })
    expect(text.isWellFormed()).toBe(true)
  })
})

describe('facts', () => {
  it('that are not what they should be become unknown', () => {
    const result = kept({
      url: 'javascript:alert(1)',
      lang: 'English, I think',
      country: 'deu',
      links: ['https://example.org/a', 'data:text/html,x', 'ftp://example.org'],
      engagement: { likes: -3, reposts: 1.5, replies: 4 },
      author: { ...author('a')!, followers: Number.NaN, url: 'file:///etc/passwd', name: '\u0007' },
    })
    expect(result).toMatchObject({
      url: null,
      lang: null,
      country: null,
      links: ['https://example.org/a'],
      engagement: { likes: null, reposts: null, replies: 4 },
      author: { followers: null, url: null, name: null },
    })
  })

  it('long ids stay different', () => {
    const long = 'x'.repeat(600)
    expect(kept({ externalId: `${long}1` }).externalId).not.toBe(kept({ externalId: `${long}2` }).externalId)
    expect(kept({ externalId: `${long}1` }).externalId.length).toBeLessThan(512)
  })

  it('an author without an id is unknown', () => {
    expect(kept({ author: { ...author('a')!, id: ' ' } }).author).toBeNull()
  })
})

it('whatever comes in, what is kept is well-formed and fits the model', () => {
  const anyText = fc.string({ unit: 'binary', maxLength: 60 })
  fc.assert(
    fc.property(anyText, anyText, anyText, fc.option(anyText), fc.double(), (externalId, text, handle, lang, at) => {
      const result = normalise(
        draft({ externalId, text, lang, publishedAt: at, author: { ...author(handle)!, handle } }),
        noon,
      )
      if ('reason' in result) return
      expect(DraftSchema.safeParse(result.draft).success).toBe(true)
      expect(result.draft.text.isWellFormed()).toBe(true)
      expect(result.draft.text.normalize('NFC')).toBe(result.draft.text)
      const again = normalise(result.draft, noon)
      expect('draft' in again && again.draft).toEqual(result.draft)
    }),
  )
})
