import { describe, expect, it } from 'vitest'
import { matterNames, tradeAspects } from '#shared/model/trade-aspects.ts'
import { en } from '#shared/words/en/index.ts'
import { createAspectFinder, forAspects, type AspectFinder } from '#engine/understanding/aspects/aspects.ts'
import { matters, namedConcepts } from '#engine/understanding/aspects/matters.ts'
import { readAspects } from '#engine/understanding/aspects/read-aspects.ts'
import { openLexicon } from '#engine/understanding/concepts/lexicon.ts'
import { tokenize } from '#engine/understanding/tokens.ts'
import { shippedLexicon, shippedModels } from './models.ts'

const { lexicon: file } = shippedModels()
const finders = new Map<string, AspectFinder>()
function finder(own = ''): AspectFinder {
  let found = finders.get(own)
  if (!found) finders.set(own, (found = createAspectFinder(openLexicon(file, readAspects(own).aspects, forAspects))))
  return found
}
const namesIn = (text: string, lang = 'und', own = ''): string[] =>
  finder(own)
    .find(tokenize(text), lang)
    .map(({ name }) => name)
const mattersIn = (text: string, lang?: string): string[] =>
  namesIn(text, lang).filter((name) => matterNames.includes(name))

describe('aspects', () => {
  it.each([
    ['the delivery was late and too expensive', ['delivery', 'delay', 'price']],
    ['Kundendienst nimmt nicht ab, Rechnung falsch', ['support', 'payment']],
    ['customer service hung up on me', ['support']],
    ['mein Gepäckstück fehlt', ['baggage']],
    ['good morning', []],
    // Words of a trade in another sense.
    ['two bags of the house blend, please', []],
    ['she brings a lot of emotional baggage to the tasting', []],
    ['you can contract salmonella from that milk', ['safety']],
    ['muscles contract when it is cold', []],
    ['the barista is charging ahead', []],
    ['a social network for baristas', []],
    ['my bag did not come off the belt after the flight', ['baggage']],
    ['they sent my bags to another airport', ['baggage']],
    ['my contract runs out in May', ['contract']],
    ['the contract renews every month and nobody told me', ['contract']],
    ['no internet since the router was replaced', ['network']],
    ['the phone stops charging at 80 percent', ['battery']],
  ])('of %j', (text, expected) => expect(mattersIn(text)).toEqual(expected))

  it.each([
    ['the brand is personal to me', 'en', []],
    ['in der Küche war ein Brand', 'de', ['safety']],
    ['das Personal war freundlich', 'de', ['staff']],
    ['la atención es mala', 'es', []],
    ['minha mala não chegou ao aeroporto', 'pt', ['baggage']],
    ['ich vertrage keine Milch', 'de', []],
    ['mein Vertrag läuft aus', 'de', ['contract']],
    ['der Kofferraum klemmt', 'de', []],
    ['je voudrais charger l’appli', 'fr', ['app']],
  ])('of %j in %s: a word of another language counts in that one', (text, lang, expected) =>
    expect(mattersIn(text, lang)).toEqual(expected),
  )

  it('knows the products of the customer first', () => {
    const own = '# ours\nFalcon X: falcon x, fx900\nFalcon: falcon*\n'
    expect(namesIn('the Falcon X is great, the falcons are not, fx900 neither', 'en', own)).toEqual([
      'Falcon X',
      'Falcon',
    ])
    expect(readAspects('Falcon').aspects).toEqual([{ name: 'Falcon', words: ['falcon'] }])
  })
  it('names the lines that cannot be read', () => {
    expect(readAspects('ok: a1, b2\n: x\nbad: a*b').problems.map(({ line }) => line)).toEqual([2, 3])
  })
  it('finds at most eight matters and eight parts, each once, with its place', () => {
    const text =
      'price price delivery app battery staff contract privacy fire luggage refund quality delay router door lamp sofa oven'
    const found = finder().find(tokenize(text), 'en')
    expect(found.filter(({ name }) => matterNames.includes(name))).toHaveLength(8)
    expect(found.filter(({ name }) => !matterNames.includes(name)).length).toBeLessThanOrEqual(8)
    expect(text.slice(found[1]!.start, found[1]!.end)).toBe('delivery')
    expect(new Set(found.map(({ name }) => name)).size).toBe(found.length)
  })

  it.each([
    ['en', 'the parcel locker would not open', ['delivery', 'parcel-locker']],
    ['de', 'Meine Kartenzahlung wurde abgelehnt', ['payment', 'card-payment']],
    ['es', 'la batería de la tableta', ['battery', 'tablet']],
    ['fr', 'mon abonnement et la facture', ['contract', 'subscription', 'payment', 'invoice']],
    ['it', 'il forno non scalda', ['oven']],
    ['nl', 'de router doet het niet', ['network', 'router', 'quality']],
    ['pt', 'a impressora parou', ['printer']],
    ['en', 'tap the button', ['button']],
    ['en', 'I support this', []],
    ['en', 'the battery drains fast', ['battery']],
    ['en', 'your support never answers', ['support', 'customer-service']],
    ['en', 'The tap drips', ['tap']],
  ])('%s: %s names the parts beside their matters', (lang, text, expected) =>
    expect(namesIn(text, lang)).toEqual(expected),
  )

  it('names matters of concepts that the lexicon has, each with a word in the catalogues', () => {
    const known = new Set(shippedLexicon().concepts.map(({ kind, id }) => `${kind}/${id}`))
    expect(namedConcepts.filter((concept) => !known.has(concept))).toEqual([])
    expect([...matters].sort()).toEqual([...matterNames].sort())
    for (const name of matterNames) expect(Object.hasOwn(en, `aspect.${name}`)).toBe(true)
    for (const name of tradeAspects) expect(matterNames).toContain(name)
  })

  it('reads a name that means nothing without its signs as no word', () => {
    expect(readAspects('C++').problems.map(({ line }) => line)).toEqual([1])
    expect(readAspects('Tea: 茶').problems).toEqual([])
    expect(namesIn('c is next', 'en', 'Compiler: c++, cxx')).toEqual([])
  })
})
