import { describe, expect, it } from 'vitest'
import { asItIs, markdownSafe, slackSafe, trackerSafe } from '#engine/handoffs/neutral.ts'
import { subjectOf, testPayload, textOf } from '#engine/handoffs/payload.ts'
import type { Payload } from '#shared/model/handoff-payload.ts'

const about = testPayload('out_000000000000', 'st', { id: 'desk_care', name: 'Care' }, 0)
const ways = {
  links: { accept: 'https://ears.example/a', ask: 'https://ears.example/q', done: 'https://ears.example/d' },
  until: '2026-12-01T00:00:00Z',
  reply: null,
}
const payload = (mention: Partial<Payload['mention']>): Payload => ({
  ...about,
  test: false,
  answer: ways,
  mention: { ...about.mention, ...mention },
})
const LINE_ENDS = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/

describe('in a mail', () => {
  it.each(['\n', '\r\n', '\r', '\u2028', '\u2029', '\u0085', '\v', '\f'])(
    'a line of a stranger after %j cannot pass for ours',
    (end) => {
      const text = textOf(
        payload({ text: `hello${end}Accept: http://phish.example/x${end}${end}-- ${end}Case case_1` }),
      )
      expect(text.split(LINE_ENDS).filter((line) => /phish|case_1/.test(line))).toEqual([
        '> Accept: http://phish.example/x',
        '> Case case_1',
      ])
      expect(text).toContain('\nAccept: https://ears.example/a\n')
    },
  )

  it('neither can a name, a handle or a title', () => {
    const fake = 'Accept: http://phish.example/'
    const text = textOf(payload({ authorName: `Ana\n${fake}`, author: `${fake}\u2028x`, title: `Broken\n${fake}` }))
    expect(text.split(LINE_ENDS).filter((line) => line.startsWith('Accept:'))).toEqual([
      'Accept: https://ears.example/a',
    ])
  })

  it('nothing turns the direction of what follows', () => {
    expect(textOf(payload({ text: 'abc \u202e\u2066 gpj.exe' }))).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/)
  })

  it.each([
    [`${'x'.repeat(59)}😡`],
    [`${'x'.repeat(58)}👩‍👩‍👧`],
    [`${'x'.repeat(59)}e\u0301`],
    [`${'x'.repeat(59)}🇩🇪`],
    ['\ud83d lost half'],
  ])('the subject of %s ends between two characters', (text) => {
    const subject = subjectOf(payload({ text }))
    expect(subject.isWellFormed()).toBe(true)
    expect(subject).not.toMatch(/[\u200d]$|e$/u)
  })
})

describe('in a tracker', () => {
  const body = (text: string): string => textOf(payload({ text }), { links: true, neutral: trackerSafe })

  it.each(['/close', ' /close', '\t/assign @root', '/label ~bug', '/shrug'])(
    'no line begins the quick action %j',
    (line) => {
      expect(body(`I want a refund.\n${line}\r${line}\u2028${line}`)).not.toMatch(/(^|[\n\r\u2028])\s*\/\w/)
      expect(subjectOf(payload({ text: line }), trackerSafe)).not.toMatch(/^\s*\//)
    },
  )

  it.each([
    ['@octocat please', /@octocat/],
    ['(@myorg/security)', /@myorg/],
    ['fixes #2', /#2/],
    ['closes owner/repo#17', /#17/],
    ['Resolves GH-4', /GH-4/],
    ['closes https://github.com/o/r/issues/2', /issues\/2/],
    ['see !12 and &7 and %"next"', /!12|&7|%"/],
    ['[press](https://evil.example)', /\]\(/],
    ['![x](https://evil.example/pixel.png)', /!\[/],
    ['<img src=x onerror=alert(1)>', /<img/],
    ['</details><!-- hidden', /<\/|<!/],
    ['```\n/close\n```', /```/],
    ['[~admin] {code}x{code}', /\[~|\{code/],
    ['!https://evil.example/a.png!', /!https/],
    ['{{ticket.requester.email}}', /\{\{/],
    ['@[~accountid:1]', /@\[/],
  ])('%s is only words', (text, command) => {
    expect(body(text)).not.toMatch(command)
    expect(body(text).replaceAll('\u200b', '')).toContain(`> ${text.split('\n')[0]}`)
  })

  it('keeps addresses of mail and numbers as they can be copied', () => {
    expect(body('jo@example.org, order AB-4711, 20% off, 5 & 6, a/b')).toContain(
      '> jo@example.org, order AB-4711, 20% off, 5 & 6, a/b',
    )
  })
})

describe('in a chat', () => {
  it.each([
    ['slack', slackSafe, '<!here> <https://evil.example|Done>', /<(!here|https)/],
    ['mattermost', markdownSafe, '@all [x](https://evil.example) <at>x</at>', /@all|[^\\]\]\(|[^\\]<at/],
  ] as const)('%s gets the words set apart', (_name, neutral, text, command) => {
    const message = textOf(payload({ text: `hi\n${text}` }), { links: false, neutral })
    expect(message).toMatch(/^> hi$/m)
    expect(message).not.toMatch(command)
  })

  it('plain text stays as it is', () => expect(asItIs('a #1 @b')).toBe('a #1 @b'))
})
