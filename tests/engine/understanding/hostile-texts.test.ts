import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { Sentiment } from '#shared/model/sentiment.ts'
import { fileBytes } from '#engine/platform/file-bytes.ts'
import { openAfterAnswer, type AfterAnswerReader } from '#engine/understanding/after-answer/after-answer.ts'
import { readAspects } from '#engine/understanding/aspects/read-aspects.ts'
import { openLexicon } from '#engine/understanding/concepts/lexicon.ts'
import { createEncoder, encoderFile, type Encoder } from '#engine/understanding/encoder/encoder.ts'
import { createClusterer } from '#engine/understanding/problems/cluster.ts'
import { traitsOf } from '#engine/understanding/problems/traits.ts'
import { createUnderstanding, type Understanding } from '#engine/understanding/understand.ts'
import { testPaths } from '#tests/support/paths.ts'
import { shippedLexicon, shippedModels } from './models.ts'

const zalgo = (text: string): string => [...text].map((sign) => `${sign}\u0335\u0321\u0489\u0316\u0353`).join('')
const between = (text: string, sign: string): string => [...text].join(sign)
const wide = (text: string): string =>
  text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)).replaceAll(' ', '\u3000')

/** Texts of no ordinary kind, by what is odd about them. */
const odd: [what: string, text: string][] = [
  ['nothing', ''],
  ['blanks', ' \t\n\u00a0\u2003\u200b'],
  ['emoji alone', '😡😡😡👎🏽👨‍👩‍👧‍👦🏳️‍🌈🇩🇪'],
  ['one emoji, very often', '😡'.repeat(20_000)],
  ['joiners alone', '\u200d'.repeat(3000)],
  ['20,000 signs of a text', 'Die Kartenzahlung wurde abgelehnt, schon wieder! '.repeat(420)],
  ['one word of 20,000 letters', 'a'.repeat(20_000)],
  ['100,000 times a word', 'kaputt '.repeat(100_000)],
  ['100,000 times a word with gaps in the lexicon', 'no not is ne non não '.repeat(16_000)],
  ['no spaces', 'cardpaymentdeclinedatthetillagainandagain'.repeat(50)],
  ['languages mixed', 'Hola, meine card payment est refusé, non funziona, werkt niet, не работает, 壊れた'],
  ['of marks piled up', zalgo('the card payment was declined')],
  ['right to left', '\u202eالدفع بالبطاقة مرفوض\u202c \u2067תשלום בכרטיס נדחה\u2069'],
  ['lone surrogates', '\ud83d card \udc00 payment \ud800\ud800 \udfff'],
  ['a surrogate in a word', 'card\ud83dpayment declined'],
  ['signs of control', 'card\u0000pay\u0007ment\u001b[31m declined\u0085\u2028\u2029'],
  ['signs alone', '!?!?…—–•·§$%&/()=`´{[]}\\~+*#\'"<>|^°'.repeat(300)],
  ['numbers alone', '0 1 -1 1e308 NaN Infinity 0x10 ١٢٣ Ⅻ ½'.repeat(100)],
  ['links and handles', '@a @b #c https://x.example/?q=%F0%9F%98%A1 www.y.example '.repeat(400)],
  ['apostrophes', "l'l'l'l' d'''' 'n' qu'il s'".repeat(300)],
  ['as a scanner reads it', 'Tbe c4rd paym3nt wos dec1ined ot tlıe ti11, l wont rny rnoney b@ck'],
  ['letters of other scripts that look alike', 'Тhе саrd рауmеnt wаs dесlіnеd'],
  ['names of what every object has', 'constructor __proto__ toString hasOwnProperty valueOf prototype'],
  ['markup', '<script>alert(1)</script><!-- -->&#x202e;&amp;amp; <b>card</b> payment declined'],
  ['what a log says', `Error: declined\n${'    at f (file:///a.js:1:1)\n'.repeat(500)}`],
]

// Opened once: each opening takes tens of milliseconds.
const lexicon = shippedLexicon()

describe('texts of no ordinary kind', () => {
  let understanding: Understanding
  let encoder: Encoder
  let after: AfterAnswerReader
  beforeAll(() => {
    understanding = createUnderstanding({ models: shippedModels() })
    encoder = createEncoder(fileBytes(testPaths('').resource(encoderFile))!)
    after = openAfterAnswer(fileBytes(testPaths('').resource('models/after-answer.bin'))!, () => lexicon)
  })

  function holds(text: string, lang: string | null): void {
    const { sentiment, aspects, intent, lang: found } = understanding.understand({ text, title: null, lang })
    Sentiment.parse(sentiment)
    for (const one of [...sentiment.words, ...(intent?.words ?? [])]) {
      expect(one.start).toBeGreaterThanOrEqual(0)
      expect(one.end).toBeLessThanOrEqual(text.length)
    }
    expect(sentiment.score).toBeGreaterThanOrEqual(-1)
    expect(sentiment.score).toBeLessThanOrEqual(1)
    expect(aspects.length).toBeLessThanOrEqual(16)
    expect(new Set(aspects).size).toBe(aspects.length)
    expect(found).toMatch(/^[a-z]{2,3}(?:-|$)/)
    const vector = encoder.encode(text)
    expect(vector.every(Number.isFinite)).toBe(true)
    const traits = traitsOf(text, found, lexicon, encoder.encode)
    expect([...traits.words.values()].every(Number.isFinite)).toBe(true)
    expect(Number.isFinite(after.read(text, lang).certainty)).toBe(true)
  }

  it.each(odd)('%s', (_what, text) => {
    holds(text, null)
    holds(text, 'de')
    holds(text, '__proto__')
  })

  it.each(odd.filter(([, text]) => text.length < 30_000))('make problems as any others do: %s', (_what, text) => {
    const clusterer = createClusterer(undefined, { lexicon: shippedLexicon() })
    for (let time = 0; time < 4; time++) expect(() => clusterer.place(text)).not.toThrow()
  })

  it('says of what has no words neither language nor subject', () => {
    for (const text of ['', '😡😡😡👎🏽', '!?!?…', '12 34']) {
      const { lang, aspects, intent } = understanding.understand({ text, title: null, lang: null })
      expect([text, lang, aspects]).toEqual([text, 'und', []])
      expect(intent === null || intent.confidence < 1).toBe(true)
      expect([text, encoder.encode(text).every((value) => value === 0) || text.includes('12')]).toEqual([text, true])
    }
  })

  it('reads the same where letters are written in other ways', () => {
    const read = (text: string): string[] => understanding.understand({ text, title: null, lang: 'en' }).aspects
    const plain = read('the card payment was declined at the till')
    expect(plain).toEqual(expect.arrayContaining(['payment', 'card-payment']))
    expect(read('THE CARD PAYMENT WAS DECLINED AT THE TILL')).toEqual(plain)
    expect(read(wide('the card payment was declined at the till'))).toEqual(plain)
    expect(read(zalgo('the card payment was declined at the till'))).toEqual(plain)
    expect(read('the card pay\u00adment was dec\u00adlined at the till')).toEqual(plain)
    expect(read('the card\u00a0payment\u2003was declined at the\u202ftill')).toEqual(plain)
    expect(read('the  card\n\npayment was declined at the till')).toEqual(plain)
    expect(read(between('card payment', '\u200b'))).toEqual(expect.any(Array))
  })

  it.each([
    ['Die Rueckerstattung fehlt', 'Die Rückerstattung fehlt'],
    ['Meine Gebuehren sind zu hoch', 'Meine Gebühren sind zu hoch'],
    ['Das Netzteil und das Ladegeraet', 'Das Netzteil und das Ladegerät'],
    ['Das Paket und die Paeckchen', 'Das Paket und die Päckchen'],
    ['la tarjeta de credito', 'la tarjeta de crédito'],
    ['nao funciona o cartao', 'não funciona o cartão'],
    ['le telephone portable', 'le téléphone portable'],
  ])('reads %s as %s', (written, meant) => {
    const lang = /[A-Z]/.test(written[0]!)
      ? 'de'
      : written.startsWith('la')
        ? 'es'
        : written.startsWith('le')
          ? 'fr'
          : 'pt'
    const read = (text: string): string[] =>
      understanding.understand({ text, title: null, lang, believed: true }).aspects
    expect(read(written)).toEqual(read(meant))
    expect(read(written).length).toBeGreaterThan(0)
  })

  it('holds whatever comes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 200 }),
          fc
            .array(
              fc.constantFrom('card', 'declined', '\ud83d', "l'", '..', '*', 'Kartenzahlung', '\u0301', '。', 'no'),
            )
            .map((all) => all.join(' ')),
        ),
        fc.constantFrom('en', 'de', 'und', 'ar'),
        (text, lang) => holds(text, lang),
      ),
      { numRuns: 150 },
    )
  })
})

describe('own names of no ordinary kind', () => {
  const named = (own: string, text: string, lang = 'en'): string[] => {
    const { aspects, problems } = readAspects(own)
    expect(problems).toEqual([])
    const understanding = createUnderstanding({
      models: { sentiment: null, language: null, intent: null, lexicon: null },
      aspects,
    })
    return understanding.understand({ text, title: null, lang, believed: true }).aspects
  }
  it.each([
    ['Regex: a.b, (xx+)+$, [abc]{9}, foo|bar, ^start', 'a b, the xx, foo bar', ['Regex']],
    ['Dots: a.b.c', 'abc', []],
    ['Price: 50%', 'only 50 left', ['Price']],
    ['Plus: disney+', 'I watch disney+ daily', ['Plus']],
    ['Amp: marks & spencer, m&s', 'Marks & Spencer is fine', ['Amp']],
    ['Apostrophe: l’oreal', "L'Oréal cream", ['Apostrophe']],
    ['Umlaut: müller', 'der MULLER und der Müller', ['Umlaut']],
    ['Han: 東京', '東京が好き', ['Han']],
    ['Arabic: بطاقة', 'البطاقة بطاقة', ['Arabic']],
    ['Begins: falcon*', 'two falcons', ['Begins']],
    ['constructor', 'the constructor failed', ['constructor']],
    ['__proto__: proto', 'a proto', ['__proto__']],
    ['Twice: owl, owl, OWL\nTwice: owl', 'an owl', ['Twice']],
    ['A: same\nB: same', 'the same', ['A']],
    ['Long: one two three four five six seven eight', 'one two three four five six seven eight', ['Long']],
    ['Colon: a1: b2, c3', 'b2', []],
    ['  Spaces  :   wide   words  ', 'wide words', ['Spaces']],
  ])('%s', (own, text, expected) => expect(named(own, text)).toEqual(expected))

  it('are read by the hundred thousand', () => {
    const own = Array.from({ length: 50_000 }, (_, at) => `Product ${at}: pr${at}x, model ${at}`).join('\n')
    expect(named(own, 'my pr49999x and model 7')).toEqual(['Product 49999', 'Product 7'])
  })

  it('make no one problem of two faults where every text has the word', () => {
    const { aspects } = readAspects('We: the')
    const clusterer = createClusterer(undefined, { lexicon: openLexicon(shippedModels().lexicon, aspects) })
    const group = (text: string): unknown => clusterer.place(text)
    const parcels = Array.from({ length: 12 }, (_, at) => group(`the parcel from the shop never arrived, order ${at}`))
    const doors = Array.from({ length: 12 }, (_, at) => group(`the door of the oven does not close, model ${at}`))
    expect(parcels.at(-1)).not.toEqual(doors.at(-1))
  })
})
