// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import CategoriesBox from '#renderer/features/settings/CategoriesBox.vue'
import { mountInApp, settle } from '#tests/renderer/support/mount.ts'

afterEach(() => document.body.replaceChildren())

const press = { id: 'cat_press', name: 'Press', about: 'For the press office', texts: ['I am a journalist', 'May I quote you?'], createdAt: 0, updatedAt: 0, belong: 0, not: 1, examples: 2, found: 0, least: 3, mentions: 0 } // prettier-ignore
const button = (text: string) =>
  [...document.querySelectorAll('button')].find((one) => one.textContent!.trim() === text)!

describe("the station's own categories in the settings", () => {
  it('are added with examples, one a line, and can be taken back', async () => {
    const handlers = {
      categories: { list: () => [], save: (input: object) => ({ category: { ...press, ...input }, undo: 9 }) },
    }
    const { wrapper, fake } = await mountInApp(CategoriesBox, { handlers })
    await settle()
    button('Add a category').click()
    await settle()
    await wrapper.find('input').setValue('Press')
    await wrapper.find('textarea').setValue('I am a journalist\n\nMay I quote you?')
    await wrapper.find('form').trigger('submit')
    await settle()
    expect(fake.called('categories.save')).toEqual([
      { name: 'Press', about: '', texts: ['I am a journalist', '', 'May I quote you?'] },
    ])
    expect(wrapper.find('textarea').exists()).toBe(false)
  })
  it('say what they were taught and what they lack, and are removed', async () => {
    const handlers = { categories: { list: () => [press], remove: () => ({ undo: 10 }) } }
    const { wrapper, fake } = await mountInApp(CategoriesBox, { handlers })
    await settle()
    expect(wrapper.text()).toContain('2 examples written; of mentions 0 belong and 1 do not.')
    expect(wrapper.text()).toContain('1 more example is needed.')
    button('Change').click()
    await settle()
    expect(wrapper.find('textarea').element.value).toBe('I am a journalist\nMay I quote you?')
    button('Remove').click()
    await settle()
    expect(fake.called('categories.remove')).toEqual([{ id: 'cat_press' }])
  })
})
