import { describe, expect, it } from 'vitest'
import { promiseWords } from '#engine/replies/promise-words.ts'
import { fillReply } from '#engine/replies/reply-text.ts'
import { spokenName } from '#engine/replies/spoken-name.ts'

const author = (name: string | null, handle = '@win@ruhr.social') => ({
  id: '1',
  name,
  handle,
  url: null,
  followers: null,
})
const facts = {
  author: 'Ana',
  brand: 'Kaffora',
  officer: 'Lena',
  desk: 'Care',
  link: 'https://x.example/1',
  promise: null,
}

describe('a name in our voice', () => {
  it.each(['Ana', 'José Ñ.', 'J.R. Smith', 'Ana 🦊', '山田 太郎', "O'Neill-Çelik", 'Maria84', 'محمد', 'Ana, Köln'])(
    '%s is said',
    (name) => expect(spokenName(author(name))).toBe(name),
  )

  it.each([
    'Win at https://evil.example/free',
    'www.evil.example',
    'evil.example',
    'ｅｖｉｌ．ｅｘａｍｐｌｅ',
    'ev\u200bil.exa\u200bmple',
    'evil。example',
    'hxxp evil',
    't.me/evil',
    'Ana @security',
    'Ana ＠security',
    'Kaffora Support: call +49 900 123',
    'Call 0900 12',
    'Ruf an: ٠٩٠٠١٢٣',
    '{brand}',
    '{{contact.name}}',
    '%name%',
    '<b>Ana</b>',
    '[Ana](x)',
    '#1 Deals',
    'x'.repeat(80),
    '!!!',
    '',
    '\u202e',
    null,
  ])('%j is not, the handle is', (name) => expect(spokenName(author(name))).toBe('@win@ruhr.social'))

  it('neither is a handle that is none', () => {
    expect(spokenName(author('https://evil.example', 'Win at https://evil.example'))).toBeNull()
    expect(spokenName(null)).toBeNull()
  })

  it('is on one line', () => expect(spokenName(author('Ana\n\nMüller\u202e'))).toBe('Ana Müller'))
})

describe('a placeholder', () => {
  it.each([
    '{Kunde}',
    '{customer}',
    '{Autor}',
    '{{contact.name}}',
    '{{{name}}}',
    '${name}',
    '#{name}',
    '{0}',
    '{}',
    '{ first name }',
    '{Hi|Hello}',
    '{% if customer %}',
    '<%= name %>',
    '[[name]]',
    '[Name]',
    '[Your name]',
    '[Kundenname]',
    '[ORDER_ID]',
    '<Vorname>',
    '«Nom»',
    '%name%',
    '%%first_name%%',
    '*|FNAME|*',
    '@@name@@',
    '##NAME##',
    '__NAME__',
    '$name',
    '{!Contact.Name}',
    '｛name｝',
    'https://x.example/?o={order}',
  ])('%s that is not known is named and stays', (text) => {
    const { text: filled, missing } = fillReply(`Hello ${text}, sorry!`, facts)
    expect(filled).toBe(`Hello ${text}, sorry!`)
    expect(missing).toHaveLength(1)
    expect(text).toContain(missing[0])
  })

  it.each(['{Author}', '{AUTHOR}', '{{author}}', '{ author }', '{{ Author }}'])('%s is filled', (text) =>
    expect(fillReply(`Hi ${text}!`, facts)).toEqual({ text: 'Hi Ana!', missing: [] }),
  )

  it.each([
    '20% off, 100 % sure, 5%-10%',
    'a < b > c',
    '[1] see below',
    'https://x.example/a%20b%20c%C3%BC',
    'price $5, $AAPL',
    '#kaffora #tea',
    'we (really) mean it',
    'snake_case and __init',
    '<3',
    ':-]',
    '“quoted”',
    '@lena@ruhr.social',
    '*thanks*',
  ])('%s is none', (text) => expect(fillReply(text, facts)).toEqual({ text, missing: [] }))

  it('of a name that was filled in is not filled again', () =>
    expect(fillReply('{author}', { ...facts, author: '{brand}' }).text).toBe('{brand}'))
})

describe('a promise', () => {
  const now = Date.parse('2026-11-20T11:00:00+01:00')
  const day = 86_400_000
  const words = (days: number, lang = 'en', country: string | null = 'DE') =>
    promiseWords({ dueAt: now + days * day, now, zone: 'Europe/Berlin', lang, country })

  it.each([
    [0, 'Friday 11:00'],
    [1, 'Saturday 11:00'],
    [2, 'Sunday 22 November at 11:00'],
    [10, 'Monday 30 November at 11:00'],
    [30, 'Sunday 20 December at 11:00'],
    [50, 'Saturday, 9 January 2027 at 11:00'],
  ])('%i days ahead is %s', (days, expected) => expect(words(days)).toBe(expected))

  it('is in German for who writes German', () => expect(words(10, 'de')).toBe('Montag, 30. November um 11:00'))

  it.each([
    ['en', 'IN', true],
    ['pt', null, true],
    ['en', 'US', true],
    ['de', null, false],
    ['fr', 'FR', false],
    ['de', 'AT', false],
    ['und', null, false],
    ['xx-nonsense-', '??', false],
  ] as const)('says its zone to %s of %s: %s', (lang, country, named) =>
    expect(/CET|MEZ|GMT|UTC/.test(words(10, lang, country))).toBe(named),
  )

  it('counts days where the desk is', () => {
    const late = Date.parse('2026-11-20T23:30:00+01:00')
    expect(
      promiseWords({ dueAt: late + day + 3_600_000, now: late, zone: 'Europe/Berlin', lang: 'en', country: 'DE' }),
    ).toBe('Sunday 22 November at 00:30')
  })
})
