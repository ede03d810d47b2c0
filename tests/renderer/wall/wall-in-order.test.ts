// @vitest-environment happy-dom
import { nextTick } from 'vue'
import { afterEach, expect, it, vi } from 'vitest'
import type { WallLayout } from '#shared/model/wall.ts'
import { usePreferences } from '#renderer/stores/preferences.ts'
import PaneDialog from '#renderer/features/wall/PaneDialog.vue'
import { useLayouts } from '#renderer/features/wall/useLayouts.ts'
import { useRotation } from '#renderer/features/wall/useRotation.ts'
import { newPane } from '#renderer/panes/registry.ts'
import { mountInApp, runInApp, settle } from '#tests/renderer/support/mount.ts'

const layout = (id: string): WallLayout => ({
  id,
  name: id,
  panes: [{ ...newPane('stream'), id: `${id}-first` }],
  attention: 6,
})
let unmount = () => {}
afterEach(() => {
  unmount()
  vi.useRealTimers()
})
async function layoutsOf(kept: () => WallLayout[] | Promise<WallLayout[]>) {
  const saved: WallLayout[] = []
  const app = await runInApp(useLayouts, {
    handlers: { station: { layouts: kept, saveLayout: (one: WallLayout) => void saved.push(one), removeLayout() {} } },
  })
  unmount = () => app.wrapper.unmount()
  return { ...app, layouts: app.result, saved }
}
const paneIds = (one: WallLayout | null | undefined) => one?.panes.map((pane) => pane.id)

it('changes the layout that was meant, also when another is on screen by then', async () => {
  const { layouts, saved } = await layoutsOf(() => [layout('a'), layout('b')])
  const before = layouts.current.value!.panes
  layouts.setPanes([])
  layouts.show('b')
  layouts.setPanes(before, 'a')
  layouts.flush()
  expect(paneIds(layouts.current.value)).toEqual(['b-first'])
  expect(saved.map((one) => [one.id, paneIds(one)])).toEqual([
    ['a', []],
    ['a', ['a-first']],
  ])
})

it('keeps what was arranged while the layouts were asked for anew', async () => {
  let answer: ((kept: WallLayout[]) => void) | undefined
  const { layouts, saved, fake } = await layoutsOf(() =>
    answer ? new Promise((resolve) => (answer = resolve)) : [layout('a')],
  )
  answer = () => {}
  fake.drop()
  fake.connect()
  await settle()
  layouts.setPanes([])
  answer([layout('a')])
  await settle()
  expect(paneIds(layouts.current.value)).toEqual([])
  layouts.flush()
  expect(saved.map(paneIds)).toEqual([[]])
})

it('does not forget a change to one layout because another is removed', async () => {
  const { layouts, saved } = await layoutsOf(() => [layout('a'), layout('b')])
  layouts.setPanes([])
  await layouts.remove('b')
  layouts.flush()
  expect(saved.map((one) => one.id)).toEqual(['a'])
})

it('leaves a layout that somebody chose on screen for its full time', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  usePreferences().rotateSeconds = 15
  const app = await runInApp(
    () => {
      const layouts = useLayouts()
      useRotation(layouts)
      return layouts
    },
    { handlers: { station: { layouts: () => [layout('a'), layout('b'), layout('c')] } } },
  )
  unmount = () => app.wrapper.unmount()
  vi.advanceTimersByTime(14_000)
  app.result.show('b')
  await nextTick()
  vi.advanceTimersByTime(14_000)
  expect(app.result.current.value?.id).toBe('b')
  vi.advanceTimersByTime(1_000)
  expect(app.result.current.value?.id).toBe('c')
})

it('asks what the whole query means before a pane is kept, however fast Enter came', async () => {
  const saved = vi.fn<(pane: unknown) => void>()
  const app = await mountInApp(PaneDialog, {
    props: { pane: newPane('stream'), fresh: true, onSave: saved },
    handlers: {
      listens: {
        explain: ({ query }: { query: string }) => ({
          words: query,
          tokens: [],
          problems: query.endsWith('OR')
            ? [{ severity: 'error', code: 'x', message: 'Something is missing.', start: 0, end: 1 }]
            : [],
        }),
      },
    },
  })
  unmount = () => app.wrapper.unmount()
  const field = document.querySelector<HTMLInputElement>('dialog .mono')!
  const write = (text: string) => {
    field.value = text
    field.dispatchEvent(new Event('input'))
  }
  const enter = async () => {
    document.querySelector('#pane-form')!.dispatchEvent(new Event('submit', { cancelable: true }))
    await settle()
  }
  write('late OR')
  await enter()
  expect(saved).not.toHaveBeenCalled()
  expect(document.querySelector('#pane-query')!.textContent).toBe('Something is missing.')
  write('late OR broken')
  await enter()
  expect(saved.mock.calls).toMatchObject([[{ query: 'late OR broken' }]])
})
