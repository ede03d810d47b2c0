import { describe, expect, it } from 'vitest'
import { trainClassifier } from '#engine/understanding/classify/classifier.ts'
import { isFunctionWord } from '#engine/understanding/function-words.ts'

describe('words that are told as reasons', () => {
  it.each('to have every so of front me i’d they’re und der auf les dans para della'.split(' '))(
    'leaves out %s',
    (word) => {
      expect(isFunctionWord(word)).toBe(true)
    },
  )
  it.each('refund cancel help why not kaputt nicht warum merci problem rembourser'.split(' '))('keeps %s', (word) => {
    expect(isFunctionWord(word)).toBe(false)
  })

  it('names what a text is about, whatever else weighed', () => {
    const examples = Array.from({ length: 12 }, (_, at) => [
      { label: 'complaint', text: `of all the things in front of me to have every so often, the lid broke ${at}` },
      { label: 'praise', text: `thanks, what a lovely espresso we had ${at}` },
    ]).flat()
    const classifier = trainClassifier(examples)
    const told = classifier.explain('To have every lid of this in front of me, and so it broke', 'complaint')
    expect(told.map(({ word }) => word)).toEqual(expect.arrayContaining(['lid', 'broke']))
    const said = new Set(told.map(({ word }) => word.toLowerCase()))
    for (const word of ['of', 'in', 'front', 'me', 'to', 'have', 'every', 'so']) expect(said).not.toContain(word)
  })
})
