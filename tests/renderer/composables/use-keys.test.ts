// @vitest-environment happy-dom
import { effectScope } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { blockKeys, describeKeys, handleKey, stroke, useKeys } from '#renderer/composables/useKeys.ts'

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
})
