// @vitest-environment happy-dom
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { defineComponent, h } from 'vue'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { paneKinds } from '#shared/model/wall.ts'
import type { PaneKind } from '#shared/model/wall.ts'
import { createWords } from '#renderer/app/i18n.ts'
import PaneDialog from '#renderer/features/wall/PaneDialog.vue'
import PaneHost from '#renderer/panes/PaneHost.vue'
import { byFolder, choosable, definitionOf, newPane, panes } from '#renderer/panes/registry.ts'
import { provideWallPanes } from '#renderer/panes/useWallPanes.ts'
import { mountInApp, settle } from '#tests/renderer/support/mount.ts'

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

describe('the dialog of a new pane', () => {
  it('begins at the kind, and gives each its own size and stretch', async () => {
    const saved = vi.fn<(pane: unknown) => void>()
    const { wrapper } = await mountInApp(PaneDialog, { props: { pane: newPane('stream'), fresh: true, onSave: saved } })
    const select = document.querySelector<HTMLSelectElement>('dialog select')!
    expect(document.activeElement).toBe(select)
    select.value = 'heat'
    select.dispatchEvent(new Event('change'))
    await settle()
    document.querySelector('#pane-form')!.dispatchEvent(new Event('submit', { cancelable: true }))
    await settle()
    expect(saved.mock.calls).toMatchObject([[{ kind: 'heat', w: 4, h: 4, minutes: 10_080 }]])
    wrapper.unmount()
  })
})

describe('the pane of terms', () => {
  const mentions = { mentions: 40, negative: 30 }
  const shown = async (terms: object[]) => {
    const pane = newPane('terms')
    const Wall = defineComponent({
      setup() {
        provideWallPanes(false)
        return () => h(PaneHost, { pane })
      },
    })
    const { wrapper } = await mountInApp(Wall, {
      handlers: { charts: { terms: () => ({ terms, mentions: 900, complete: true }) } },
    })
    const text = wrapper.text()
    wrapper.unmount()
    return text
  }
  it('shows what is said more than before, most risen first', async () => {
    const text = await shown([
      { term: 'coffee', ...mentions, before: 41, rise: 0.2 },
      { term: 'card', ...mentions, before: 20, rise: 3 },
      { term: '#fail', ...mentions, before: 1, rise: 9 },
    ])
    expect(text).toMatch(/#fail75% negative · before: 1 *40.*card/)
    expect(text).not.toContain('coffee')
  })
  it('shows what is said most while there is nothing to compare with', async () => {
    expect(await shown([{ term: 'coffee', ...mentions, before: null, rise: null }])).toMatch(/last 8 h.*coffee/)
    expect(await shown([])).toContain('No word stands out')
  })
})
