import { expect, it } from 'vitest'
import { spellingsOf } from '#engine/listens/names.ts'
import { parseQuery } from '#shared/query/parse.ts'

it.each([
  ['Lufthansa', 'Lufthansa OR #Lufthansa* OR @Lufthansa*'],
  ['  Deutsche   Bahn AG ', '"Deutsche Bahn" OR DeutscheBahn OR #DeutscheBahn* OR @DeutscheBahn*'],
  ['Müller', 'Müller OR Mueller OR @Mueller* OR #Müller* OR @Müller*'],
  ['SAP', 'raw:"SAP" OR #SAP OR @SAP'],
  ['sap', 'raw:"SAP" OR #sap OR @sap'],
  ['Target', 'Target OR #Target* OR @Target*'],
  [
    'Marks & Spencer',
    '"Marks & Spencer" OR "Marks and Spencer" OR "Marks und Spencer" OR MarksSpencer OR #MarksSpencer* OR @MarksSpencer*',
  ],
  ['"Quoted" (Name)', '"Quoted (Name)" OR QuotedName OR #QuotedName* OR @QuotedName*'],
  ['AND', 'raw:"AND" OR #AND OR @AND'],
  ['東京電力', '"東京電力"'],
  ['H&M', '"H&M"'],
  ['NOT OR lang:de', '"NOT OR lang:de" OR NOTORlangde OR #NOTORlangde* OR @NOTORlangde*'],
])('%s', (brand, query) => {
  expect(spellingsOf(brand)?.query).toBe(query)
  expect(parseQuery(query).ok).toBe(true)
})

it('makes a whole character of half a one', () => {
  expect(spellingsOf('Kaffora \ud800')?.name.isWellFormed()).toBe(true)
})

it('needs a letter or a digit', () => {
  expect(spellingsOf('&!')).toBeUndefined()
})
