// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { defineComponent, h } from 'vue'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { lazyView, useArriving } from '#renderer/stores/arriving.ts'
import { handleKey, useKeys } from '#renderer/composables/control/useKeys.ts'

beforeEach(() => void setActivePinia(createPinia()))
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
      useKeys('', [], undefined, { ready: () => useArriving().count === 0 })
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
  expect(useArriving().count).toBe(1)
  await task()
  await task()
  expect(useArriving().count).toBe(0)
  page.unmount()
})
