// @vitest-environment happy-dom
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { h } from 'vue'
import { afterEach, describe, expect, it } from 'vitest'
import { paneKinds } from '#shared/model/wall.ts'
import type { PaneKind } from '#shared/model/wall.ts'
import { createWords } from '#renderer/app/i18n.ts'
import PaneHost from '#renderer/panes/PaneHost.vue'
import { byFolder, choosable, definitionOf, newPane, panes } from '#renderer/panes/registry.ts'
import { mountInApp } from '#tests/renderer/support/mount.ts'

const root = join(import.meta.dirname, '../../../renderer/panes')
const folders = readdirSync(root, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))

describe('kinds of pane', () => {
  it('have a folder each, and each folder a kind that a layout may hold', () => {
    expect(folders.toSorted()).toEqual([...paneKinds].toSorted())
    expect([...panes.keys()].toSorted()).toEqual([...paneKinds].toSorted())
    expect(choosable).toEqual(paneKinds)
  })
  it.each(paneKinds)('%s fits the grid and is no smaller at first than it can be read', (kind) => {
    const { size, least } = definitionOf(kind)
    for (const at of [0, 1] as const) {
      expect(size[at]).toBeGreaterThanOrEqual(least[at])
      expect(size[at]).toBeLessThanOrEqual(12)
    }
    expect(newPane(kind)).toMatchObject({ kind, w: size[0], h: size[1] })
  })
  it.each(['en', 'de'] as const)('have a name and say what they show: %s', (locale) => {
    const { te } = createWords(locale).global as unknown as { te(key: string): boolean }
    expect(paneKinds.filter((kind) => !te(`pane.${kind}.name`) || !te(`pane.${kind}.about`))).toEqual([])
  })
})

describe('a new kind', () => {
  const kind = 'echo' as PaneKind
  afterEach(() => panes.delete(kind))
  it('is there as soon as its folder is: drawn, sized and titled by what the folder says', async () => {
    const Echo = (props: { title: string }) => h('p', { class: 'echo' }, props.title)
    Echo.props = ['title', 'pane']
    const found = byFolder({
      './echo/pane.ts': {
        pane: { component: Echo, size: [5, 4], least: [1, 1], settings: [], minutes: 30, named: () => 'Said again' },
      },
    })
    expect([...found.keys()]).toEqual([kind])
    panes.set(kind, found.get(kind)!)
    const pane = newPane(kind)
    expect(pane).toMatchObject({ kind, w: 5, h: 4, minutes: 30 })
    const { wrapper } = await mountInApp(PaneHost, { props: { pane } })
    expect(wrapper.get('.echo').text()).toBe('Said again')
    wrapper.unmount()
  })
})
