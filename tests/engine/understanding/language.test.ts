import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createLanguageModel } from '#engine/understanding/language/model.ts'
import { tokenize } from '#engine/understanding/tokens.ts'
import { decideLanguage } from '#engine/understanding/understand.ts'
import { dataFolder } from '#tests/support/data-folder.ts'
import { shippedModels } from './models.ts'

const model = createLanguageModel(shippedModels().language!)
const guess = (text: string): string => model.guess(tokenize(text)).lang

describe('telling languages apart', () => {
  it.each([
    ['en', 'the flight was delayed again and nobody knows why'],
    ['de', 'Mein Paket ist schon wieder nicht angekommen'],
    ['fr', 'où est mon colis, je ne comprends pas'],
    ['es', 'mi paquete todavía no ha llegado'],
    ['it', 'il mio pacco non è ancora arrivato'],
    ['pt', 'meu pacote ainda não chegou, que absurdo'],
    ['nl', 'het pakket is nog steeds niet aangekomen'],
    ['pl', 'paczka jeszcze nie dotarła do mnie'],
    ['tr', 'kargom hala gelmedi ne yapmalıyım'],
    ['ru', 'посылка до сих пор не пришла'],
    ['uk', 'посилка досі не прийшла, це дуже погано'],
    ['ar', 'لم تصل الشحنة حتى الآن'],
    ['hi', 'मेरा पार्सल अभी तक नहीं आया'],
    ['hi-Latn', 'mera parcel abhi tak nahi aaya yaar'],
    ['ja', '荷物がまだ届きません'],
    ['zh', '包裹还没有到'],
    ['ko', '택배가 아직 안 왔어요'],
    ['el', 'το πακέτο δεν έφτασε ακόμα'],
    ['he', 'החבילה עדיין לא הגיעה'],
    ['th', 'พัสดุยังไม่มาถึง'],
  ])('%s', (lang, text) => {
    expect(guess(text)).toBe(lang)
  })

  it.each(['', 'ok', '😡😡', 'lol', '12345', '@lena #iphone', 'https://example.org/x'])(
    'says undetermined of %j',
    (text) => {
      expect(guess(text)).toBe('und')
    },
  )

  it('takes the claim of the network only where the text does not say', () => {
    expect(decideLanguage('de', 'en')).toBe('de')
    expect(decideLanguage('und', 'pt-BR')).toBe('pt')
    expect(decideLanguage('und', null)).toBe('und')
    expect(decideLanguage('en', 'hi')).toBe('hi-Latn')
    expect(decideLanguage('und', '???')).toBe('und')
  })

  it('refuses a damaged file and names it', () => {
    expect(() => createLanguageModel(new Uint8Array(40))).toThrow(/language\.bin/)
    expect(() => createLanguageModel(shippedModels().language!.slice(0, 5000))).toThrow(/cut short/)
  })
})

const tweets = dataFolder('langid/tweets-dev.txt')
describe.runIf(tweets !== null)('on tweets in six languages', () => {
  it('is right in more than 97 of 100', () => {
    const rows = readFileSync(tweets!, 'utf8').trimEnd().split('\n').map((line) => line.split('\t')) // prettier-ignore
    const languages = [...new Set(rows.map(([lang]) => lang!))]
    const right = rows.filter(([lang, text]) => model.guessAmong(tokenize(text!), languages) === lang).length
    expect(right / rows.length).toBeGreaterThan(0.97)
  })
})
