import { describe, expect, it } from 'vitest'
import { linkRelations, rateLimit, retryAfterMs } from '#engine/platform/http-headers.ts'

const now = Date.parse('2026-11-20T10:00:00Z')

describe('Retry-After', () => {
  it.each([
    ['120', 120_000],
    ['0', 0],
    ['Fri, 20 Nov 2026 10:02:00 GMT', 120_000],
    ['Fri, 20 Nov 2026 09:00:00 GMT', 0],
    ['soon', null],
    ['', null],
  ])('%s', (value, expected) => {
    expect(retryAfterMs({ 'retry-after': value }, now)).toBe(expected)
  })

  it('is null when it is not there', () => {
    expect(retryAfterMs({}, now)).toBeNull()
  })
})

describe('rate limits', () => {
  it.each([
    ['2026-11-20T10:05:00.123456Z', now + 300_123],
    [String(now / 1000 + 300), now + 300_000],
    ['300', now + 300_000],
    ['later', null],
  ])('renewed at %s', (reset, resetsAt) => {
    const headers = { 'x-ratelimit-limit': '300', 'x-ratelimit-remaining': '120', 'x-ratelimit-reset': reset }
    expect(rateLimit(headers, now)).toEqual({ used: 180, limit: 300, resetsAt })
  })

  it('are unknown unless limit and remaining are numbers', () => {
    expect(rateLimit({ 'x-ratelimit-limit': '300' }, now)).toBeNull()
    expect(rateLimit({ 'x-ratelimit-limit': 'many', 'x-ratelimit-remaining': '1' }, now)).toBeNull()
  })
})

describe('Link', () => {
  it('is read with relative addresses, several relations and without quotes', () => {
    const link =
      '</p?max_id=2>; rel="next last", <https://b.example/?a=1,2>; title="x"; rel=prev, <http://[>; rel="broken", nonsense'
    expect(linkRelations({ link }, 'https://a.example/x')).toEqual({
      next: 'https://a.example/p?max_id=2',
      last: 'https://a.example/p?max_id=2',
      prev: 'https://b.example/?a=1,2',
    })
  })
})
