import { afterEach, beforeEach, expect, it } from 'vitest'
import { idApart, isSameLetter } from '#engine/intake/same-letter.ts'
import { mentionsAfter } from '#engine/store/queries/mentions.ts'
import { draft, noon, openTestStation, type TestStation } from '#tests/engine/store/station.ts'

let station: TestStation
beforeEach(() => void (station = openTestStation()))
afterEach(() => station.close())

const by = (id: string) => ({ id, handle: id, name: null, url: null, followers: null })
const letter = (who: string, text: string, publishedAt: number) =>
  draft({ externalId: 'static@forms.example', kind: 'mail', author: by(who), text, publishedAt, private: true })
const lea = letter('lea@mill.example', 'It hums.', noon - 9000)
const max = letter('max@mill.example', 'Where is my order?', noon - 5000)

it('mails of two people with one id are two, in one look or in two, and none becomes more by being read again', async () => {
  expect(await station.push([lea, max, lea])).toMatchObject({ stored: 2, duplicates: 1 })
  expect(await station.push([max, lea])).toMatchObject({ stored: 0, duplicates: 2 })
  const again = letter('lea@mill.example', 'It still hums.', noon - 1000)
  expect(await station.push([again])).toMatchObject({ stored: 1, duplicates: 0 })
  const all = mentionsAfter(station.store, 0, 10)
  expect(all.map(({ text }) => text)).toEqual(['It hums.', 'Where is my order?', 'It still hums.'])
  expect(new Set(all.map(({ externalId }) => externalId)).size).toBe(3)
})

it('posts are what their id says', async () => {
  const post = { externalId: '7', publishedAt: noon - 9000 }
  expect(await station.push([draft({ ...post, text: 'one' }), draft({ ...post, text: 'two' })])).toMatchObject({
    stored: 1,
  })
})

it('a mail that is read better the second time is the same', () => {
  expect(isSameLetter(lea, { ...lea, text: 'It hums.\n\n> old' })).toBe(true)
  expect(isSameLetter(lea, { ...lea, author: by('form@mill.example') })).toBe(true)
  expect(isSameLetter(lea, { ...lea, publishedAt: noon })).toBe(true)
  expect(isSameLetter(lea, max)).toBe(false)
  expect(idApart(lea)).toBe(idApart({ ...lea }))
})
