import { expect, it } from 'vitest'
import { labelFrom } from '#engine/understanding/problems/label.ts'

const rare = (word: string): number => (word === 'kaffora' ? 0.9 : 0.01)
const say = (texts: string[], lang = 'en'): string | null => labelFrom(texts.map((text) => ({ text, lang })), rare) // prettier-ignore

it('calls a problem what most of its mentions say, in their own words', () => {
  expect(
    say([
      'Kaffora again: payment declined at the counter 🙄',
      '@kaffora payment declined, twice now. http://x.example/1',
      'why is my payment declined, Kaffora?',
      'no coffee today, payment declined',
    ]),
  ).toBe('Payment declined')
})

it('keeps the word that turns it round, and leaves the brand alone', () => {
  expect(say(['Kaffora app not loading', 'the Kaffora app: not loading since six', 'not loading, Kaffora'])).toBe('Not loading') // prettier-ignore
})

it('keeps to the language of most', () => {
  const texts = [
    ...['Karte doppelt abgebucht', 'schon wieder doppelt abgebucht', 'mir wurde doppelt abgebucht'].map((text) => ({ text, lang: 'de' })),
    { text: 'charged twice, charged twice', lang: 'en' },
  ] // prettier-ignore
  expect(labelFrom(texts, rare)).toBe('Doppelt abgebucht')
})

it('says nothing where nothing is shared, whatever the texts are', () => {
  expect(say(['one thing', 'another matter'])).toBeNull()
  expect(say(['', '😡😡', 'http://a.example'])).toBeNull()
  expect(say([])).toBeNull()
})

it.each([
  [['My licence key is rejected as invalid', 'Licence key is not accepted'], /^Licence key is (rejected|not accepted)/],
  [['The app shows an empty page', 'the app shows nothing'], /^App shows (an empty page|nothing)/],
  [['I cannot log in to the app', 'cannot log in since noon'], /cannot log in/i],
])('says of a few what is wrong, not only with what: %j', (texts, name) => expect(say(texts)).toMatch(name))
