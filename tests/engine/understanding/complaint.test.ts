import { describe, expect, it } from 'vitest'
import type { Intent, Mention } from '#shared/model/mention.ts'
import { isComplaint } from '#engine/understanding/complaint.ts'

const one = (label: Intent['label'], confidence: number) => ({ label, confidence, words: [] })
const mention = (mood: 'negative' | 'neutral' | 'positive', intent: Intent | null, confidence = 0.9): Mention =>
  ({ intent, sentiment: { label: mood, confidence, score: 0, words: [], model: '' } }) as unknown as Mention

describe('a complaint', () => {
  it('is one beside praise or thanks too, as surely as it is read', () => {
    const praise = { ...one('praise', 0.5), also: [one('complaint', 0.4)] }
    expect(isComplaint(mention('negative', praise))).toBe(true)
    expect(isComplaint(mention('neutral', praise))).toBe(false)
    expect(isComplaint(mention('neutral', { ...one('thanks', 0.3), also: [one('churn', 0.65)] }))).toBe(true)
    expect(isComplaint(mention('positive', praise))).toBe(false)
  })

  it('is none where nothing but praise, noise and the like is read, however negative', () => {
    expect(isComplaint(mention('negative', { ...one('praise', 0.6), also: [one('thanks', 0.3)] }))).toBe(false)
    expect(isComplaint(mention('negative', one('job', 0.6)))).toBe(false)
    expect(isComplaint(mention('negative', null))).toBe(true)
    expect(isComplaint(mention('negative', null, 0.4))).toBe(false)
  })
})
