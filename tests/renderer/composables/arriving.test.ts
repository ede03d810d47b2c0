// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { defineComponent, h } from 'vue'
import { expect, it } from 'vitest'
import { arriving, lazyView } from '#renderer/composables/arriving.ts'
import { handleKey, useKeys } from '#renderer/composables/useKeys.ts'

const task = () => new Promise((resolve) => setTimeout(resolve))
const press = (key: string) => handleKey(new KeyboardEvent('keydown', { key, cancelable: true }))

it('gives the keys pressed while a view is fetched to that view', async () => {
  const did: string[] = []
  let arrive!: () => void
  const View = defineComponent({
    setup() {
      useKeys('view', [{ keys: ['j', 'e'], label: 'x', run: ({ key }) => void did.push(key) }])
      return () => h('p', 'here')
    },
  })
  const Late = lazyView(async () => {
    await new Promise<void>((resolve) => (arrive = resolve))
    return { default: View }
  })
  const page = mount({
    setup() {
      useKeys('', [], undefined, { ready: () => arriving.value === 0 })
      return () => h(Late)
    },
  })
  press('j')
  press('e')
  arrive()
  await task()
  await task()
  expect(page.text()).toBe('here')
  expect(did).toEqual(['j', 'e'])
  page.unmount()
})

it('holds nothing back any more when a view cannot be fetched', async () => {
  const Broken = lazyView(() => Promise.reject(new Error('gone')))
  const page = mount({ render: () => h(Broken) }, { global: { config: { errorHandler: () => {} } } })
  expect(arriving.value).toBe(1)
  await task()
  await task()
  expect(arriving.value).toBe(0)
  page.unmount()
})
