import fc from 'fast-check'
import { mentionKinds } from '#shared/model/mention.ts'
import type { Draft } from '#shared/model/mention.ts'
import type { DocumentContext } from '#shared/query/document.ts'

/** Few words, so that queries and texts meet; of every script and shape that the tokenizer treats apart. */
export const words = [
  'bag', 'lost', 'delay', 'delayed', 'Delays', 'café', 'CAFE', 'Straße', 'strasse', 'don’t', "don't", 'wi-fi', 'İstanbul', 'the',
  '東京', '東', '京都', '駅', 'ラーメン', '삼성이', '삼성', 'ไทย', 'हिन्दी', 'привет', 'ёлка', 'елка', 'ΣΊΣΥΦΟΣ', 'σίσυφος', 'שלום', 'سَلام', 'ﬁne', 'fine',
  '👍', '👍🏽', '👩‍🚒', '🇩🇪', '❤️', '❤', '#sale', '#Sale_now', 'sale', '#東京', '@lena', '@lena@ruhr.social', 'lena', 'help@example.org',
  'https://shop.example.org/a/b?x=1', 'www.example.org', 'a_b', '_so_', 'C++', '3.5', '12:30', '🇩', 'cafe\u0301', 'ｆｕｌｌ', 'full', 'AT&T', '\ud83d',
  'link', 'kind', 'Haslach', 'author',
] as const // prettier-ignore

const glue = fc.constantFrom(' ', ' ', ' ', '  ', ', ', '. ', '\n', '', '?', '! ', ' – ')

/** A post of none to many words, or of anything at all. */
export const text = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .array(fc.tuple(fc.constantFrom(...words), glue), { maxLength: 14 })
      .map((parts) => parts.map(([word, space]) => word + space).join('')),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.constantFrom('', ' ', '?', '👍', '東京東京', '﷽', 'bag bag bag') },
)

const langs = ['de', 'en', 'de-AT', 'und'] as const
const networks = ['mastodon', 'bluesky', 'feed'] as const
export const sources = [
  { id: 'src_one', name: 'My Feed' },
  { id: 'src_two', name: 'Straßen-Blog' },
] as const

export const document: fc.Arbitrary<{ draft: Draft; context: DocumentContext & { lang: string } }> = fc
  .record({
    text,
    title: fc.oneof(fc.constant(null), text),
    kind: fc.constantFrom(...mentionKinds),
    handle: fc.constantFrom(null, '@lena@ruhr.social', 'ana.codes', 'O’Neil "x"', 'petra@example.org', 'ßtraße'),
    name: fc.constantFrom(null, 'Lena Müller', 'ANA', '東京'),
    followers: fc.constantFrom(null, 0, 10, 1_023, 1_024, 5_000, 250_000),
    publishedAt: fc.integer({ min: 1_763_000_000_000, max: 1_763_900_000_000 }),
    lang: fc.constantFrom(...langs),
    country: fc.constantFrom(null, 'DE', 'AT'),
    url: fc.constantFrom(null, 'https://www.shop.example.org/x', 'https://mastodon.example/@a/1', 'not a url'),
    links: fc.constantFrom<string[]>(
      [],
      ['https://shop.example.org/a/b'],
      [...Array.from({ length: 16 }, (_, i) => `https://d${i}.example/`), 'https://shop.example.org/a'],
      ['https://other.example/?q=1', 'https://www.example.org'],
    ),
    media: fc.constantFrom<Draft['media']>([], ['image' as const], ['video' as const, 'image' as const]),
    private: fc.boolean(),
    inReplyTo: fc.constantFrom(null, '7'),
    likes: fc.constantFrom(null, 0, 40),
    source: fc.constantFrom(...sources),
    network: fc.constantFrom(...networks),
    sentiment: fc.constantFrom('negative' as const, 'neutral' as const, 'positive' as const),
    intents: fc.constantFrom<('complaint' | 'question')[]>([], ['complaint'], ['question'], ['complaint', 'question']),
    relevant: fc.constantFrom(null, true, false),
    aspects: fc.constantFrom<string[]>([], ['delivery'], ['Falcon X', 'delivery'], ['Lieferung']),
  })
  .map((d) => ({
    draft: {
      externalId: 'x',
      kind: d.kind,
      text: d.text,
      title: d.title,
      url: d.url,
      author:
        d.handle === null ? null : { id: d.handle, handle: d.handle, name: d.name, url: null, followers: d.followers },
      publishedAt: d.publishedAt,
      lang: null,
      country: d.country,
      threadId: null,
      inReplyTo: d.inReplyTo,
      engagement: d.likes === null ? null : { likes: d.likes, reposts: null, replies: 1 },
      links: d.links,
      media: d.media,
      private: d.private,
      raw: null,
    },
    context: {
      sourceId: d.source.id,
      sourceName: d.source.name,
      network: d.network,
      lang: d.lang,
      sentiment: d.sentiment,
      intents: d.intents,
      aspects: d.aspects,
      relevant: d.relevant,
    },
  }))

const plainWord = fc.constantFrom(
  ...words.filter((word) => !/["()]|:\/\/|www|\ud83d$|^\W$/.test(word) && !word.startsWith('-')),
)
const pattern = fc
  .constantFrom(
    'delay*',
    'del?y',
    '*fe',
    '#sal*',
    '東*',
    '*a*',
    'd*l*',
    'wi-f*',
    's?le',
    '👍*',
    '?',
    'lost*',
    'lin*',
    'aut*',
    'h*',
    'ki?d*',
    '*k',
    's*e*',
  )
  .filter((p) => p !== '?')
const phraseText = fc.array(fc.oneof({ weight: 5, arbitrary: plainWord }, { weight: 1, arbitrary: pattern }), { minLength: 1, maxLength: 3 }).map((list) => list.join(' ')) // prettier-ignore
const field = fc.constantFrom(
  'author:lena', 'author:"Lena Müller"', 'author:le*', 'author:@lena@ruhr.social', 'author:*codes', 'author:ßtraße', 'network:mastodon', 'network:m*', 'source:src_one', 'source:"my feed"',
  'source:stra*', 'source:nope', 'lang:de', 'lang:de-at', 'lang:(en OR und)', 'country:at', 'site:example.org', 'site:*.example', 'url:shop.example.org', 'url:shop.example.org/x', 'url:*/@a*', 'to:lena', 'to:len*', 'to:@lena@ruhr.social', 'link:example.org', 'link:shop.example.org/a',
  'link:*?q*', 'kind:reply', 'kind:post,mail', 'has:link', 'has:image', 'has:media', 'has:hashtag', 'has:mention', 'has:emoji', 'has:country', 'is:reply', 'is:question', 'is:private', 'is:quote',
  'followers:>1000', 'followers:<100', 'followers:1024', 'followers:>=250k', 'engagement:>10', 'engagement:1..41', 'sentiment:negative', 'intent:complaint', 'intent:(question OR lead)', 'aspect:delivery', 'aspect:lieferung', 'aspect:"Falcon X"', 'aspect:fal*', 'relevance:no', 'category:press', '-category:"product safety"', '-relevance:no', 'relevance:yes', 'since:2025-11-15', 'until:2025-11-18',
) // prettier-ignore
const raw = fc.constantFrom(
  'raw:"Delays"',
  'raw:"café"',
  'raw:"bag, lost"',
  'raw:"?"',
  'raw:"👍"',
  'raw:"#sale"',
  'raw:"C++"',
  'raw:"Lost"',
  'raw:"bag "',
)
const span = fc.oneof(
  plainWord,
  pattern,
  phraseText.map((phrase) => `"${phrase}"`),
)
const near = fc
  .tuple(span, fc.constantFrom('NEAR/0', 'NEAR/2', 'ONEAR/1', 'ONEAR/4'), span, fc.option(span))
  .map(([a, operator, b, c]) => (c === null ? `${a} ${operator} ${b}` : `(${a} OR ${c}) ${operator} ${b}`))
const leaf = fc.oneof(
  { weight: 6, arbitrary: plainWord },
  { weight: 2, arbitrary: pattern },
  { weight: 3, arbitrary: phraseText.map((phrase) => `"${phrase}"`) },
  {
    weight: 2,
    arbitrary: fc.tuple(phraseText, fc.integer({ min: 0, max: 4 })).map(([phrase, slop]) => `"${phrase}"~${slop}`),
  },
  { weight: 2, arbitrary: near },
  { weight: 5, arbitrary: field },
  { weight: 1, arbitrary: raw },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'delay~1',
      'bag~1',
      'strasse~2',
      'lost~2',
      '"bag * lost"',
      '"the * * bag"',
      '"lost bag * delay*"',
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('', '-'), plainWord, fc.constantFrom(' OR ', ' ', ' NEAR/2 ', ' NOT '), span)
      .map(([no, a, operator, b]) => `${no}title:(${a}${operator}${b})`),
  },
)

/** Queries of the whole language, a few levels deep; nearly all can be read. */
export const queryText: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc
      .tuple(tie('node'), fc.constantFrom(' AND ', ' OR ', ' '), tie('node'))
      .map(([a, operator, b]) => `(${a}${operator}${b})`),
    tie('node').map((a) => `NOT ${a}`),
    tie('node').map((a) => `-(${a})`),
    fc.array(tie('node'), { minLength: 2, maxLength: 4 }).map((list) => `(${list.join(' OR ')})`),
  ),
})).node
