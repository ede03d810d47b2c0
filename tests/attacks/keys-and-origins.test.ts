import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import {
  allowedOrigins,
  cookieName,
  isOverTls,
  isSession,
  newAccessKeys,
  newSession,
  readCookie,
  refusal,
} from '#hosts/station/access.ts'
import { entryLinks } from '#hosts/station/entry-links.ts'

describe('tokens and sessions', () => {
  const keys = newAccessKeys()

  it('are different every time and long', () => {
    const links = entryLinks(null)
    const made = Array.from({ length: 6 }, () => links.make({ role: 'officer', wall: null }))
    const all = new Set([keys, newAccessKeys(), newAccessKeys()].flatMap((each) => Object.values(each)).concat(made))
    expect(all.size).toBe(9)
    for (const key of all) expect(key).toMatch(/^[\w-]{43}$/)
  })

  it('open exactly one role, once', () => {
    const links = entryLinks(null)
    const officer = links.make({ role: 'officer', wall: null })
    const wall = links.make({ role: 'wall', wall: 'wall_1' })
    fc.assert(fc.property(fc.string(), (guess) => links.use(guess) === undefined))
    expect(links.use(keys.secret)).toBeUndefined()
    expect(links.use(officer)).toMatchObject({ role: 'officer' })
    expect(links.use(officer)).toBeUndefined()
    expect(links.use(wall)).toMatchObject({ role: 'wall', wall: 'wall_1' })
    expect(links.use(wall)).toBeUndefined()
  })

  it('cannot be forged, changed or moved to another role', () => {
    const session = newSession(keys, 'wall')
    expect(isSession(keys, 'wall', session)).toBe(true)
    expect(isSession(keys, 'officer', session)).toBe(false)
    expect(isSession(newAccessKeys(), 'wall', session)).toBe(false)
    expect(isSession(keys, 'wall', `${session}.x`)).toBe(false)
    fc.assert(fc.property(fc.string(), (guess) => !isSession(keys, 'wall', guess)))
    fc.assert(fc.property(fc.nat(session.length - 1), (at) => !isSession(keys, 'wall', session.slice(0, at) + session.slice(at + 1)))) // prettier-ignore
  })
})

it('finds one cookie among others', () => {
  const header = 'a=1; earshot_officer_7315=x.y ;b="earshot_officer_7315=no"; earshot_officer_73155=z'
  expect(readCookie(header, cookieName('officer', 7315))).toBe('x.y')
  expect(readCookie(header, 'missing')).toBeUndefined()
  expect(readCookie(undefined, 'a')).toBeUndefined()
})

describe('names under which a browser may ask', () => {
  const allowed = allowedOrigins(7315, ['Wall.example.org', 'desk.example:8443'])

  it.each([
    ['127.0.0.1:7315', 'http://127.0.0.1:7315'],
    ['localhost:7315', undefined],
    ['wall.example.org', 'https://wall.example.org'],
    ['WALL.EXAMPLE.ORG', 'https://Wall.Example.org'],
    ['desk.example:8443', 'https://desk.example:8443'],
  ])('are ours: %s from %s', (host, origin) => {
    expect(refusal(allowed, { host, origin })).toBeUndefined()
  })

  it.each([
    [undefined, undefined],
    ['127.0.0.1', undefined],
    ['evil.example', undefined],
    ['wall.example.org:8443', undefined],
    ['127.0.0.1:7315', 'http://127.0.0.1:7316'],
    ['127.0.0.1:7315', 'null'],
    ['127.0.0.1:7315', 'http://wall.example.org'],
    ['127.0.0.1:7315', ''],
  ])('are not: %s from %s', (host, origin) => {
    expect(refusal(allowed, { host, origin })).toBeTypeOf('string')
  })
})

describe('a request that came by TLS', () => {
  it.each([
    ['127.0.0.1:7315', undefined, false],
    ['localhost:7315', undefined, false],
    ['[::1]:7315', undefined, false],
    ['127.0.0.1:7315', 'https', true],
    ['wall.example.org', undefined, true],
    ['wall.example.org', 'https', true],
    ['wall.example.org', 'http', false],
    ['wall.example.org:8443', undefined, false],
    ['wall.example.org:8443', 'HTTPS, http', true],
    [undefined, undefined, false],
  ])('%s with %s: %s', (host, forwardedProto, expected) => {
    expect(isOverTls({ host, forwardedProto })).toBe(expected)
  })
})
