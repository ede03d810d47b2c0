import { describe, expect, it } from 'vitest'
import { byLanguage, insertReply } from '#renderer/features/board/cannedReplies.ts'
import { emptyStack, popDeed, pushDeed } from '#renderer/features/board/undoStack.ts'

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

describe('undo', () => {
  const deed = (entry: number) => ({ entries: [entry], label: String(entry), caseId: null })
  it('takes back the newest first and remembers a bounded number', () => {
    let stack = emptyStack
    for (let entry = 1; entry <= 250; entry++) stack = pushDeed(stack, deed(entry))
    expect(stack.deeds.length).toBe(200)
    const { deed: newest, rest } = popDeed(stack)
    expect(newest?.entries).toEqual([250])
    expect(popDeed(rest).deed?.entries).toEqual([249])
  })
  it('does not remember what changed nothing', () => {
    expect(popDeed(pushDeed(emptyStack, { entries: [], label: '', caseId: null })).deed).toBeNull()
  })
})
