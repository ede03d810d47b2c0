import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { clusterAgreement } from '#engine/understanding/problems/agreement.ts'
import { streamOptions } from '#engine/understanding/problems/cluster-options.ts'
import { createClusterer } from '#engine/understanding/problems/cluster.ts'
import { shippedLexicon } from '#tests/engine/understanding/models.ts'
import { dataFolder } from '#tests/support/data-folder.ts'

const lexicon = shippedLexicon()

const hot = [
  'the charger gets so hot I cannot touch it',
  'my charger is burning hot since the update',
  'hot charger again, smells burnt',
  'why does the charger get this hot?',
]
const parcel = [
  'parcel still not delivered',
  'my parcel was not delivered, third day',
  'where is my parcel? not delivered',
]

describe('groups of posts about the same thing', () => {
  it('find each other as they stream', () => {
    const clusterer = createClusterer(streamOptions, { lexicon })
    const found = [hot[0], parcel[0], hot[1], parcel[1], hot[2], hot[3], parcel[2]].map(
      (text) => clusterer.place(text!).cluster,
    )
    expect(new Set([found[0], found[2], found[4], found[5]]).size).toBe(1)
    expect(new Set([found[1], found[3], found[6]]).size).toBe(1)
    expect(found[0]).not.toBe(found[1])
    expect(clusterer.keywords(found[0]!, 2)).toEqual(expect.arrayContaining(['charger', 'hot']))
    expect(clusterer.size(found[1]!)).toBe(3)
  })

  it('follow what an officer decided', () => {
    const clusterer = createClusterer(streamOptions, { lexicon })
    const one = clusterer.place(hot[0]!).cluster
    const other = clusterer.place(parcel[0]!).cluster
    clusterer.merge(other, one)
    expect(clusterer.place(parcel[1]!).cluster).toBe(one)
    const own = clusterer.place('app crash on start', 900).cluster
    expect(own).toBe(900)
    expect(clusterer.place('the app has a crash at start').cluster).toBe(900)
    clusterer.drop(900)
    expect(clusterer.place('the app has a crash at start').cluster).not.toBe(900)
  })

  it('stay bounded whatever streams by', () => {
    const clusterer = createClusterer({ ...streamOptions, most: 50 })
    const gone: number[] = []
    clusterer.onForgotten((cluster) => gone.push(cluster))
    const word = (number: number): string => `${(number * 7919).toString(36)}x`
    for (let at = 0; at < 500; at++) clusterer.place(`${word(at + 9)} ${word(at + 5_000)} ${word(at + 90_000)}`)
    expect(clusterer.clusters).toBeLessThanOrEqual(50)
    expect(gone.length).toBeGreaterThan(400)
  })

  it('stay bounded in their words, and what is new still meets', () => {
    const clusterer = createClusterer({ ...streamOptions, most: 1000, mostTerms: 3000, mostHeld: 2000 })
    const word = (number: number): string => `w${(number * 7919).toString(36)}x`
    const group = 'a boiling kettle that nobody sold'
    for (let at = 0; at < 4000; at++) {
      clusterer.place(`${word(at)} ${word(at + 5_000)} ${word(at + 90_000)} ${word(at % 700)}`)
      // One text may stand above the bound.
      expect(clusterer.terms).toBeLessThanOrEqual(3000 + 30)
      expect(clusterer.held).toBeLessThanOrEqual(2000 + 30)
      if (at % 50 === 0) clusterer.place(group)
    }
    expect(clusterer.clusters).toBeGreaterThan(10)
    const { cluster } = clusterer.place(group)
    expect(clusterer.size(cluster)).toBeGreaterThan(50)
    expect(clusterer.keywords(cluster, 3)).toEqual(expect.arrayContaining(['kettle', 'boiling']))
    expect(clusterer.commonness('kettle')).toBeGreaterThan(0)
  })

  it.each([
    ['de', 'Anmeldung in der App geht seit dem Update nicht mehr, nur noch Fehler'],
    ['fr', 'Impossible de me connecter à l’application depuis la mise à jour, erreur'],
    ['es', 'No puedo iniciar sesión en la app desde la actualización'],
    ['it', 'l’app dà errore al login dopo l’aggiornamento'],
  ])('meet over the bridge of what words mean, here from %s', (lang, text) => {
    const clusterer = createClusterer(streamOptions, { lexicon })
    for (const [at, noise] of ['the queue was endless', 'a lovely morning', 'the colour of the cup faded'].entries())
      clusterer.place(`${noise} ${at}`, undefined, 'en')
    const { cluster } = clusterer.place('I cannot log in to the app since the update, login error', undefined, 'en')
    clusterer.place('parcel delivery late again', undefined, 'en')
    expect(clusterer.place(text, undefined, lang)).toMatchObject({ cluster, fresh: false })
  })

  it('do not meet over one meaning alone', () => {
    const clusterer = createClusterer(streamOptions, { lexicon })
    const { cluster } = clusterer.place('parcel delivery late again', undefined, 'en')
    expect(clusterer.place('Ein neues Paket Kaffee probiert', undefined, 'de').cluster).not.toBe(cluster)
  })

  it('do not meet over a beginning that words of other meanings share', () => {
    const clusterer = createClusterer(streamOptions, { lexicon })
    const charged = ['I was charged twice for my order', 'charged twice again, refund please', 'why was I charged two times?'] // prettier-ignore
    const both = charged.flatMap((text, at) => [text, hot[at]!])
    const found = both.map((text) => clusterer.place(text).cluster)
    expect(new Set(found.filter((_, at) => at % 2 === 0)).size).toBe(1)
    expect(new Set(found.filter((_, at) => at % 2 === 1)).size).toBe(1)
    expect(found[0]).not.toBe(found[1])
  })
  it('do not meet over one common word while few were heard, whatever the word', () => {
    for (const texts of [
      ['I cannot find the decaf', 'I cannot stand the lid', 'I cannot get the machine to descale'],
      ['the broken cup', 'a broken promise of delivery', 'your broken website'],
      ['they took my chair', 'took an hour on the phone', 'it took three refunds'],
      ['Inkwell needs a darker theme', 'Inkwell loses paragraphs', 'Inkwell rejects the licence'],
    ]) {
      const clusterer = createClusterer(streamOptions, { lexicon })
      const found = texts.map((text) => clusterer.place(text, undefined, 'en').cluster)
      expect([texts, new Set(found).size]).toEqual([texts, texts.length])
    }
  })

  it('take a log in for a login, and a log for a book', () => {
    const clusterer = createClusterer(streamOptions, { lexicon })
    const { cluster } = clusterer.place('I cannot log in since noon', undefined, 'en')
    expect(clusterer.place('it keeps logging me out', undefined, 'en').cluster).toBe(cluster)
    expect(clusterer.place('please log my complaint about the cup', undefined, 'en').cluster).not.toBe(cluster)
  })

  it('go where they are steered', () => {
    const clusterer = createClusterer(streamOptions, {
      steer: (cluster, text) => (text.includes('tank') ? 77 : cluster),
    })
    const { cluster } = clusterer.place('the machine leaks at the hose')
    expect(clusterer.place('the machine leaks at the tank').cluster).toBe(77)
    expect(clusterer.place('the machine leaks at the hose again').cluster).toBe(cluster)
  })

  it('take posts without words', () => {
    const clusterer = createClusterer(streamOptions, { lexicon })
    expect(clusterer.place('').fresh).toBe(true)
    expect(clusterer.place('😡').cluster).not.toBe(clusterer.place('').cluster)
  })
})

describe('agreement with the true groups', () => {
  it('is 1 for the same groups under other names', () => {
    expect(clusterAgreement(['a', 'a', 'b'], [7, 7, 9])).toEqual({ nmi: 1, bcubedF1: 1 })
  })
  it('is 0 when one group holds all', () => {
    expect(clusterAgreement(['a', 'a', 'b', 'b'], [1, 1, 1, 1]).nmi).toBeCloseTo(0, 9)
  })
  it('agrees with figures worked out by hand', () => {
    // Groups {1,2},{3} against {1},{2,3}: H = 0.6365 each, H joint = ln 3.
    const { nmi, bcubedF1 } = clusterAgreement(['a', 'a', 'b'], ['x', 'y', 'y'])
    expect(nmi).toBeCloseTo((2 * (2 * 0.63651 - 1.09861)) / (2 * 0.63651), 4)
    expect(bcubedF1).toBeCloseTo(2 / 3, 6)
  })
})

const tweets = dataFolder('problems/tweet89.jsonl')
describe.runIf(tweets !== null)('on tweets with known groups', () => {
  it('agrees with them', () => {
    const rows = readFileSync(tweets!, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { text: string; cluster: number }) // prettier-ignore
    const clusterer = createClusterer(streamOptions, { lexicon })
    const { nmi } = clusterAgreement(
      rows.map(({ cluster }) => cluster),
      rows.map(({ text }) => clusterer.place(text).cluster),
    )
    expect(nmi).toBeGreaterThan(0.9)
  })
})
