import { expect, it } from 'vitest'
import { causeOf } from '#engine/alerts/cause.ts'
import type { CauseMention } from '#engine/store/queries/alert-counts.ts'

const said = (seq: number, changes: Partial<CauseMention> = {}): CauseMention => ({
  seq,
  at: seq * 1_000,
  network: 'mastodon',
  lang: 'en',
  country: 'GB',
  author: seq,
  handle: `one${seq}`,
  problem: 7,
  root: seq,
  text: 'The checkout refuses my card',
  sentiment: 0,
  followers: 10,
  private: 0,
  listens: null,
  ...changes,
})
const named = {
  stationId: 'st',
  skip: new Set<string>(),
  problem: (no: number) => ({ id: `prb_${no}`, label: 'Card is refused' }),
}

it('says first what it is about, and last where it was said', () => {
  const { causes } = causeOf([said(1), said(2), said(3), said(4, { author: 1, handle: 'one1' })], named)
  const kinds = causes.map(({ kind }) => kind)
  expect([...new Set(kinds)]).toEqual(['problem', 'term', 'author', 'place', 'language', 'network'])
  expect(causes[0]).toMatchObject({ id: 'prb_7', share: 1, count: 4 })
})

it('counts copies of one text as one voice', () => {
  const copies = Array.from({ length: 8 }, (_, i) => said(10 + i, { root: 10, text: 'Free coffee for everyone' }))
  const { causes } = causeOf([said(1), said(2), ...copies], named)
  expect(causes.find(({ label }) => label === 'coffee')?.share ?? 0).toBeLessThan(0.4)
})
