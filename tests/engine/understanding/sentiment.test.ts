import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Sentiment } from '#shared/model/sentiment.ts'
import { createBaseline } from '#engine/understanding/baseline.ts'
import { calibrationError, fitCalibration, calibrated } from '#engine/understanding/sentiment/calibration.ts'
import { splitHashtag, squeeze } from '#engine/understanding/sentiment/features.ts'
import { createSentimentModel } from '#engine/understanding/sentiment/model.ts'
import { findPlaces, gateOf, negativeOf, packTable, positiveOf } from '#engine/understanding/sentiment/table.ts'
import { scorePredictions } from '#engine/understanding/scores.ts'
import { createUnderstanding } from '#engine/understanding/understand.ts'
import { readLabelled } from '#laboratory/evaluate-posts.ts'
import { dataFolder } from '#tests/support/data-folder.ts'
import { shippedModels } from './models.ts'

const model = createSentimentModel(shippedModels().sentiment!)

describe('the sentiment model', () => {
  it.each([
    ['negative', 'en', 'worst customer service ever, I want my money back'],
    ['positive', 'en', 'I love this phone, the battery is great!'],
    ['negative', 'en', 'not happy at all 😡'],
    ['positive', 'en', 'sooooo good #BestDayEver'],
    ['negative', 'de', 'Der Akku ist leider schon wieder leer, sehr enttäuscht'],
    ['positive', 'de', 'Vielen Dank, tolle Beratung!'],
    ['negative', 'fr', 'quelle honte, service horrible'],
    ['positive', 'es', 'me encanta, gracias por todo'],
    ['negative', 'it', 'che schifo, pessimo servizio'],
    ['positive', 'pt', 'amei, muito bom mesmo'],
  ])('says %s (%s): %s', (label, lang, text) => {
    expect(model.sentiment(text, lang).label).toBe(label)
  })

  it.each([
    ['en', "The waiter wasn't rude at all"],
    ['en', 'no complaints about the new app'],
    ['en', 'nothing wrong with the delivery'],
    ['de', 'keine Probleme mit der Lieferung'],
    ['en', 'Grand Horrible Hotel opens its doors in May'],
    ['en', "I can't make the meeting on Thursday"],
    ['en', 'Trying the Lumen 3 camera this weekend, pictures later.'],
    // A negation that takes something bad away, in words that it was not taught.
    ['en', "I can't complain about the heater"],
    ['en', 'there is nothing to criticise'],
    ['en', 'not without appeal, that old tram'],
    ['en', 'the new driver never annoyed us'],
    ['de', 'über den Service kann man sich nicht beschweren'],
    ['de', 'mit dem Ofen gab es nie Ärger'],
    ['fr', "nous n'avons jamais été déçus par le pain"],
    ['es', 'ni una queja en todo el viaje'],
    ['es', 'nunca nos ha decepcionado el pan'],
    ['it', 'nessuna lamentela, la stanza era come promesso'],
    ['it', 'il forno non ci ha mai deluso'],
    ['nl', 'geen klachten over de bezorger'],
    ['nl', 'de oven heeft ons nooit teleurgesteld'],
    ['pt', 'nenhuma reclamação do hotel'],
    ['pt', 'o forno nunca nos desiludiu'],
    // Names.
    ['en', 'the tram to Painful Gulch leaves from platform two'],
    ['de', 'der Bus nach Bad Nauheim fährt ab Steig vier'],
  ])('is not negative (%s): %s', (lang, text) => expect(model.sentiment(text, lang).label).not.toBe('negative'))

  it.each([
    ['en', 'the soup is not tasty'],
    ['de', 'die Antwort war nicht hilfreich'],
    ['en', "I'm not happy with the answer"],
    ['en', "I don't like the new seats"],
    ['en', 'nobody was helpful'],
    ['de', 'der neue Sitz gefällt mir nicht'],
    ['de', 'das ist entsetzlich'],
    ['de', 'hat nicht geschmeckt'],
    ['fr', "l'accueil n'était pas agréable"],
    ['es', 'el asiento no es cómodo'],
    ['it', 'il personale non è gentile'],
    ['nl', 'de stoel zit niet lekker'],
    ['pt', 'o atendimento não foi bom'],
    // A fault, said calmly.
    ['en', 'the barrier stays down'],
    ['de', 'die Schranke bleibt unten'],
    ['it', 'la sbarra resta abbassata'],
  ])('is negative (%s): %s', (lang, text) => expect(model.sentiment(text, lang).label).toBe('negative'))

  it.each([
    ['pl', 'Sklep jest otwarty od dziewiątej do osiemnastej'],
    ['tr', 'Mağaza saat dokuzda açılıyor'],
    ['ja', '店は九時に開きます'],
    ['fi', 'Kauppa aukeaa yhdeksältä'],
    ['und', '4711 0815'],
  ])('is unsure, not neutral, of a language that it was not taught (%s): %s', (lang, text) => {
    const { label, confidence } = model.sentiment(text, lang)
    expect(label === 'neutral' && confidence >= 0.5).toBe(false)
  })

  it.each([
    ['negative', '😡😡'],
    ['positive', '😍❤️'],
  ])('knows a mood that is clear without words: %s %s', (label, text) =>
    expect(model.sentiment(text, 'und').label).toBe(label),
  )

  it('shows the words that pulled, with their places in the text', () => {
    const text = 'Hey @acme, the worst delivery 😡 ever'
    const { words } = model.sentiment(text, 'en')
    expect(words.length).toBeGreaterThan(0)
    expect(words.length).toBeLessThanOrEqual(8)
    for (const { word, start, end } of words) expect(text.slice(start, end)).toBe(word)
    const worst = words.find(({ word }) => word === 'worst')
    expect(worst?.weight).toBeLessThan(0)
    expect(words[0]).toEqual(worst)
  })

  it('does not look at who is addressed or what is linked', () => {
    const text = 'the delivery was late'
    const one = model.sentiment(`@horrible ${text} https://hate.example/bad`, 'en')
    const other = model.sentiment(`@lovely ${text} https://love.example/good`, 'en')
    expect(one.score).toBe(other.score)
  })

  it('keeps its shape on whatever text comes', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 400 }),
        fc.constantFrom('en', 'ar', 'und', 'zz'),
        (text, lang) => {
          Sentiment.parse(model.sentiment(text, lang))
        },
      ),
    )
    Sentiment.parse(model.sentiment('word '.repeat(200_000), 'en'))
  })

  it('gives the same answer each time and for tokens cut before', () => {
    const text = 'I really do not like the new update at all'
    expect(model.sentiment(text, 'en')).toEqual(model.sentiment(text, 'en'))
  })

  it('refuses a file that is cut short', () => {
    expect(() => createSentimentModel(shippedModels().sentiment!.slice(0, 100_000))).toThrow(
      /sentiment\.bin.*cut short/,
    )
  })
})

describe('the baseline', () => {
  const baseline = createBaseline()
  it('scores English and German with its lists and names the words', () => {
    expect(baseline.sentiment('this is a terrible disaster', 'en')).toMatchObject({
      label: 'negative',
      model: 'ml-sentiment 2.0.7',
    })
    expect(baseline.sentiment('this is not good', 'en').label).toBe('negative')
    expect(baseline.sentiment('das ist eine großartige Anerkennung', 'de').words.map(({ word }) => word)).toContain(
      'Anerkennung',
    )
  })
  it('leaves other languages neutral', () => {
    expect(baseline.sentiment('terrible', 'fr')).toMatchObject({ label: 'neutral', words: [] })
  })
  it('stands in when no weights are there', () => {
    const understanding = createUnderstanding({
      models: { sentiment: null, language: null, intent: null, lexicon: null },
    })
    const understood = understanding.understand({ text: 'what a terrible flight', title: null, lang: 'en' })
    expect(understood).toMatchObject({
      lang: 'en',
      intent: null,
      sentiment: { label: 'negative', model: 'ml-sentiment 2.0.7' },
    })
  })
})

describe('pieces of the model', () => {
  it.each([
    ['soooo', 'soo'],
    ['cool', 'cool'],
    ['aaa', 'aa'],
    ['', ''],
  ])('squeezes %j', (word, squeezed) => expect(squeeze(word)).toBe(squeezed))

  it.each([
    ['WorstFlightEver', ['worst', 'flight', 'ever']],
    ['not_again', ['not', 'again']],
    ['iphone15pro', ['iphone', '15', 'pro']],
    ['fail', []],
  ])('splits #%s', (tag, parts) => expect(splitHashtag(tag)).toEqual(parts))

  it('keeps weights in the packed table to within half a unit', () => {
    const hashes = Uint32Array.from([1, 0x100001, 0xfffffff0, 77])
    const weights = {
      public: Float32Array.from([1, -1, 0.25, 0, -0.5, 0.125, 0, 0]),
      desk: Float32Array.from([-3, 2, 0, 0, 0.7, -0.1, 1, 1]),
      gate: Float32Array.from([0.1, -0.2, 0, 0.05]),
    }
    const { words, units } = packTable(hashes, weights)
    const places = new Int32Array(5)
    findPlaces(words, Uint32Array.from([...hashes, 0x22200005]), 5, places)
    hashes.forEach((_, at) => {
      const place = places[at]!
      const [first, second] = [words[place]!, words[place + 1]!]
      for (const [kept, weight, unit] of [
        [negativeOf(first), weights.public[at * 2]!, units.public],
        [positiveOf(first), weights.public[at * 2 + 1]!, units.public],
        [negativeOf(second), weights.desk[at * 2]!, units.desk],
        [positiveOf(second), weights.desk[at * 2 + 1]!, units.desk],
        [gateOf(second), weights.gate[at]!, units.gate],
      ] as const)
        expect(Math.abs(kept * unit - weight)).toBeLessThanOrEqual(unit * 0.5001)
    })
    expect(places[4]).toBe(-1)
  })

  it('has a curve of its own for what is written to a company, by how far a text is', () => {
    const at = (lang: string, right: (at: number) => boolean) =>
      Array.from({ length: 500 }, (_, n) => ({ lang, top: 0.8, right: right(n) }))
    const curves = fitCalibration([...at('it', (n) => n % 10 < 5), ...at('it@desk', (n) => n % 10 < 9)], 1)
    expect(calibrated(curves, 'it', 0.8)).toBeCloseTo(0.5, 1)
    expect(calibrated(curves, 'it', 0.8, 1)).toBeCloseTo(0.9, 1)
    expect(calibrated(curves, 'it', 0.8, 0.5)).toBeCloseTo(0.7, 1)
    // A language that has none takes that of all.
    expect(calibrated(curves, 'fi', 0.8, 1)).toBeCloseTo(0.9, 1)
  })

  it('brings an overconfident model down to how often it is right', () => {
    const outcomes = Array.from({ length: 1000 }, (_, at) => ({ lang: 'en', top: 0.95, right: at % 10 < 6 }))
    const curves = fitCalibration(outcomes, 1)
    expect(calibrated(curves, 'en', 0.95)).toBeCloseTo(0.6, 1)
    expect(calibrationError(outcomes.map(({ right }) => ({ confidence: 0.6, right })))).toBeCloseTo(0, 5)
    expect(calibrationError(outcomes.map(({ right }) => ({ confidence: 0.95, right })))).toBeCloseTo(0.35, 5)
  })
})

const data = dataFolder('sentiment/val.tsv')
describe.runIf(data !== null)('on posts that it was not trained on', () => {
  it('beats every lexicon by far', async () => {
    const posts = await readLabelled(data!)
    const understanding = createUnderstanding({ models: shippedModels() })
    const score = (set: string, lang: string) =>
      scorePredictions(
        posts
          .filter((post) => post.set === set && post.lang === lang)
          .map((post) => {
            const { label, confidence } = understanding.sentiment({ text: post.text, title: null, lang: post.lang })
            return { label: post.label, predicted: label, confidence }
          }),
      )
    expect(score('semeval2017', 'en').macroRecall).toBeGreaterThan(0.665)
    const languages = ['ar', 'de', 'en', 'es', 'fr', 'hi-Latn', 'it', 'pt']
    const mean = languages.reduce((sum, lang) => sum + score('umsab', lang).macroF1, 0) / languages.length
    expect(mean).toBeGreaterThan(0.59)
  })
})
