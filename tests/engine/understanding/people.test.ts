import { describe, expect, it } from 'vitest'
import { influenceOf } from '#engine/understanding/influence.ts'
import { aliasesOf, bareHandle, LINK_FROM, samePerson, SUGGEST_FROM } from '#engine/understanding/same-person.ts'

describe('influence', () => {
  const nobody = { network: 'mastodon', followers: null, meanEngagement: null, mentions: 1, heard: 1 }
  it('stays unknown when nothing about the audience is known', () => {
    expect(influenceOf(nobody)).toMatchObject({ total: null, reach: null, resonance: null })
  })
  it('tells no followers from unknown followers', () => {
    expect(influenceOf({ ...nobody, followers: 0 }).reach).toBe(0)
    expect(influenceOf({ ...nobody, followers: 0 }).total).not.toBeNull()
  })
  it('grows with followers, reactions and history, and never leaves 0 … 100', () => {
    const at = (followers: number, meanEngagement: number | null, mentions: number): number =>
      influenceOf({ network: 'x', followers, meanEngagement, mentions, heard: mentions }).total!
    expect(at(1000, 5, 1)).toBeGreaterThan(at(100, 5, 1))
    expect(at(1000, 500, 1)).toBeGreaterThan(at(1000, 5, 1))
    expect(at(1000, 5, 30)).toBeGreaterThan(at(1000, 5, 3))
    expect(at(1e12, 1e12, 1e6)).toBeLessThanOrEqual(100)
  })
  it('compares networks by what is much there', () => {
    const on = (network: string): number => influenceOf({ ...nobody, network, followers: 20_000 }).total!
    expect(on('mastodon')).toBeGreaterThan(on('x'))
  })
  it('rings the bell for a silent newcomer with a big audience', () => {
    expect(
      influenceOf({ network: 'x', followers: 2_000_000, meanEngagement: null, mentions: 1, heard: 0 }).total,
    ).toBeGreaterThanOrEqual(80)
  })
})

describe('the same person on two networks', () => {
  const account = (network: string, handle: string, name: string | null = null, url: string | null = null) => ({
    network,
    handle,
    name,
    url,
  })
  it.each([
    ['@Lena_K@ruhr.social', 'lenak'],
    ['lena-k.bsky.social', 'lenak'],
    ['u/LenaK', 'lenak'],
    ['@Zoë', 'zoe'],
  ])('%s is %s', (handle, bare) => expect(bareHandle(handle)).toBe(bare))

  it('links a rare handle with the same full name', () => {
    const likeness = samePerson(
      account('mastodon', '@lena.krause87@ruhr.social', 'Lena Krause'),
      account('bluesky', 'lenakrause87.bsky.social', 'Lena Krause'),
    )
    expect(likeness.confidence).toBeGreaterThanOrEqual(LINK_FROM)
    expect(likeness.because).toEqual(['sameHandle', 'sameName'])
  })
  it('only suggests where the handle may be anybody', () => {
    const { confidence } = samePerson(
      account('mastodon', '@lena@a.b', 'Lena'),
      account('bluesky', 'lena.bsky.social', 'Lena'),
    )
    expect(confidence).toBeLessThan(LINK_FROM)
  })
  it('does not link two people of one name', () => {
    const { confidence } = samePerson(
      account('mastodon', '@ts1'),
      account('bluesky', 'thomas.schmidt.example', 'Thomas Schmidt'),
    )
    expect(confidence).toBeLessThan(SUGGEST_FROM)
    const namesakes = samePerson(
      account('mastodon', '@kurti', 'Thomas Schmidt'),
      account('bluesky', 'tomtom', 'Thomas Schmidt'),
    )
    expect(namesakes.confidence).toBeLessThan(LINK_FROM)
  })
  it('never links within a network, nor generic names', () => {
    expect(samePerson(account('x', '@lenakrause87'), account('x', '@lenakrause87')).confidence).toBe(0)
    expect(samePerson(account('x', '@support'), account('bluesky', 'support')).confidence).toBe(0)
    expect(aliasesOf(account('x', '@info'))).toEqual([])
  })
})
