import mlSentiment from 'ml-sentiment'
import english from 'ml-sentiment/AFINN-111.json' with { type: 'json' }
import german from 'ml-sentiment/german.json' with { type: 'json' }
import type { DrivingWord, Sentiment } from '#shared/model/sentiment.ts'
import type { Analyzer } from './analyzer.ts'

type Lexicon = Record<string, number>

/**
 * The transparent baseline: the lexicon scorer ml-sentiment, English (AFINN-111) and German (SentiWS). Other languages
 * come out neutral with low confidence. Confidence is a fixed curve over the score, not calibrated.
 */
export function createBaseline(): Analyzer {
  const classifiers = { en: mlSentiment({ lang: 'en' }), de: mlSentiment({ lang: 'de' }) }
  return {
    model: 'ml-sentiment 2.0.7',
    sentiment(text, lang): Sentiment {
      const language = lang === 'de' ? 'de' : 'en'
      const known = lang === 'de' || lang === 'en' || lang === 'und'
      const sum = known ? classifiers[language].classify(text) : 0
      // SentiWS weighs words 0 … 1, AFINN −5 … 5.
      const scaled = language === 'de' ? sum * 4 : sum
      const label = scaled > 0 ? 'positive' : scaled < 0 ? 'negative' : 'neutral'
      const words = known && sum !== 0 ? drivingWords(text, language === 'de' ? german : english) : []
      return {
        label,
        score: Math.tanh(scaled / 5),
        confidence: known ? 0.4 + 0.3 * Math.tanh(Math.abs(scaled) / 4) : 0.34,
        words,
        model: this.model,
      }
    },
  }
}

/** The words of the lexicon in the text, cut as ml-sentiment cuts: at spaces, stripped of everything but `\w`. */
function drivingWords(text: string, lexicon: Lexicon): DrivingWord[] {
  const words: DrivingWord[] = []
  let negated = false
  for (const match of text.matchAll(/[^ ]+/g)) {
    const bare = match[0].toLowerCase().replace(/\W/g, '')
    const weight = Object.hasOwn(lexicon, bare) ? lexicon[bare] : undefined
    if (weight)
      words.push({
        word: match[0],
        start: match.index,
        end: match.index + match[0].length,
        weight: negated ? -weight : weight,
      })
    negated = /^(?:not|dont|no|nope|nein|nicht|keine)$/.test(bare)
  }
  return words.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, 8)
}
