// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { defineComponent, effectScope, h, nextTick, provide, ref } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  blockKeys,
  describeKeys,
  describePalette,
  handleKey,
  inModal,
  installKeys,
  stroke,
  useKeys,
} from '#renderer/composables/control/useKeys.ts'

let scope = effectScope()
beforeEach(() => {
  scope = effectScope()
})
afterEach(() => scope.stop())

const press = (key: string, more: KeyboardEventInit = {}, target: EventTarget = document.body, now = 0) => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more })
  Object.defineProperty(event, 'target', { value: target })
  return handleKey(event, now)
}

describe('a stroke', () => {
  it.each([
    ['j', {}, 'j'],
    ['J', { shiftKey: true }, 'Shift+j'],
    ['?', { shiftKey: true }, '?'],
    ['k', { ctrlKey: true }, 'Mod+k'],
    ['ArrowUp', { shiftKey: true }, 'Shift+ArrowUp'],
    [' ', {}, 'Space'],
    ['ß', {}, 'ß'],
    ['m', { metaKey: true }, 'Super+m'],
  ])('of %s %o is written %s', (key, more, written) => {
    const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }
    expect(stroke({ key, ...none, ...more }, false)).toBe(written)
  })
  it('takes ⌘ for Mod on a Mac', () => {
    expect(stroke({ key: 'k', ctrlKey: false, metaKey: true, altKey: false, shiftKey: false }, true)).toBe('Mod+k')
  })
})

describe('keys', () => {
  it('go to what was opened last, and back when it is gone', () => {
    const below = vi.fn<() => void>()
    const above = vi.fn<() => void>()
    scope.run(() => useKeys('below', [{ keys: 'Escape', label: 'x', run: below }]))
    const inner = effectScope()
    inner.run(() => useKeys('above', [{ keys: 'Escape', label: 'x', run: above }]))
    press('Escape')
    inner.stop()
    press('Escape')
    expect([above.mock.calls.length, below.mock.calls.length]).toEqual([1, 1])
  })

  it('come as sequences within a second or so', () => {
    const go = vi.fn<() => void>()
    scope.run(() => useKeys('go', [{ keys: 'g w', label: 'wall', run: go }]))
    press('g', {}, document.body, 0)
    press('w', {}, document.body, 500)
    expect(go).toHaveBeenCalledTimes(1)
    press('g', {}, document.body, 1_000)
    press('w', {}, document.body, 9_000)
    expect(go).toHaveBeenCalledTimes(1)
  })

  it('do not act while somebody types, except those that say so', () => {
    const letter = vi.fn<() => void>()
    const palette = vi.fn<() => void>()
    scope.run(() =>
      useKeys('all', [
        { keys: 'e', label: 'accept', run: letter },
        { keys: 'Mod+k', label: 'palette', run: palette, inFields: true },
      ]),
    )
    const field = document.createElement('textarea')
    press('e', {}, field)
    press('k', { ctrlKey: true }, field)
    expect([letter.mock.calls.length, palette.mock.calls.length]).toEqual([0, 1])
  })

  it('rest below a dialog and work in it', () => {
    const view = vi.fn<() => void>()
    const dialog = vi.fn<() => void>()
    scope.run(() => useKeys('view', [{ keys: '1', label: 'route', run: view }]))
    const release = blockKeys()
    const inner = effectScope()
    inner.run(() => useKeys('dialog', [{ keys: '1', label: 'choose', run: dialog }]))
    press('1')
    inner.stop()
    release()
    press('1')
    expect([view.mock.calls.length, dialog.mock.calls.length]).toEqual([1, 1])
  })

  it('of a component that is a dialog work although they were there before it opened', () => {
    const choose = vi.fn<() => void>()
    const nested = vi.fn<() => void>()
    scope.run(() => useKeys('dialog', [{ keys: '1', label: 'choose', run: choose }], undefined, { dialog: true }))
    const release = blockKeys()
    press('1')
    const inner = effectScope()
    inner.run(() => useKeys('nested', [{ keys: '2', label: 'x', run: nested }], undefined, { dialog: true }))
    const releaseInner = blockKeys()
    press('1')
    press('2')
    inner.stop()
    releaseInner()
    press('1')
    release()
    expect([choose.mock.calls.length, nested.mock.calls.length]).toEqual([2, 1])
  })

  it('are listed with what they do, without hidden and unnamed ones', () => {
    scope.run(() =>
      useKeys('Mention', [
        { keys: ['j', 'ArrowDown'], label: 'Next', run() {} },
        { keys: '1', label: () => '', run() {} },
        { keys: 'q', label: 'Secret', hidden: true, run() {} },
      ]),
    )
    expect(describeKeys()).toEqual([{ name: 'Mention', keys: [{ keys: ['j', 'ArrowDown'], label: 'Next' }] }])
  })

  it('of a view that arrives behind a dialog wait until it is closed, those inside it do not', () => {
    const view = vi.fn<() => void>()
    const inside = vi.fn<() => void>()
    const keyed = (run: () => void) =>
      defineComponent({
        setup() {
          useKeys('x', [{ keys: '1', label: 'x', run }])
          return () => h('p')
        },
      })
    const modal = defineComponent({
      setup() {
        provide(inModal, true)
        return () => h(keyed(inside))
      },
    })
    const release = blockKeys()
    const dialog = mount(modal)
    const late = mount(keyed(view))
    press('1')
    dialog.unmount()
    press('1')
    expect([view.mock.calls.length, inside.mock.calls.length]).toEqual([0, 1])
    release()
    press('1')
    expect(view).toHaveBeenCalledTimes(1)
    late.unmount()
  })

  it('come back whichever of two dialogs goes first', () => {
    const view = vi.fn<() => void>()
    scope.run(() => useKeys('view', [{ keys: 'j', label: 'x', run: view }]))
    const outer = blockKeys()
    const inner = blockKeys()
    outer()
    press('j')
    expect(view).not.toHaveBeenCalled()
    inner()
    inner()
    press('j')
    expect(view).toHaveBeenCalledTimes(1)
  })
})

describe('a sequence on a page that is busy', () => {
  it('counts from when its keys were pressed, not from when the page got to them', () => {
    const go = vi.fn<() => void>()
    scope.run(() => useKeys('go', [{ keys: 'g s', label: 'sources', run: go }]))
    const stamped = (key: string, timeStamp: number) => {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
      Object.defineProperty(event, 'timeStamp', { value: timeStamp })
      return handleKey(event)
    }
    stamped('g', 100)
    stamped('s', 600)
    expect(go).toHaveBeenCalledTimes(1)
    stamped('g', 1_000)
    stamped('s', 2_600)
    expect(go).toHaveBeenCalledTimes(1)
  })

  it('lasts while its beginning is held down', () => {
    const go = vi.fn<() => void>()
    const single = vi.fn<() => void>()
    scope.run(() =>
      useKeys('go', [
        { keys: 'g s', label: 'sources', run: go },
        { keys: 's', label: 'x', run: single },
      ]),
    )
    const remove = installKeys()
    press('g', {}, document.body, performance.now() - 2_000)
    window.dispatchEvent(new KeyboardEvent('keyup', { key: 'g' }))
    press('s', {}, document.body, performance.now())
    remove()
    expect([go.mock.calls.length, single.mock.calls.length]).toEqual([1, 0])
  })
})

describe('keys typed ahead of what they are about', () => {
  it('wait for it, in their order, and do not go to what lies behind', async () => {
    const did: string[] = []
    const ready = ref(false)
    const keys = (who: string) =>
      ['j', 'e'].map((key) => ({ keys: key, label: key, run: () => void did.push(`${who} ${key}`) }))
    scope.run(() => {
      useKeys('behind', keys('behind'))
      useKeys('panel', keys('panel'), undefined, { ready: () => ready.value })
    })
    press('j')
    press('e')
    expect(did).toEqual([])
    ready.value = true
    await nextTick()
    expect(did).toEqual(['panel j', 'panel e'])
    press('j')
    expect(did).toEqual(['panel j', 'panel e', 'panel j'])
  })

  it('wait although nobody knows them yet, and go to what has arrived by then', async () => {
    const next = vi.fn<() => void>()
    const other = vi.fn<() => void>()
    const arrived = ref(false)
    scope.run(() => {
      useKeys('app', [{ keys: '/', label: 'search', run: other }])
      useKeys('arriving', [], undefined, { ready: () => arrived.value })
    })
    press('j')
    press('/')
    expect(other).toHaveBeenCalledTimes(1)
    scope.run(() => useKeys('view', [{ keys: 'j', label: 'next', run: next }]))
    arrived.value = true
    await nextTick()
    expect(next).toHaveBeenCalledTimes(1)
  })

  it('let Escape through, and what the browser or a button does itself', async () => {
    const leave = vi.fn<() => void>()
    const late = vi.fn<() => void>()
    const ready = ref(false)
    scope.run(() =>
      useKeys('panel', [{ keys: 'Escape', label: 'close', run: leave }], undefined, { ready: () => ready.value }),
    )
    press('Escape')
    expect(leave).toHaveBeenCalledTimes(1)
    press('Enter', {}, document.createElement('button'))
    press('r', { ctrlKey: true })
    press('x', {}, document.createElement('input'))
    scope.run(() => useKeys('all', [{ keys: ['Enter', 'Mod+r', 'x'], label: 'x', run: late }]))
    ready.value = true
    await nextTick()
    expect(late).not.toHaveBeenCalled()
  })

  it('are forgotten with their view, behind a dialog, and when they are old', async () => {
    const run = vi.fn<() => void>()
    const ready = ref(false)
    const waiting = () => useKeys('view', [{ keys: 'e', label: 'x', run }], undefined, { ready: () => ready.value })
    const left = effectScope()
    left.run(waiting)
    press('e')
    left.stop()
    scope.run(waiting)
    const old = new KeyboardEvent('keydown', { key: 'e', cancelable: true })
    Object.defineProperty(old, 'timeStamp', { value: performance.now() - 6_000 })
    handleKey(old)
    ready.value = true
    await nextTick()
    ready.value = false
    press('e')
    const release = blockKeys()
    ready.value = true
    await nextTick()
    release()
    expect(run).not.toHaveBeenCalled()
  })

  it('do not tear apart a sequence that is being typed', async () => {
    const go = vi.fn<() => void>()
    const ready = ref(false)
    scope.run(() => {
      useKeys('go', [{ keys: 'g s', label: 'sources', run: go }])
      useKeys('view', [{ keys: 'j', label: 'x', run() {} }], undefined, { ready: () => ready.value })
    })
    press('j')
    press('g')
    ready.value = true
    await nextTick()
    press('s', {}, document.body, 100)
    expect(go).toHaveBeenCalledTimes(1)
  })
})

describe('the palette', () => {
  it('offers what says so, by its own name or another, and of two that are named alike the newer', () => {
    const did: string[] = []
    const group = 'Views'
    scope.run(() => {
      useKeys('app', [
        { keys: 'g w', label: 'Go to Wall', palette: { group, label: 'Wall' }, run: () => void did.push('wall') },
        { keys: 'j', label: 'Next', run: () => void did.push('next') },
        { keys: [], label: 'Dark', palette: { group, words: 'night' }, run: () => void did.push('dark') },
        { keys: 'e', label: 'Accept', palette: { group }, run: () => void did.push('below') },
      ])
      useKeys('view', [
        { keys: 'e', label: 'Accept', palette: { group }, run: () => void did.push('above') },
        { keys: 'r', label: 'Reply', palette: { group }, when: () => false, run: () => void did.push('reply') },
      ])
      useKeys('elsewhere', [{ keys: 'x', label: 'Select', palette: { group }, run() {} }], () => false)
    })
    const release = blockKeys()
    const entries = describePalette()
    expect(entries.map(({ label, keys, words }) => [label, keys, words])).toEqual([
      ['Wall', 'g w', ''],
      ['Dark', '', 'night'],
      ['Accept', 'e', ''],
    ])
    for (const entry of entries) entry.run()
    expect(did).toEqual(['wall', 'dark', 'above'])
    release()
    expect(describeKeys().flatMap(({ keys }) => keys.map(({ label }) => label))).not.toContain('Dark')
  })
})
