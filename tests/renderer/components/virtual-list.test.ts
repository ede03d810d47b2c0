// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import VirtualList from '#renderer/components/VirtualList.vue'

it('tells of the end of every list once, also of one that is just as long as the list before', async () => {
  const list = mount(VirtualList<string>, { props: { items: [], itemKey: (item: string) => item, label: 'x' } })
  const ends = () => list.emitted('end')?.length ?? 0
  await list.setProps({ items: ['a', 'b'] })
  expect(ends()).toBe(1)
  await list.setProps({ items: ['a', 'b'] })
  expect(ends()).toBe(1)
  await list.setProps({ items: ['c', 'd'] })
  expect(ends()).toBe(2)
  list.unmount()
})
