// @vitest-environment happy-dom
import { createApp, defineComponent, h, ref, type Ref } from 'vue'
import { describe, expect, it } from 'vitest'
import { provideWallPanes, useWallPanes } from '#renderer/panes/useWallPanes.ts'

/** A wall with streams of these ranks; what each leaves to others. */
function wallOf(readOnly: boolean, streams: Record<string, { rank: number; ids: Ref<string[]> }>) {
  const elsewhere: Record<string, Readonly<Ref<ReadonlySet<string>>>> = {}
  const Stream = defineComponent({
    props: { name: { type: String, required: true } },
    setup({ name }) {
      const { rank, ids } = streams[name]!
      elsewhere[name] = useWallPanes().beside({ rank: () => rank, holds: () => ids.value })
      return () => null
    },
  })
  const shown = ref(Object.keys(streams))
  const app = createApp({
    setup() {
      provideWallPanes(readOnly)
      return () => shown.value.map((name) => h(Stream, { name, key: name }))
    },
  })
  app.mount(document.createElement('div'))
  return { elsewhere, shown, leave: () => app.unmount() }
}

describe('streams beside each other on a wall', () => {
  const streams = () => ({
    all: { rank: 0, ids: ref(['a', 'b', 'c']) },
    ours: { rank: 1, ids: ref(['a', 'b']) },
    negative: { rank: 2, ids: ref(['b']) },
  })
  it('leave each mention to the most specific of them, as they come and go', async () => {
    const given = streams()
    const { elsewhere, shown, leave } = wallOf(true, given)
    expect([...elsewhere['all']!.value].toSorted()).toEqual(['a', 'b'])
    expect([...elsewhere['ours']!.value]).toEqual(['b'])
    expect([...elsewhere['negative']!.value]).toEqual([])
    given.negative.ids.value = ['c']
    expect([...elsewhere['all']!.value].toSorted()).toEqual(['a', 'b', 'c'])
    shown.value = ['all', 'ours']
    await Promise.resolve()
    expect([...elsewhere['all']!.value].toSorted()).toEqual(['a', 'b'])
    leave()
  })
  it('keep all of theirs where an officer scrolls and works in them, and among equals', () => {
    expect([...wallOf(false, streams()).elsewhere['all']!.value]).toEqual([])
    const equals = wallOf(true, { one: { rank: 1, ids: ref(['a']) }, other: { rank: 1, ids: ref(['a']) } })
    expect([...equals.elsewhere['one']!.value]).toEqual([])
  })
})
