import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { besideTextOf, createAfterAnswer } from '#engine/cases/gratitude.ts'
import {
  afterAnswerFile,
  openAfterAnswer,
  trainAfterAnswer,
  type Outcome,
} from '#engine/understanding/after-answer/after-answer.ts'
import { readAfterAnswerCorpus } from '#engine/understanding/after-answer/corpus.ts'
import { findCues } from '#engine/understanding/after-answer/cues.ts'
import { clearedFaults, meaningWords } from '#engine/understanding/after-answer/meaning.ts'
import { openLexicon } from '#engine/understanding/concepts/lexicon.ts'
import { openAfterAnswerFile } from '#engine/understanding/after-answer/open.ts'
import { silentLog, type Log } from '#engine/platform/log.ts'
import { afterAnswerExamples, rowsOf } from '#laboratory/after-answer-examples.ts'
import { shippedUnderstanding } from '#laboratory/evaluate-models.ts'
import type { Mention } from '#shared/model/mention.ts'
import { shippedLexicon } from './models.ts'

const resources = resolve(import.meta.dirname, '../../../resources')
const file = join(resources, afterAnswerFile)
// Opened once: each opening takes tens of milliseconds.
const lexicon = shippedLexicon()
const reader = openAfterAnswer(new Uint8Array(readFileSync(file)), () => lexicon)
const corpusFile = join(resources, 'corpus/after-the-answer.tsv')
const corpus = readAfterAnswerCorpus(readFileSync(corpusFile, 'utf8'), 'after-the-answer.tsv')
const hardFile = join(resources, 'corpus/after-the-answer-hard.tsv')
const hard = readAfterAnswerCorpus(readFileSync(hardFile, 'utf8'), 'after-the-answer-hard.tsv')

const turns = await rowsOf(join(resources, 'corpus'), 'after-the-answer-turns.tsv')
const forChecking = await rowsOf(join(resources, 'corpus'), 'after-the-answer-check.tsv')

const registersFile = join(resources, 'corpus/after-the-answer-registers.tsv')
const registers = readAfterAnswerCorpus(readFileSync(registersFile, 'utf8'), 'after-the-answer-registers.tsv')

const said: [lang: string, closes: boolean, text: string][] = [
  ['en', true, 'It took an hour, but now everything works'],
  ['en', true, 'The freezer is running again, thank you'],
  ['en', false, 'The freezer is running again, thank you. Who collects the old one?'],
  ['en', false, 'It works, but only with the door open'],
  ['en', false, 'Thanks, I will try that tonight'],
  ['en', false, 'Thanks for nothing'],
  ['en', false, 'Thank you in advance for calling the plumber'],
  ['en', false, 'It spins again. By the way, the door squeaks'],
  ['de', false, 'Dann bitte stornieren, danke'],
  ['es', false, 'Funciona, lástima del arañazo'],
  ['fr', false, 'Annulez tout, merci'],
  ['it', false, 'Grazie in anticipo per la visita'],
  ['nl', false, 'Hij doet het, jammer van de kras'],
  ['pt', false, 'Desde já obrigada pela visita'],
  ['de', true, 'Die Waschmaschine läuft wieder, danke'],
  ['de', true, 'Kein Fehler mehr, vielen Dank'],
  ['de', false, 'Danke, aber die Waschmaschine läuft immer noch nicht'],
  ['de', false, 'Läuft. Wohin geht das alte Gerät?'],
  ['es', true, 'Ya me llegó la cafetera, gracias'],
  ['es', false, 'Ya me llegó la cafetera, pero falta la tapa'],
  ['es', false, 'Gracias, mañana lo pruebo'],
  ['fr', true, 'Le four fonctionne, merci beaucoup'],
  ['fr', false, 'Merci, mais le four ne chauffe pas'],
  ['fr', false, 'ok merci, je teste demain'],
  ['it', true, 'Il forno funziona, grazie mille'],
  ['it', false, 'Grazie, però il forno non scalda'],
  ['it', false, 'Grazie, provo domani'],
  ['nl', true, 'De oven doet het weer, bedankt'],
  ['nl', false, 'Bedankt, maar de oven wordt niet warm'],
  ['nl', false, 'Dank, ik probeer het morgen'],
  ['pt', true, 'O forno já funciona, obrigada'],
  ['pt', false, 'Obrigado, mas o forno não aquece'],
  ['pt', false, 'Obrigado, amanhã testo'],
]

describe('a message after our answer', () => {
  it.each(said)('%s, closes: %s: %s', (lang, closes, text) => {
    expect(reader.read(text, lang).outcome === 'confirmed').toBe(closes)
  })

  it('says which words decided', () => {
    expect(reader.read('Die Waschmaschine läuft wieder, danke', 'de')).toMatchObject({
      outcome: 'confirmed',
      words: ['läuft'],
    })
    expect(reader.read('It works, but the lid is missing', 'en')).toMatchObject({
      outcome: 'reopens',
      words: ['but', 'missing'],
    })
  })

  it.each([
    ['en', true, 'Lovely, that makes sense, thank you Omar'],
    ['de', true, 'Jetzt verstehe ich die Gebühr, vielen Dank'],
    ['es', true, 'Ahora lo entiendo, muchas gracias'],
    ['fr', true, 'Tout est clair, merci beaucoup'],
    ['it', true, 'Tutto chiaro, grazie mille'],
    ['nl', true, 'Nu snap ik het, hartelijk dank'],
    ['pt', true, 'Agora entendi, muito obrigada'],
    ['en', false, 'Thanks for explaining, I want the fee back all the same'],
    ['de', false, 'Danke, ich leite das an unsere Werkstatt weiter'],
    ['de', false, 'Danke für die Mühe, bezahlen möchte ich das trotzdem nicht'],
    ['es', false, 'Gracias, el mensajero olvidó la tapa'],
    ['fr', false, "Merci, le livreur a oublié l'autre sac"],
    ['it', false, 'Grazie lo stesso'],
    ['nl', false, 'Toch bedankt'],
    ['pt', false, 'Obrigado, o entregador esqueceu a sacola'],
  ])('%s, glad, closes: %s: %s', (lang, closes, text) => {
    expect(reader.read(text, lang, { negative: 0, isGlad: true }).outcome === 'confirmed').toBe(closes)
  })

  it('wants more certainty where nobody is glad and nothing says that it works, and where the mood is bad', () => {
    const text = 'Top marks to you, Omar'
    const chance = (negative: number, isGlad: boolean): string => reader.read(text, 'en', { negative, isGlad }).outcome
    expect(chance(0, true)).toBe('confirmed')
    expect(chance(0, false)).not.toBe('confirmed')
    expect(chance(0.9, true)).not.toBe('confirmed')
  })

  it.each([
    ['en', true, 'The second code opened the locker'],
    ['en', false, 'The sleeve is torn'],
    ['it', false, 'La manica è strappata'],
    ['de', true, 'Keine Fragen mehr, es war verständlich'],
    ['fr', true, "L'alarme ne siffle plus"],
  ])('%s, told plainly, closes: %s: %s', (lang, closes, text) => {
    expect(reader.read(text, lang).outcome === 'confirmed').toBe(closes)
  })

  it('knows of torn in one language what it learned in another, and nothing where there is no lexicon', () => {
    const meant = (text: string, lang: string): string => meaningWords(text, lang, lexicon)
    expect(meant('La manica è strappata', 'it').split(' ')).toEqual(
      expect.arrayContaining(
        meant('torn', 'en')
          .split(' ')
          .filter((word) => word !== ''),
      ),
    )
    expect(meaningWords('torn', 'en', openLexicon(null))).toBe('')
    expect(meant('It is not torn', 'en')).not.toBe(meant('It is torn', 'en'))
  })

  it('knows a negation that takes a fault away from one that is the fault', () => {
    const kinds = (text: string, lang: string): string[] =>
      meaningWords(text, lang, lexicon)
        .split(' ')
        .filter((word) => word.endsWith('asymptomqq'))
    expect(kinds('Die Lampe flackert nicht mehr', 'de')).toEqual(['qqnotasymptomqq'])
    expect(kinds('The lamp does not turn on', 'en')).toEqual(['qqasymptomqq'])
    expect(clearedFaults('The lamp does not turn on', 'en', lexicon)).toEqual([])
    expect(clearedFaults('It has not stopped beeping', 'en', lexicon)).toEqual([])
    const [cleared] = clearedFaults('Die Lampe flackert nicht mehr', 'de', lexicon)
    expect('Die Lampe flackert nicht mehr'.slice(cleared!.start, cleared!.end)).toContain('flackert nicht')
  })

  it('takes a question that asks nothing for none, and one that asks for what it is', () => {
    const cuesOf = (text: string): string[] => findCues(text).map(({ cue }) => cue)
    expect(cuesOf('Who would have thought of the cap?')).toContain('exclaimed')
    expect(cuesOf('Who would have thought of the cap?')).not.toContain('question')
    expect(cuesOf('Wisst ihr was? Wo ist der Deckel?')).toContain('question')
    expect(cuesOf('Who pays?')).not.toContain('exclaimed')
  })

  it('opens what names a number to call, and what is too long to be a thank-you', () => {
    expect(reader.read('It works. Ring 030 555 0199', 'en')).toMatchObject({
      outcome: 'reopens',
      words: ['030 555 0199'],
    })
    expect(reader.read('It works, thanks. '.repeat(40), 'en').outcome).not.toBe('confirmed')
  })

  it.each(['', '👍', '🙂', '?', '…', 'x'.repeat(20_000)])('closes nothing after %s', (text) => {
    expect(reader.read(text).outcome).not.toBe('confirmed')
  })
})

describe('the model of it', () => {
  const rows = (check: boolean): typeof corpus => corpus.filter((row) => row.check === check)

  it('is what the corpus teaches, byte for byte', async () => {
    const trained = trainAfterAnswer(await afterAnswerExamples(join(resources, 'corpus')), lexicon)
    expect(Buffer.from(trained.toBytes()).equals(readFileSync(file))).toBe(true)
  }, 600_000)

  it('holds on the part that is kept for checking', async () => {
    const understanding = await shippedUnderstanding()
    const figures = (of: typeof corpus): { precision: number; recall: number } => {
      const closed = of.filter(({ text, lang }) => {
        const understood = understanding.understand({ text, title: null, lang })
        return reader.read(text, understood.lang, besideTextOf(understood)).outcome === 'confirmed'
      })
      const isRight = closed.filter(({ outcome }) => outcome === 'confirmed').length
      const all = of.filter(({ outcome }) => outcome === 'confirmed').length
      return { precision: isRight / closed.length, recall: isRight / all }
    }
    const plain = figures(rows(true))
    expect(plain.precision).toBeGreaterThan(0.95)
    expect(plain.recall).toBeGreaterThan(0.8)
    // Written to mislead it; the model that knew neither concepts nor registers reached .83 and .54.
    const misleading = figures(hard.filter(({ check }) => check))
    expect(misleading.precision).toBeGreaterThan(0.92)
    expect(misleading.recall).toBeGreaterThan(0.65)
    const byRegister = figures(registers.filter(({ check }) => check))
    expect(byRegister.precision).toBeGreaterThan(0.9)
    expect(byRegister.recall).toBeGreaterThan(0.5)
    // Nearly every row has a twin that says the opposite in its words; the model before it reached .90 and .13.
    const twins = figures(forChecking)
    expect(twins.precision).toBeGreaterThan(0.92)
    expect(twins.recall).toBeGreaterThan(0.35)
  }, 120_000)

  it('has learned from nothing that it is checked on', async () => {
    const plain = ({ lang, text }: { lang: string; text: string }): string =>
      `${lang} ${text
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\p{S}]+/gu, ' ')
        .trim()}`
    const learned = new Set((await afterAnswerExamples(join(resources, 'corpus'))).map(plain))
    const checked = [
      ...rows(true),
      ...hard.filter(({ check }) => check),
      ...[...registers, ...turns, ...forChecking].filter(({ check }) => check),
    ]
    expect(checked.filter((row) => learned.has(plain(row)))).toEqual([])
  })

  it('rests on at least 130 texts a language and 40 an outcome', () => {
    for (const lang of ['en', 'de', 'es', 'fr', 'it', 'nl', 'pt']) {
      const of = corpus.filter((row) => row.lang === lang)
      expect(of.length, lang).toBeGreaterThanOrEqual(130)
      for (const outcome of ['confirmed', 'reopens', 'neither'] satisfies Outcome[])
        expect(of.filter((row) => row.outcome === outcome).length, `${lang} ${outcome}`).toBeGreaterThanOrEqual(40)
    }
  })

  it('refuses a line without an outcome', () => {
    expect(() => readAfterAnswerCorpus('en\tmaybe\thello', 'a.tsv')).toThrow('a.tsv, line 1')
  })

  it('is done without where its file is missing or damaged, which the log says', () => {
    const lines: string[] = []
    const log: Log = { ...silentLog, log: (_, message) => lines.push(message) }
    expect(openAfterAnswerFile(join(resources, 'models/none.bin'), () => lexicon, log)).toBeNull()
    expect(openAfterAnswerFile(corpusFile, () => lexicon, log)).toBeNull()
    expect(lines).toEqual([expect.stringContaining('missing'), expect.stringContaining('damaged')])
    const fallback = createAfterAnswer(null)
    const mention = {
      text: 'thanks',
      title: null,
      url: null,
      links: [],
      media: [],
      listenIds: [],
      aspects: [],
      author: null,
      intent: null,
      sentiment: { label: 'neutral' },
    } as unknown as Mention
    expect(fallback({ ...mention, lang: 'en' })).toMatchObject({ outcome: 'confirmed', certainty: null })
  })
})
