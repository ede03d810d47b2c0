import { describe, expect, it } from 'vitest'
import { ANCHOR, anchorsOf, commonAnchors, masked } from '#engine/understanding/classify/anchors.ts'
import { openClassifier, trainClassifier } from '#engine/understanding/classify/classifier.ts'
import { evenShift } from '#engine/understanding/classify/settle.ts'
import { traits } from '#engine/understanding/classify/traits.ts'
import { relevanceOptions } from '#engine/understanding/relevance/options.ts'
import { tokenize } from '#engine/understanding/tokens.ts'

function traitsOf(text: string, ...anchors: string[]): string[] {
  const found: string[] = []
  traits(text, masked(tokenize(text), anchors), (trait) => found.push(trait))
  return found
}

describe('the words a listen is found by', () => {
  it('are those of its name and query, without operators and small words', () => {
    expect(anchorsOf('Nordwind nordwind* OR @nordwind OR "the lift"')).toEqual(['nordwind', 'lift'])
    expect(anchorsOf('')).toEqual([])
  })
  it('are found among texts where nobody says them', () => {
    expect(commonAnchors(['#Nordwind is late', 'my nordwind lift', 'the coffee here', 'tea'])).toContain('nordwind')
    expect(commonAnchors([])).toEqual([])
  })
  it('count as one in any spelling; a short one only as a whole word', () => {
    const textOf = (text: string, anchor: string): string[] =>
      masked(tokenize(text), [anchor]).map((token) => token.text)
    expect(textOf('#NordwindLift @nordwind nordwinds', 'nordwind')).toEqual([ANCHOR, ANCHOR, ANCHOR])
    expect(textOf('xa is no exam', 'xa')).toEqual([ANCHOR, 'is', 'no', 'exam'])
  })
})

describe('how the anchor stands in a text', () => {
  it('tells a name in a sentence from one of many tags', () => {
    expect(traitsOf('my Nordwind is broken again', 'nordwind')).toEqual(
      expect.arrayContaining(['case name', 'after a small word', 'anchors 1']),
    )
    const pushed = traitsOf('cheap shoes http://shop.example/x #sale #nordwind', 'nordwind')
    expect(pushed).toEqual(expect.arrayContaining(['only as a tag', 'behind all', 'host shop.example']))
    expect(traitsOf("just nordwinded it, Nordwind's fault", 'nordwind')).toEqual(
      expect.arrayContaining(['verb', 'possessive']),
    )
  })
  it.each(['', ' ', '\uE000', '😀😀', 'x'.repeat(20_000), '# @ http://'])('bears %j', (text) => {
    expect(() => traitsOf(text, 'nordwind')).not.toThrow()
  })
})

describe('a classifier with anchors', () => {
  const goods = ['shoes', 'bags', 'watches', 'phones', 'lamps', 'tents', 'books', 'rings']
  const troubles = ['broke', 'stopped', 'froze', 'leaks', 'rattles', 'hums', 'smells', 'sticks']
  const examples = goods.flatMap((good, at) => [
    { text: `cheap ${good} here http://x.example/${good} #nordwind #sale`, label: 'no' },
    { text: `my Nordwind ${troubles[at]} this morning`, label: 'yes' },
  ])
  const classifier = trainClassifier(examples, relevanceOptions(['nordwind']))

  it('holds for words that it never saw, and for a name that it was not taught with', () => {
    expect(classifier.suggest('best kettles http://y.example/k #nordwind #deal', 1)[0]!.label).toBe('no')
    expect(classifier.suggest('our Nordwind wobbled yesterday', 1)[0]!.label).toBe('yes')
    const other = trainClassifier(
      examples.map((row) => ({ ...row, text: row.text.replace(/nordwind/giu, 'solara') })),
      relevanceOptions(['solara']),
    )
    const told = other.suggest('our Solara wobbled', 1)[0]!
    expect(told.label).toBe('yes')
    expect(told.confidence).toBeCloseTo(classifier.suggest('our Nordwind wobbled', 1)[0]!.confidence, 1)
  })
  it('comes back from its bytes with its anchors, and learns the same again', () => {
    const again = openClassifier(classifier.toBytes())
    expect(again.suggest('my Nordwind hums')).toEqual(classifier.suggest('my Nordwind hums'))
    expect(trainClassifier(examples, relevanceOptions(['nordwind'])).toBytes()).toEqual(classifier.toBytes())
  })
})

describe('where two labels are parted', () => {
  const held = (margins: number[], firsts: number): { scores: Float64Array; right: number }[] =>
    margins.map((margin, at) => ({ scores: Float64Array.of(margin, 0), right: at < firsts ? 0 : 1 }))
  it('is moved to where both are found', () => {
    const margins = [-1, -1.1, -1.2, -1.3, -3, -3.1, -3.2, -3.3, -3.4]
    const shift = evenShift(held(margins, 4))
    expect(margins.filter((margin) => margin + shift > 0)).toEqual([-1, -1.1, -1.2, -1.3])
  })
  it('stays where one label is missing', () => {
    expect(evenShift(held([1, 2], 0))).toBe(0)
    expect(evenShift([])).toBe(0)
  })
})
