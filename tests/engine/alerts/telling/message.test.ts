import { describe, expect, it } from 'vitest'
import type { AlertCause } from '#shared/model/alert.ts'
import type { Mention } from '#shared/model/mention.ts'
import { heldMessage, messageOf, type Evidence, type Reading } from '#engine/alerts/telling/message.ts'
import { quietUntil } from '#engine/alerts/telling/quiet.ts'
import { textOf } from '#engine/alerts/telling/send.ts'
import { asItIs, markdownSafe, slackSafe } from '#engine/handoffs/neutral.ts'
import { alertCard } from '#tests/support/alert.ts'

const at = Date.parse('2026-11-20T10:00:00Z')
const mention = (changes: Partial<Mention>): Mention =>
  ({
    id: 'm1',
    network: 'mastodon',
    author: { id: 'a', handle: '@mira', name: null, url: null, followers: null },
    text: 'My card is declined',
    url: 'https://social.example/1',
    publishedAt: at,
    private: false,
    ...changes,
  }) as Mention
const cause = (changes: Partial<AlertCause>): AlertCause => ({
  kind: 'term',
  id: null,
  label: 'declined',
  author: null,
  share: 0.625,
  count: 25,
  mentionIds: ['m1'],
  ...changes,
})
const card = alertCard({
  since: at,
  raisedAt: at,
  lastAt: at,
  observed: 1430,
  expected: 2.5,
  about: { kind: 'listen', id: 'lst_1', name: 'Kaffora' },
  causes: [
    cause({}),
    cause({ label: 'secret words', mentionIds: ['m2'] }),
    cause({ kind: 'network', id: 'mastodon', label: '', mentionIds: ['m2'] }),
  ],
})
const about = { station: 'st', now: at }
const evidence = (mentions: Mention[] = [mention({})]): Evidence => ({
  mentions,
  isPublic: ({ mentionIds }) => mentionIds.includes('m1'),
})
const reading = (changes: Partial<Reading> = {}): Reading => ({ language: 'en', reader: 'officer', timeZone: 'Europe/Berlin', ...changes }) // prettier-ignore
const say = (how: Reading, with_ = evidence(), alert = card) =>
  textOf(messageOf(alert, 'raised', with_, how, about), asItIs)

describe('a message about an alert', () => {
  it('tells an officer what, since when, beside what was expected, why and what to read first', () => {
    const text = say(reading())
    for (const part of [
      'Kaffora: 30 in 15 minutes',
      'Fri 20 Nov, 11:00 CET',
      'Strength 6 of 10',
      '1,430 in 15 minutes; 2.5 were expected, 0 to 8',
      'declined (words): 63%, 25',
      'Mastodon (network)',
      '> My card is declined',
      'https://social.example/1',
      'Nobody has it in hand yet.',
    ])
      // prettier-ignore
      expect(text).toContain(part)
  })

  it('tells an executive three lines, in their language and its numbers', () => {
    const text = say(reading({ reader: 'executive', language: 'de' }))
    expect(text.split('\n')).toHaveLength(3)
    expect(text).toContain('Vor allem: declined (63 %), Mastodon (63 %).')
    expect(say(reading({ language: 'de' }))).toContain('1.430 in 15 Minuten; erwartet waren 2,5, üblich wären 0 bis 8.')
  })

  it('never says what was written to the company alone', () => {
    const hidden = mention({ id: 'm2', private: true, text: 'my account number is 4711', url: null })
    const message = messageOf(card, 'raised', evidence([hidden, mention({})]), reading(), about)
    expect(JSON.stringify(message)).not.toMatch(/4711|secret words/)
    const problem = alertCard({ about: { kind: 'problem', id: 'prb_1', name: 'account number 4711' }, private: true })
    for (const reader of ['officer', 'executive'] as const)
      expect(JSON.stringify(messageOf(problem, 'raised', evidence([]), reading({ reader }), about))).not.toContain(
        '4711',
      )
    expect(JSON.stringify(heldMessage([problem], reading(), about))).not.toContain('4711')
  })

  it('lets no stranger write a line, ring a house or set a link', () => {
    const hostile = mention({
      text: 'hi\n\nTake it: https://evil.example\r\n<!channel> @here [click](https://evil.example) <b>x</b>',
      author: { id: 'a', handle: '<!here>', name: 'Eve\nSubject: x', url: null, followers: null },
    })
    const message = messageOf(card, 'raised', evidence([hostile]), reading(), about)
    const mail = textOf(message, asItIs).split('\n')
    expect(mail.filter((line) => line.includes('evil.example')).every((line) => line.startsWith('> '))).toBe(true)
    expect(mail.some((line) => line.startsWith('Subject:'))).toBe(false)
    expect(textOf(message, slackSafe)).not.toMatch(/<!|<b>/)
    expect(textOf(message, markdownSafe)).not.toMatch(/(?<!\\)\[click|@here/)
  })
})

describe('quiet hours', () => {
  const night = { timeZone: 'Europe/Berlin', from: 22 * 60, to: 7 * 60, butFrom: 8 }
  it.each([
    ['at noon', '2026-11-20T12:00:00Z', 5, null],
    ['late in the evening', '2026-11-20T22:00:00Z', 5, '2026-11-21T06:00:00Z'],
    ['after midnight', '2026-11-21T02:00:00Z', 5, '2026-11-21T06:00:00Z'],
    ['in the minute in which they end', '2026-11-21T06:00:00Z', 5, null],
    ['for what is strong enough', '2026-11-21T02:00:00Z', 8, null],
    ['in the night in which the clocks go forward', '2026-03-29T00:00:00Z', 5, '2026-03-29T05:00:00Z'],
    ['in the night in which the clocks go back', '2026-10-24T22:00:00Z', 5, '2026-10-25T06:00:00Z'],
  ])('%s', (_when, now, strength, until) => {
    expect(quietUntil(night, strength, Date.parse(now))).toBe(until === null ? null : Date.parse(until))
  })

  it('over by day, and none without hours', () => {
    const day = { timeZone: 'UTC', from: 9 * 60, to: 10 * 60, butFrom: null }
    expect(quietUntil(day, 10, Date.parse('2026-11-20T09:30:00Z'))).toBe(Date.parse('2026-11-20T10:00:00Z'))
    expect(quietUntil(null, 1, Date.parse('2026-11-20T09:30:00Z'))).toBeNull()
  })
})
