import { expect, it } from 'vitest'
import { clauseOf, quoteFrom } from '#engine/understanding/problems/quote.ts'

const rare = (word: string): number => (word === 'kaffora' ? 0.9 : 0.01)
const said = (texts: [lang: string, text: string][], lang: string): string | null =>
  quoteFrom(
    texts.map(([own, text]) => ({ lang: own, text })),
    rare,
    lang,
  )

it.each([
  [
    'de',
    [
      ['de', 'Seit Wochen Stille von euch. Bin sauer'],
      ['de', 'Wochen ohne ein Wort, seit Wochen Stille'],
    ],
    /^„.*Stille.*“$/,
  ],
  [
    'en',
    [
      ['en', 'nothing since Monday on my screen'],
      ['de', 'seit Montag nix'],
    ],
    /^“Nothing since Monday on my screen”$/,
  ],
  [
    'fr',
    [
      ['fr', "l'écran reste noir depuis lundi"],
      ['en', 'black since Monday morning'],
    ],
    /^« L'écran reste noir depuis lundi »$/,
  ],
  ['pt', [['en', 'black since Monday morning']], /^“Black since Monday morning”$/],
] as const)(
  'quotes a whole clause, in the language of the station where somebody wrote in it: %s %j',
  (lang, texts, quote) => {
    expect(
      said(
        texts.map(([own, text]) => [own, text]),
        lang,
      ),
    ).toMatch(quote)
  },
)

it('is short, ends between words, and leaves out who is spoken to and where it leads', () => {
  const long =
    'https://a.example @kaffora the display of my machine goes on and off and on again while the milk runs over 😡'
  const quote = said([['en', long]], 'en')!
  expect(quote).toMatch(/^“The display of my machine .* …”$/)
  expect(quote.length).toBeLessThan(70)
})

it('has nothing to quote of what says nothing', () => {
  expect(said([], 'en')).toBeNull()
  expect(
    said(
      [
        ['en', '😡😡'],
        ['en', 'http://a.example'],
        ['en', 'no way'],
      ],
      'en',
    ),
  ).toBeNull()
  expect(clauseOf('no way')).toBe('No way')
})

it('has the brand in it however it is written, and ends on no word that leads to what was left out', () => {
  const common = (word: string) => (word === 'kaffora' ? 0.9 : 0.001)
  const texts = [
    'Charged twice for one cappuccino at @kaffora the kiosk',
    'Charged twice for a cappuccino at #Kaffora again',
  ]
  expect(
    quoteFrom(
      texts.map((text) => ({ text, lang: 'en' })),
      common,
      'en',
    ),
  ).toMatch(/cappuccino at kaffora/i)
  const other = ['After this week I am switching from @brewly to tea', 'After this week I am switching from @brewly']
  expect(
    quoteFrom(
      other.map((text) => ({ text, lang: 'en' })),
      () => 0.001,
      'en',
    ),
  ).toBe('“After this week I am switching”')
})

it.each([
  ['a name below', 'The steak was cold inside. Cheerio, Dilys Penhallow', /^“The steak was cold inside”$/],
  ['a greeting', 'Dear Rosalind, the steak was cold inside', /^“The steak was cold inside”$/],
  ['another', 'Guten Tag, das Steak war innen kalt', /^“Das Steak war innen kalt”$/],
  ['a third', 'Estimados señores, el bistec estaba frío por dentro', /^“El bistec estaba frío por dentro”$/],
  [
    'none, which begins like one',
    'Good that nobody saw me, the steak was cold',
    /^“Good that nobody saw me, the steak was cold”$/,
  ],
  ['half a quotation', 'Closed for repair" says the sign again', /^“Closed for repair says the sign again”$/],
])('quotes no more than what is said: %s', (_what, text, expected) => {
  expect(quoteFrom([{ text, lang: 'xx' }], rare, 'yy')).toMatch(expected)
})
