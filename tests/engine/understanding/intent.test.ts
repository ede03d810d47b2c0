import { describe, expect, it } from 'vitest'
import { structureOf } from '#engine/understanding/intent/structure.ts'
import { tokenize } from '#engine/understanding/tokens.ts'
import { createUnderstanding } from '#engine/understanding/understand.ts'
import { shippedModels } from './models.ts'

describe('why somebody writes', () => {
  const understanding = createUnderstanding({ models: shippedModels() })
  it.each([
    ['complaint', 'your courier lost my order and nobody answers the phone, awful service'],
    ['complaint', 'eure App stürzt seit dem Update ständig ab, furchtbar'],
    ['complaint', 'toujours pas de réponse du service client, je suis très déçu'],
    ['complaint', 'el servicio es pésimo, mi paquete llegó roto y nadie responde'],
    ['question', 'hi, how can I change the address of my order?'],
    ['question', 'wann macht die Filiale am Samstag auf?'],
    ['question', 'combien coûte la livraison en Belgique ?'],
    ['question', 'quanto custa o envio para o Brasil?'],
    ['question', 'what blade do you use for birch plywood?'],
    ['question', 'welches Wachs nehmt ihr für Lederstiefel?'],
    ['thanks', 'thank you so much, your team was wonderful today!'],
    ['praise', 'the new boots are fantastic, warmest pair I ever owned'],
    ['thanks', 'servizio eccellente, grazie mille a tutti'],
    ['suggestion', 'it would be great if the app had a dark mode'],
    ['suggestion', 'könntet ihr nicht eine Erinnerung per SMS einbauen?'],
    ['violence', 'one of these days I will come to your shop and smash every window'],
    ['press', 'I am a journalist, could your press office comment on the outage today?'],
    ['legal', 'the kettle caught fire and burned my hand, my lawyer will call you'],
    ['churn', 'that was the last straw, I am cancelling my subscription today'],
    ['job', 'are you hiring? where can I send my CV for the developer position'],
    ['noise', 'WIN a free phone, follow and retweet http://x.example #win #free #phone #giveaway'],
  ])('%s: %s', (intent, text) => {
    expect(understanding.understand({ text, title: null, lang: null }).intent?.label).toBe(intent)
  })

  it('is not said of what only reports', () => {
    const { intent } = understanding.understand({ text: 'the fair opens its doors at noon on Friday', title: null, lang: null }) // prettier-ignore
    expect(['noise', undefined]).toContain(intent?.label)
  })

  it.each([
    "I can't make the meeting on Thursday",
    "we won't need a table tonight",
    "I don't own a car",
    'ich kann heute Abend nicht mitkommen',
    'no salimos antes de las ocho',
    "I didn't see that coming",
  ])('is no threat and nothing that a rule acts on, where a negation is all there is: %s', (text) => {
    const { intent } = understanding.understand({ text, title: null, lang: null })
    if (intent?.label === 'violence') expect(intent.confidence).toBeLessThanOrEqual(0.5)
    expect(['legal', 'churn', 'press', 'job', 'lead']).not.toContain(intent?.label)
  })
})

describe('the shape of a post', () => {
  it.each([
    ['can I return it?', { mark: true, opens: true }],
    ['@brand hello, wann kommt das Paket', { mark: false, opens: true, addressed: true }],
    ['it is late. Why is it late?', { mark: true, opens: true }],
    ['I know what you did', { mark: false, opens: false }],
    ['¿Dónde está mi pedido?', { mark: true, opens: true }],
    ['see http://a.example/?q=1 #a #b', { mark: false, links: 1, hashtags: 2 }],
    ['', { mark: false, opens: false, links: 0, hashtags: 0, addressed: false }],
  ])('%s', (text, shape) => {
    expect(structureOf(tokenize(text))).toMatchObject(shape)
  })
})
