// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import RelevanceLine from '#renderer/features/mention/RelevanceLine.vue'
import { someMention } from '#tests/engine/routing/mentions.ts'
import { mountInApp, settle } from '#tests/renderer/support/mount.ts'

afterEach(() => document.body.replaceChildren())

const mention = someMention({ listenIds: ['lis_1'] })
const handlers = { relevance: { mark: () => ({ undo: 7 }) } }
const button = (text: string) =>
  [...document.querySelectorAll('button')].find((one) => one.textContent!.trim() === text)

describe('whether a mention is about us', () => {
  it('can be denied, and is told to the station', async () => {
    const { fake } = await mountInApp(RelevanceLine, { props: { mention }, handlers })
    expect(button('About us')).toBeUndefined()
    button('Not about us')!.click()
    await settle()
    expect(fake.called('relevance.mark')).toEqual([{ mentionId: mention.id, relevant: false }])
  })
  it('is shown with its certainty, and can be said to be otherwise', async () => {
    const unlikely = { ...mention, relevance: { likelihood: 0.08, by: null } }
    const { wrapper, fake } = await mountInApp(RelevanceLine, { props: { mention: unlikely }, handlers })
    expect(wrapper.text()).toContain('likely not about us, 92%')
    button('About us')!.click()
    await settle()
    expect(fake.called('relevance.mark')).toEqual([{ mentionId: mention.id, relevant: true }])
  })
  it('names the officer who said so, and asks nothing where no listen heard it', async () => {
    const said = { ...mention, relevance: { likelihood: 0, by: 'Mia' } }
    const { wrapper } = await mountInApp(RelevanceLine, { props: { mention: said }, handlers, locale: 'de' })
    expect(wrapper.text()).toContain('Mia sagt: betrifft uns nicht')
    const { wrapper: none } = await mountInApp(RelevanceLine, { props: { mention: { ...mention, listenIds: [] } }, handlers }) // prettier-ignore
    expect(none.text()).toBe('')
  })
})
