import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { intents, type Intent, type Mention } from '#shared/model/mention.ts'
import { isComplaint } from '#engine/understanding/complaint.ts'
import { lexiconFile, openLexicon } from '#engine/understanding/concepts/lexicon.ts'
import { sourceRoot } from '#hosts/root.ts'

const lexicon = openLexicon(readFileSync(join(sourceRoot, 'resources', lexiconFile)))
const BROKEN = 'The app crashes whenever I open it'
const one = (label: Intent['label'], confidence: number) => ({ label, confidence, words: [] })
interface Read {
  mood?: 'negative' | 'neutral' | 'positive'
  intent: Intent | null
  confidence?: number
  text?: string
  lang?: string
}
const tells = ({ mood = 'negative', intent, confidence = 0.9, text = BROKEN, lang = 'en' }: Read, known = lexicon) => {
  const sentiment = { label: mood, confidence, score: 0, words: [], model: '' }
  return isComplaint({ intent, sentiment, text, lang } as unknown as Mention, known)
}

describe('a complaint', () => {
  it('is one beside praise, thanks, a threat or a cancellation too, as surely as it is read', () => {
    const praise = { ...one('praise', 0.5), also: [one('complaint', 0.4)] }
    expect(tells({ intent: praise })).toBe(true)
    expect(tells({ mood: 'neutral', intent: praise })).toBe(false)
    expect(tells({ mood: 'positive', intent: praise })).toBe(false)
    expect(tells({ mood: 'neutral', intent: one('complaint', 0.65) })).toBe(true)
    expect(tells({ mood: 'neutral', intent: { ...one('legal', 0.6), also: [one('complaint', 0.3)] } })).toBe(true)
    expect(tells({ intent: { ...one('churn', 0.6), also: [one('complaint', 0.3)] } })).toBe(true)
  })

  it.each(intents.filter((intent) => !['complaint', 'question', 'suggestion'].includes(intent)))(
    'is none where only %s is read, however negative and whatever it names',
    (label) => expect(tells({ intent: one(label, 0.9) })).toBe(false),
  )

  it.each([null, one('question', 0.6), one('suggestion', 0.6)])(
    'may be told without a reason, in a question or a suggestion, where a symptom is named',
    (intent) => {
      expect(tells({ intent })).toBe(true)
      expect(tells({ intent, text: 'Die App stürzt ständig ab', lang: 'de' })).toBe(true)
      expect(tells({ intent, confidence: 0.4 })).toBe(false)
      expect(tells({ mood: 'neutral', intent })).toBe(false)
      expect(tells({ intent, text: 'You are simply the worst company of them all' })).toBe(false)
    },
  )

  it('needs no symptom where none can be read: without a lexicon, in a language that it does not speak', () => {
    const text = 'Najgorsza firma na świecie'
    expect(tells({ intent: null, text, lang: 'pl' })).toBe(true)
    expect(tells({ intent: null, text, lang: 'en' })).toBe(false)
    expect(tells({ intent: null, text, lang: 'en' }, openLexicon(null, [{ name: 'Firma', words: [] }]))).toBe(true)
  })
})
