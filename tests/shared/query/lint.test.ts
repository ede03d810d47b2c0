import { describe, expect, it } from 'vitest'
import { explain } from '#shared/query/explain.ts'
import { lint } from '#shared/query/lint.ts'
import { parseQuery } from '#shared/query/parse.ts'

const found = (text: string): string[] => {
  const parsed = parseQuery(text)
  if (!parsed.ok) throw new Error(parsed.error.code)
  return lint(parsed.value, { networks: ['mastodon', 'feed'] }).map(({ severity, code, start, end }) => `${severity} ${code} ${text.slice(start, end)}`) // prettier-ignore
}

describe('what is probably not meant', () => {
  it.each<[string, string[]]>([
    ['bag lost', []],
    ['(bag OR "lost case") AND NOT (job OR hiring) lang:de', []],
    ['bag NOT bag', ['warning dead-term bag']],
    ['Bag Café -cafe', ['warning dead-term Café']],
    ['(bag OR lost) -lost', ['warning dead-term lost']],
    ['(bag OR lost) -(bag OR lost)', ['warning dead-term (bag OR lost)']],
    ['bag (lost -bag)', ['warning dead-term bag']],
    ['lang:de lang:en', ['warning dead-term lang:en']],
    ['lang:de lang:de-AT', []],
    ['intent:complaint intent:praise', []],
    ['aspect:delivery aspect:price', []],
    ['bag relevance:yes', ['hint judged-later relevance:yes']],
    ['kind:post,reply kind:reply', []],
    ['since:2026-02-01 until:2026-01-01 x', ['warning dead-dates until:2026-01-01']],
    ['followers:>10 followers:<5 x', ['warning dead-term followers:<5']],
    ['NOT bag', ['warning only-not NOT bag']],
    ['-bag -lost', ['warning only-not -bag -lost']],
    ['bag OR -lost', ['warning open-alternative -lost']],
    ['NOT NOT bag', []],
    ['the a', ['hint everyday-only the a']],
    ['bag BAG', ['hint duplicate BAG']],
    ['bag OR "bag"', ['hint duplicate "bag"']],
    ['a1 b1 OR c1', ['hint mixed-operators a1 b1']],
    ['(a1 b1) OR c1', []],
    ['bag and lost', ['hint lowercase-operator and']],
    ['near/5 x1', ['hint lowercase-operator near/5']],
    ['*bag', ['warning leading-wildcard *bag']],
    ['ba*', ['hint short-prefix ba*']],
    ['bag*', []],
    ['C++', ['hint signs-ignored C++']],
    ['東*', ['hint wildcard-ignored 東*']],
    ['#東*', []],
    ['late?', ['hint ends-in-question late?']],
    ['l?te', ['hint short-prefix l?te']],
    ['"bag"~3', ['hint one-word-window "bag"~3']],
    ['bag NEAR/200 lost', ['hint long-distance bag NEAR/200 lost']],
    ['network:twitter x1', ['warning unknown-network twitter']],
    ['lang:xx x1', ['warning unknown-language xx']],
    ['author:*x', ['hint leading-wildcard *x']],
  ])('%s', (text, expected) => expect(found(text)).toEqual(expected))
})

describe('queries in words', () => {
  it.each<[string, string, string]>([
    ['bag', 'Mentions with “bag”.', 'Erwähnungen mit „bag“.'],
    [
      'bag lost -found',
      'Mentions with “bag” and “lost”, without “found”.',
      'Erwähnungen mit „bag“ und „lost“, ohne „found“.',
    ],
    ['-(a OR b)', 'Mentions without “a” or “b”.', 'Erwähnungen ohne „a“ oder „b“.'],
    [
      'bag* b?g #s @l',
      'Mentions with words that begin with “bag”, words like “b?g”, the hashtag #s and the handle @l.',
      'Erwähnungen mit Wörtern, die mit „bag“ beginnen, Wörtern wie „b?g“, dem Hashtag #s und dem Namen @l.',
    ],
    [
      'a NEAR/1 b',
      'Mentions with “a” near “b” (at most 1 other word between).',
      'Erwähnungen mit „a“ nahe „b“ (mit höchstens 1 anderen Wort dazwischen).',
    ],
    ['lang:de country:at', 'Mentions in German, from Austria.', 'Erwähnungen auf Deutsch, aus Österreich.'],
    ['is:question author:lena', 'Mentions that are questions, by “lena”.', 'Erwähnungen als Frage, von „lena“.'],
    [
      'bag until:2026-11-20',
      'Mentions with “bag”, until the end of Nov 20, 2026.',
      'Erwähnungen mit „bag“, bis Ende 20.11.2026.',
    ],
    [
      'bag followers:>999',
      'Mentions with “bag”, at least 1,000 followers.',
      'Erwähnungen mit „bag“, mindestens 1.000 Followern.',
    ],
    [
      'bag -(lost OR lang:de OR followers:>10000)',
      'Mentions with “bag”, without “lost”, not in German and not with at least 10,001 followers.',
      'Erwähnungen mit „bag“, ohne „lost“, nicht auf Deutsch und nicht mit mindestens 10.001 Followern.',
    ],
    ['-lang:de', 'Mentions not in German.', 'Erwähnungen nicht auf Deutsch.'],
    [
      'bag -is:question -has:link',
      'Mentions with “bag”, except those that are questions and not with a link.',
      'Erwähnungen mit „bag“, nicht als Frage und nicht mit einem Link.',
    ],
  ])('%s', (text, english, german) => {
    const parsed = parseQuery(text)
    if (!parsed.ok) throw new Error(parsed.error.code)
    expect([explain(parsed.value, 'en'), explain(parsed.value, 'de')]).toEqual([english, german])
  })

  it('shortens what nobody would read', () => {
    const parsed = parseQuery(Array.from({ length: 1_000 }, (_, i) => `w${i}`).join(' OR '))
    expect(parsed.ok && explain(parsed.value)).toMatch(/“w11” or 988 more\.$/)
  })
})
