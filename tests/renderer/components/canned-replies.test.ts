import { describe, expect, it } from 'vitest'
import { byLanguage, insertReply } from '#renderer/components/reply/canned-replies.ts'

describe('canned replies', () => {
  it('offers the language of the mention first', () => {
    const replies = [{ lang: 'en', name: 1 }, { lang: 'de', name: 2 }, { lang: 'en', name: 3 }] // prettier-ignore
    expect(byLanguage(replies, 'de-AT').map((reply) => reply.name)).toEqual([2, 1, 3])
    expect(byLanguage(replies, 'und').map((reply) => reply.name)).toEqual([1, 2, 3])
  })
  it('fills an empty draft whole and stands on a line of its own otherwise', () => {
    expect(insertReply('  ', 1, 'Hello')).toEqual({ text: 'Hello', caret: 5 })
    expect(insertReply('Dear Lena, thanks.', 10, 'We are on it.')).toEqual({
      text: 'Dear Lena,\nWe are on it.\nthanks.',
      caret: 24,
    })
    expect(insertReply('A\n', 99, 'B')).toEqual({ text: 'A\nB', caret: 3 })
  })
})
