import { describe, expect, it } from 'vitest'
import { markNames } from '#engine/understanding/sentiment/names.ts'
import { tokenize } from '#engine/understanding/tokens.ts'

const names = (text: string, lang = 'en'): string[] => {
  const tokens = tokenize(text)
  const marks = new Uint8Array(400)
  markNames(text, tokens, lang, marks)
  return tokens.flatMap(({ start, end }, at) => (marks[at] === 1 ? text.slice(start, end) : []))
}

describe('names by how they are written', () => {
  it.each([
    ['Happy Donkey opens a second shop on our street', 'en', ['Happy', 'Donkey']],
    ['the parking of Sad Songs Arena is on level two', 'en', ['Sad', 'Songs', 'Arena']],
    ['le magasin Bonne Chance ferme à midi', 'fr', ['Bonne', 'Chance']],
    ['wir treffen uns bei Böse Buben am Markt', 'de', ['Böse', 'Buben']],
    // A noun at the beginning of a German sentence, and every noun after it.
    ['Schlechter Service bei euch seit dem Umzug', 'de', []],
    ['Happy Birthday to all of you out there', 'en', []],
    ['Thank You for the quick answer yesterday', 'en', []],
    // A headline says nothing about names.
    ['Worst Airline Ever Loses My Bags', 'en', []],
    ['WORST AIRLINE ever lost my bags', 'en', []],
    ['the update is not good', 'en', []],
    ['I love it', 'en', []],
    ['', 'en', []],
  ])('%s', (text, lang, found) => expect(names(text, lang)).toEqual(found))
})
