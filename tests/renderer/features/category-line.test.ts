// @vitest-environment happy-dom
import { effectScope } from 'vue'
import { afterEach, describe, expect, it } from 'vitest'
import type { MentionCard } from '#shared/model/mention-card.ts'
import CategoryChips from '#renderer/components/CategoryChips.vue'
import CategoryLine from '#renderer/features/mention/CategoryLine.vue'
import { useDeeds } from '#renderer/stores/deeds.ts'
import { someMention } from '#tests/engine/routing/mentions.ts'
import { mentionCard } from '#tests/renderer/support/cards.ts'
import { mountInApp, settle } from '#tests/renderer/support/mount.ts'

afterEach(() => document.body.replaceChildren())

const status = (id: string, name: string) => ({ id, name, about: '', texts: [], createdAt: 0, updatedAt: 0, belong: 0, not: 0, examples: 5, found: 4, least: 3, mentions: 1 }) // prettier-ignore
const sure = { id: 'cat_press', name: 'Press', certainty: 0.82, by: null }
const unsure = { id: 'cat_safety', name: 'Safety', certainty: 0.31, by: null }
const handlers = {
  categories: {
    list: () => [status('cat_press', 'Press'), status('cat_safety', 'Safety'), status('cat_job', 'Jobs')],
    ofMention: () => [
      { ...sure, like: 'I am a journalist' },
      { ...unsure, like: null },
    ],
    mark: () => ({ undo: 7 }),
  },
  mentions: {
    get: () => mentionCard(1, { categories: [{ ...sure, certainty: 0, by: 'Mia' }] }),
  },
}
const button = (label: string) =>
  [...document.querySelectorAll('button')].find((one) => one.getAttribute('aria-label') === label)
const line = async (categories: (typeof sure | { id: string; name: string; certainty: number; by: string })[]) => {
  const mention = someMention({ categories })
  const mounted = await mountInApp(CategoryLine, { props: { mention }, handlers })
  await settle()
  return { ...mounted, mention }
}

describe('the categories of a mention', () => {
  it('are said with their certainty and what they are like, and asked where they are unsure', async () => {
    const { wrapper, fake, mention } = await line([sure, unsure])
    const heard: MentionCard[] = []
    const scope = effectScope()
    scope.run(() => useDeeds().listen((card) => heard.push(card)))
    expect(wrapper.text()).toContain('Press, 82%')
    expect(wrapper.text()).toContain('like your example: I am a journalist')
    expect(wrapper.text()).toContain('Perhaps Safety, 31%. Does it belong?')
    button('Does not belong to Press')!.click()
    await settle()
    expect(heard.at(-1)!.mention.categories).toMatchObject([{ certainty: 0, by: 'Mia' }])
    button('Belongs to Safety')!.click()
    await settle()
    expect(fake.called('categories.mark')).toEqual([
      { mentionId: mention.id, categoryId: 'cat_press', belongs: false },
      { mentionId: mention.id, categoryId: 'cat_safety', belongs: true },
    ])
    scope.stop()
  })
  it('can be given by hand, and name the officer who said so', async () => {
    const { wrapper, fake, mention } = await line([{ id: 'cat_press', name: 'Press', certainty: 0, by: 'Mia' }])
    expect(wrapper.text()).toContain('Mia says: not Press')
    expect(button('Does not belong to Press')).toBeUndefined()
    await wrapper.find('select').setValue('cat_job')
    await settle()
    expect(fake.called('categories.mark')).toEqual([{ mentionId: mention.id, categoryId: 'cat_job', belongs: true }])
  })
  it('stand on a card as text, the sure ones only', async () => {
    const name = '<img src=x onerror=alert(1)>'
    const mention = someMention({ categories: [{ ...sure, name }, unsure] })
    const { wrapper } = await mountInApp(CategoryChips, { props: { mention }, handlers })
    expect(wrapper.text()).toContain(name)
    expect(wrapper.text()).not.toContain('Safety')
    expect(document.querySelector('img')).toBeNull()
  })
})
