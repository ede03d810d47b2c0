// @vitest-environment happy-dom
import { effectScope } from 'vue'
import { afterAll, afterEach, expect, it, vi } from 'vitest'
import type { Sentiment } from '#shared/model/sentiment.ts'
import type { MentionCard } from '#shared/model/mention-card.ts'
import { handleKey, useKeys } from '#renderer/composables/control/useKeys.ts'
import MentionPanel from '#renderer/features/mention/MentionPanel.vue'
import { caseOf, mentionCard } from '#tests/renderer/support/cards.ts'
import { mountInApp, settle } from '#tests/renderer/support/mount.ts'

const routed = (seq: number, version = 1, text = `Mention ${seq}`): MentionCard => {
  const card = mentionCard(seq, { text, aspects: [], intent: null })
  return { ...card, case: caseOf(card, { version }) }
}
const press = (key: string) => handleKey(new KeyboardEvent('keydown', { key, cancelable: true }))
const behind = vi.fn<() => void>()
const list = effectScope()
let unmount = () => {}
afterEach(() => {
  unmount()
  behind.mockClear()
})
afterAll(() => list.stop())
list.run(() => useKeys('list', [{ keys: ['e', '0'], label: 'x', run: behind }]))

/** `get` answers with the mention alone; nothing else is known of it. */
async function open(
  card: MentionCard | null,
  get: () => MentionCard | Promise<MentionCard>,
  uncarried: string[] = [],
  otherMood: Sentiment | null = null,
  locale: 'en' | 'de' = 'en',
) {
  const nothing = {
    journal: [],
    thread: [],
    earlier: [],
    handoffs: [],
    problem: null,
    person: null,
    influence: null,
    otherMood,
  }
  const app = await mountInApp(MentionPanel, {
    props: { id: 'st-1', card, reply: false },
    locale,
    handlers: {
      learning: {
        uncarriedAspects: () => uncarried,
        concepts: () => [
          {
            id: 'card-payment',
            kind: 'part',
            matter: 'payment',
            label: locale === 'de' ? 'Kartenzahlung' : 'card payment',
          },
          { id: 'hand-luggage', kind: 'part', matter: 'baggage', label: 'Handgepäck' },
          { id: 'Falcon X', kind: 'own', matter: null, label: 'Falcon X' },
        ],
      },
      cases: {
        dossier: async () => ({ ...nothing, card: await get() }),
        accept: () => ({ card: routed(1, 2, 'as accepted'), undo: 1 }),
      },
    },
  })
  unmount = () => app.wrapper.unmount()
  return app
}

it('keeps a key that comes before its mention for that mention, not for the list behind', async () => {
  const answer = Promise.withResolvers<MentionCard>()
  const { fake } = await open(null, () => answer.promise)
  press('e')
  await settle()
  expect(fake.called('cases.accept')).toEqual([])
  answer.resolve(routed(1))
  await settle()
  expect(fake.called('cases.accept')).toEqual([{ id: 'cas_1', version: 1 }])
  expect(behind).not.toHaveBeenCalled()
})

it('does not go back to what was asked for before a decision', async () => {
  const answers = [Promise.withResolvers<MentionCard>(), Promise.withResolvers<MentionCard>()]
  let asked = 0
  const { wrapper } = await open(routed(1), () => answers[asked++]!.promise)
  press('e')
  await settle()
  answers[0]!.resolve(routed(1, 1, 'as it was'))
  await settle()
  expect(wrapper.text()).toContain('as accepted')
  answers[1]!.resolve(routed(1, 2, 'as accepted, in full'))
  await settle()
  expect(wrapper.text()).toContain('as accepted, in full')
})

it('says what it is about, but not in the words of a trade that the station’s talk is not about', async () => {
  const card = mentionCard(1, { aspects: ['price', 'baggage'] })
  const { wrapper } = await open(card, () => card, ['baggage'])
  await settle()
  expect(wrapper.text()).toContain('about price')
  expect(wrapper.text()).not.toContain('baggage')
})

it('names every intent with its certainty, and how the word list reads the mood', async () => {
  const question = { label: 'question' as const, confidence: 0.41, words: [] }
  const card = mentionCard(1, {
    aspects: [],
    intent: { label: 'complaint', confidence: 0.82, words: [], also: [question] },
  })
  const list = { label: 'positive', score: 0.3, confidence: 0.6, words: [], model: 'ml-sentiment 2.0.7' } as const
  const { wrapper } = await open(card, () => card, [], { ...list, words: [] })
  expect(wrapper.text()).toContain('complaint 82%')
  expect(wrapper.text()).toContain('question 41%')
  expect(wrapper.text()).toMatch(/ml-sentiment 2\.0\.7.*positive/s)
})

it.each([
  ['en' as const, 'about card payment, price, Falcon X'],
  ['de' as const, 'über Kartenzahlung, Preis, Falcon X'],
])(
  'names parts in the page’s language (%s), and their matter only where no part of it was named',
  async (locale, said) => {
    const card = mentionCard(1, {
      aspects: ['payment', 'card-payment', 'price', 'Falcon X', 'baggage', 'hand-luggage', 'baggage'],
    })
    const { wrapper } = await open(card, () => card, ['baggage'], null, locale)
    await settle()
    expect(wrapper.text()).toContain(said)
    expect(wrapper.text()).not.toContain('Handgepäck')
  },
)
