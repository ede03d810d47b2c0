import { describe, expect, it } from 'vitest'
import { openClassifier, trainClassifier } from '#engine/understanding/classify/classifier.ts'
import { crossValidate } from '#engine/understanding/classify/cross-validate.ts'
import { stratifiedFolds } from '#engine/understanding/classify/folds.ts'
import { readIntent } from '#engine/understanding/intent/intent.ts'
import { readPhrases } from '#engine/understanding/intent/phrases.ts'
import { scorePredictions } from '#engine/understanding/scores.ts'
import { tokenize } from '#engine/understanding/tokens.ts'
import { createUnderstanding } from '#engine/understanding/understand.ts'
import { intentsOf } from '#shared/model/mention.ts'
import { shippedModels } from './models.ts'

const things = ['bag', 'suitcase', 'luggage', 'backpack', 'trunk', 'box']
const troubles = ['lost', 'missing', 'not here', 'damaged', 'gone', 'broken']
const baggage = things.flatMap((thing) =>
  troubles.map((trouble) => ({ text: `my ${thing} is ${trouble}`, label: 'baggage' })),
)
const cities = ['Berlin', 'Leeds', 'Rome', 'Oslo', 'Paris', 'Ghent']
const delay = cities.flatMap((city) =>
  [1, 2, 3, 4, 5, 6].map((hours) => ({ text: `flight to ${city} ${hours} hours late`, label: 'delay' })),
)
const examples = baggage.flatMap((example, at) => [example, delay[at]!])

describe('the trainable classifier', () => {
  const classifier = trainClassifier(examples)

  it('tells what it has learned and shows the words', () => {
    const [first, second] = classifier.suggest('they lost my suitcase')
    expect(first).toMatchObject({ label: 'baggage' })
    expect(first!.confidence + second!.confidence).toBeCloseTo(1, 6)
    expect(first!.words.map(({ word }) => word)).toContain('suitcase')
    for (const { word, start, end } of first!.words) expect('they lost my suitcase'.slice(start, end)).toBe(word)
  })

  it('names no comma and no quotation mark as a reason, but a question mark', () => {
    const marked = trainClassifier(
      examples.map(({ text, label }) => ({ text: label === 'delay' ? `„${text}“, really?` : text, label })),
    )
    const words = marked.suggest('„Gent“, really?')[0]!.words.map(({ word }) => word)
    expect(words).toContain('?')
    expect(words.filter((word) => /[„“,]/.test(word))).toEqual([])
  })

  it('is unsure of what it never saw', () => {
    expect(classifier.suggest('zzz qqq')[0]!.confidence).toBeLessThan(0.7)
    expect(classifier.suggest('')[0]!.words).toEqual([])
  })

  it('comes back from its bytes as it was', () => {
    const again = openClassifier(classifier.toBytes())
    expect(again.labels).toEqual(classifier.labels)
    expect(again.suggest('my box is gone')).toEqual(classifier.suggest('my box is gone'))
    expect(() => openClassifier(classifier.toBytes().slice(0, 60))).toThrow(/classifier/)
  })

  it('learns the same from the same examples', () => {
    expect(trainClassifier(examples).toBytes()).toEqual(classifier.toBytes())
  })

  it('needs two labels', () => {
    expect(() => trainClassifier(baggage)).toThrow(/two labels/)
  })
})

describe('cross-validation', () => {
  it('spreads every label evenly over the parts, in the order of the file', () => {
    const labels = [...Array.from({ length: 10 }, () => 'a'), ...Array.from({ length: 5 }, () => 'b')]
    expect([...stratifiedFolds(labels, 5)]).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 0, 1, 2, 3, 4])
  })
  it('tests every example once, on a model that has not seen it', async () => {
    const ranked = await crossValidate(examples, 3, {}, () => {})
    expect(ranked).toHaveLength(examples.length)
    expect(ranked.filter(({ label, first }) => label === first).length / ranked.length).toBeGreaterThan(0.9)
  })
  it('scores as defined', () => {
    const scores = scorePredictions([
      { label: 'a', predicted: 'a', confidence: 1 },
      { label: 'a', predicted: 'b', confidence: 1 },
      { label: 'b', predicted: 'b', confidence: 1 },
      { label: 'b', predicted: 'b', confidence: 1 },
    ])
    expect(scores).toMatchObject({ accuracy: 0.75, macroRecall: 0.75, n: 4 })
    expect(scores.macroF1).toBeCloseTo((2 / 3 + 4 / 5) / 2, 6)
    expect(scores.ece).toBeCloseTo(0.25, 6)
  })
})

describe('intents', () => {
  const understanding = createUnderstanding({ models: shippedModels() })
  const intent = (text: string): string | undefined =>
    understanding.understand({ text, title: null, lang: null }).intent?.label
  it.each([
    ['complaint', '@acme my parcel never arrived and support does not answer!!'],
    ['complaint', 'die Lieferung ist schon wieder nicht gekommen und keiner hilft'],
    ['question', 'when do you open on Saturday?'],
    ['thanks', 'thank you for the quick help, great service'],
    ['praise', 'great service, quick and friendly as always'],
    ['lead', 'wir suchen einen neuen Anbieter für 40 Leute, wer macht uns ein Angebot?'],
    ['churn', 'mir reichts, ich kündige heute meinen Vertrag'],
    ['job', 'are you hiring developers, where can I apply?'],
    ['press', 'I am a reporter, who can give me a comment on the recall?'],
    ['legal', 'the charger caught fire, you will hear from my lawyer'],
    ['noise', 'win a free phone, follow and retweet to enter the giveaway'],
  ])('hears a %s: %s', (label, text) => {
    expect(intent(text)).toBe(label)
  })

  it('hears the praise in a word of thanks too', () => {
    const found = understanding.understand({
      text: 'thank you for the quick help, great service',
      title: null,
      lang: null,
    })
    expect(intentsOf(found.intent).map(({ label }) => label)).toEqual(['thanks', 'praise'])
  })

  it('says nothing of chatter', () => {
    expect(intent('ok')).toBeUndefined()
  })

  it('takes the mood as evidence', () => {
    const classifier = openClassifier(shippedModels().intent!)
    const text = 'the delivery, well'
    const angry = { label: 'negative', score: -0.95, confidence: 0.9, words: [], model: 'x' } as const
    const happy = { ...angry, label: 'positive', score: 0.95 } as const
    expect(readIntent(classifier, text, tokenize(text), { ...angry, words: [] })?.label).not.toBe('praise')
    expect(readIntent(classifier, text, tokenize(text), { ...happy, words: [] })?.label).not.toBe('complaint')
  })

  it('names the line of a phrase file that cannot be read', () => {
    expect(() => readPhrases('complaint\tbad\nwhatever\tx', 'f.txt')).toThrow(/f\.txt, line 2/)
  })
})
