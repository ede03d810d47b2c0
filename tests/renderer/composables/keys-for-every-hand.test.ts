// @vitest-environment happy-dom
import { effectScope, nextTick } from 'vue'
import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createPinia, setActivePinia } from 'pinia'
import { setOwnKeys } from '#renderer/composables/control/own-keys.ts'
import { strokes } from '#renderer/composables/control/strokes.ts'
import { describeKeys, handleKey, installKeys, useKeys } from '#renderer/composables/control/useKeys.ts'
import { usePreferences } from '#renderer/stores/preferences.ts'
import { chosenKey, movableKeys } from '#renderer/features/settings/own-key-choices.ts'

let scope = effectScope()
let remove = () => {}
beforeEach(() => {
  scope = effectScope()
  remove = installKeys()
})
afterEach(() => {
  scope.stop()
  remove()
  setOwnKeys({ single: true, moved: {} })
  document.body.innerHTML = ''
})

const down = (init: KeyboardEventInit & { altGraph?: boolean }, target: Element = document.body) => {
  const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init })
  if (init.altGraph) Object.defineProperty(event, 'getModifierState', { value: (name: string) => name === 'AltGraph' })
  target.dispatchEvent(event)
  return event
}
const bound = (keys: string | string[], more: object = {}) => {
  const run = vi.fn<() => void>()
  scope.run(() => useKeys('here', [{ keys, label: String(keys), run, ...more }]))
  return run
}

describe('a key that is held', () => {
  it.each(['3', 'u', 'Enter', 'Mod+a', 'Shift+ArrowDown', 'Delete', 'F11'])('%s happens once', (keys) => {
    const run = bound(keys)
    const key = keys.split('+').at(-1)!
    const init = { key, code: key, ctrlKey: keys.startsWith('Mod'), shiftKey: keys.startsWith('Shift') }
    down(init)
    for (let i = 0; i < 11; i++) expect(down({ ...init, repeat: true }).defaultPrevented).toBe(true)
    expect(run).toHaveBeenCalledTimes(1)
  })

  it.each(['j', 'ArrowUp', 'PageDown'])('%s goes on where it only goes somewhere', (key) => {
    const run = bound(key, { moves: true })
    down({ key })
    for (let i = 0; i < 4; i++) down({ key, repeat: true })
    expect(run).toHaveBeenCalledTimes(5)
  })

  it('decides nothing in what opened because of it', () => {
    const first = bound('3')
    first.mockImplementation(() => scope.run(() => useKeys('dialog', [{ keys: '3', label: 'x', run: second }])))
    const second = vi.fn<() => void>()
    down({ key: '3', code: 'Digit3' })
    down({ key: '3', code: 'Digit3', repeat: true })
    expect([first.mock.calls.length, second.mock.calls.length]).toEqual([1, 0])
  })

  it('neither writes into a field that opened because of it, nor holds back what is written there', () => {
    document.body.innerHTML = '<input>'
    const field = document.querySelector('input')!
    down({ key: 't', code: 'KeyT' })
    expect(down({ key: 't', code: 'KeyT', repeat: true }, field).defaultPrevented).toBe(true)
    down({ key: 'a', code: 'KeyA' }, field)
    expect(down({ key: 'a', code: 'KeyA', repeat: true }, field).defaultPrevented).toBe(false)
    down({ key: 'Backspace', code: 'Backspace' }, field)
    expect(down({ key: 'Backspace', code: 'Backspace', repeat: true }, field).defaultPrevented).toBe(false)
  })

  it('presses no button again and sends nothing twice, but makes new lines', () => {
    document.body.innerHTML = '<button></button><textarea></textarea>'
    const [button, text] = [document.querySelector('button')!, document.querySelector('textarea')!]
    expect(down({ key: 'Enter', repeat: true }, button).defaultPrevented).toBe(true)
    down({ key: 'Enter', code: 'Enter' }, text)
    expect(down({ key: 'Enter', code: 'Enter', repeat: true }, text).defaultPrevented).toBe(false)
    expect(down({ key: 'Enter', code: 'Enter', ctrlKey: true, repeat: true }, text).defaultPrevented).toBe(true)
  })
})

describe('other keyboards', () => {
  it.each([
    ['Russian', { key: 'о', code: 'KeyJ' }, 'j'],
    ['Russian with Shift', { key: 'Ф', code: 'KeyA', shiftKey: true }, 'Shift+a'],
    ['Russian Ctrl', { key: 'л', code: 'KeyK', ctrlKey: true }, 'Mod+k'],
    ['Greek', { key: 'ξ', code: 'KeyJ' }, 'j'],
    ['Ukrainian', { key: 'і', code: 'KeyS' }, 's'],
    ['Hebrew', { key: 'ח', code: 'KeyJ' }, 'j'],
    ['Arabic', { key: 'ت', code: 'KeyJ' }, 'j'],
    ['Arabic, two letters on one key', { key: 'لا', code: 'KeyB' }, 'b'],
    ['Georgian', { key: 'ჯ', code: 'KeyJ' }, 'j'],
    ['Thai', { key: '่', code: 'KeyJ' }, 'j'],
    ['Korean', { key: 'ㅓ', code: 'KeyJ' }, 'j'],
    ['Persian digit', { key: '۳', code: 'Digit3' }, '3'],
    ['AZERTY digit', { key: 'é', code: 'Digit2' }, '2'],
    ['AZERTY digit', { key: '&', code: 'Digit1' }, '1'],
    ['Russian bracket', { key: 'х', code: 'BracketLeft' }, '['],
    ['Mac Option', { key: 'ç', code: 'KeyC', altKey: true }, 'Alt+c'],
    ['Mac Option', { key: '∑', code: 'KeyW', altKey: true }, 'Alt+w'],
    ['Mac Option, dead', { key: 'Dead', code: 'KeyN', altKey: true }, 'Alt+n'],
    ['Mac Option, a sign of the layout', { key: '[', code: 'Digit5', altKey: true }, '['],
  ])('%s %o also means %s', (_name, init, meant) => {
    expect(strokes(new KeyboardEvent('keydown', init), false)).toContain(meant)
    const run = bound(meant)
    down(init)
    expect(run).toHaveBeenCalledTimes(1)
  })

  it.each([
    ['what a Latin keyboard says comes first', { key: 'a', code: 'KeyQ' }, ['a']],
    ['AZERTY: a comma on M mutes nobody', { key: ',', code: 'KeyM' }, [',']],
    ['Dvorak: a comma on W promises nothing', { key: ',', code: 'KeyW' }, [',']],
    ['QWERTY: ! is not 1', { key: '!', code: 'Digit1', shiftKey: true }, ['!']],
    ['German: ö is no bracket', { key: 'ü', code: 'BracketLeft' }, ['ü']],
    ['French: é of its own key is no other', { key: 'ß', code: 'Minus' }, ['ß']],
  ])('%s', (_name, init, all) => {
    strokes(new KeyboardEvent('keydown', { key: 'a', code: 'KeyQ' }))
    expect(strokes(new KeyboardEvent('keydown', init), false)).toEqual(all)
  })

  it('takes a sign on a place of letters for that place once the keyboard is known not to be Latin', () => {
    strokes(new KeyboardEvent('keydown', { key: 'ח', code: 'KeyJ' }))
    expect(strokes(new KeyboardEvent('keydown', { key: "'", code: 'KeyW' }), false)).toContain('w')
  })

  it('lets AltGr write', () => {
    const [euro, bracket] = [bound('e'), bound('[')]
    down({ key: '€', code: 'KeyE', altGraph: true })
    down({ key: '[', code: 'Digit8', ctrlKey: true, altKey: true, altGraph: true })
    expect([euro.mock.calls.length, bracket.mock.calls.length]).toEqual([0, 1])
  })
})

describe('an input method', () => {
  it.each([
    [{ key: 'Enter', isComposing: true }],
    [{ key: 'Escape', isComposing: true }],
    [{ key: 'Process', code: 'KeyK' }],
    [{ key: 'Enter', keyCode: 229 }],
  ])('keeps %o from every handler and does its own with it', (init) => {
    const onKey = vi.fn<() => void>()
    const field = mount(
      {
        template: '<form @keydown="onKey"><input @keydown.enter="onKey" @keydown.esc="onKey"></form>',
        methods: { onKey },
      },
      { attachTo: document.body },
    )
    const run = bound(['Enter', 'Escape'], { inFields: true })
    const event = down(init, field.find('input').element)
    expect([onKey.mock.calls.length, run.mock.calls.length, event.defaultPrevented]).toEqual([0, 0, false])
    field.unmount()
  })
})

describe('own keys', () => {
  it('are pressed instead, everywhere, also at the beginning of a sequence', () => {
    const [accept, go] = [bound(['e', 'F2']), bound('g w')]
    setOwnKeys({ single: true, moved: { e: 'Alt+e', g: ';' } })
    down({ key: 'e' })
    down({ key: 'g' })
    down({ key: 'w' })
    expect([accept.mock.calls.length, go.mock.calls.length]).toEqual([0, 0])
    down({ key: 'e', altKey: true })
    down({ key: ';' })
    down({ key: 'w' })
    expect([accept.mock.calls.length, go.mock.calls.length]).toEqual([1, 1])
    expect(describeKeys()[0]!.keys.map(({ keys }) => keys)).toEqual([['; w'], ['Alt+e', 'F2']])
  })

  it('of a single character can be off, also digits, signs and sequences; the others stay', () => {
    setOwnKeys({ single: false, moved: { x: 'Alt+x' } })
    const off = ['e', 'Shift+X', '3', '/', '+', 'g w'].map((keys) => bound(keys))
    const on = ['Enter', 'ArrowDown', 'Mod+k', 'x', 'Home'].map((keys) => bound(keys))
    for (const key of ['e', '3', '/', '+', 'g', 'w']) down({ key })
    down({ key: 'X', shiftKey: true })
    down({ key: 'Enter' })
    down({ key: 'ArrowDown' })
    down({ key: 'k', ctrlKey: true })
    down({ key: 'x', altKey: true })
    down({ key: 'Home' })
    expect(off.map((run) => run.mock.calls.length)).toEqual([0, 0, 0, 0, 0, 0])
    expect(on.map((run) => run.mock.calls.length)).toEqual([1, 1, 1, 1, 1])
    expect(describeKeys().flatMap(({ keys }) => keys.flatMap((one) => one.keys))).not.toContain('e')
  })

  it('are kept for this screen, whatever else was kept there', async () => {
    localStorage.setItem(
      'earshot.screen',
      JSON.stringify({ singleKeys: false, movedKeys: { e: 'Alt+e', u: 7, p: '' } }),
    )
    setActivePinia(createPinia())
    expect(usePreferences().singleKeys).toBe(false)
    expect(usePreferences().movedKeys).toEqual({ e: 'Alt+e' })
    localStorage.setItem('earshot.screen', '{}')
    setActivePinia(createPinia())
    expect([usePreferences().singleKeys, usePreferences().movedKeys]).toEqual([true, {}])
    await nextTick()
  })

  it('are taken as they are pressed, unless they are needed', () => {
    const press = (init: KeyboardEventInit, moved = {}) => chosenKey(new KeyboardEvent('keydown', init), 'e', moved)
    expect(press({ key: 'e', altKey: true })).toEqual({ key: 'Alt+e' })
    expect(press({ key: 'у', code: 'KeyE', ctrlKey: true })).toEqual({ key: 'Mod+e' })
    expect(press({ key: 'F', shiftKey: true })).toEqual({ key: 'Shift+f' })
    expect(press({ key: 'e' })).toEqual({ key: 'e' })
    expect(press({ key: 'u' })).toMatchObject({ refused: 'taken', by: { key: 'u' } })
    expect(press({ key: 'u' }, { u: 'f' })).toEqual({ key: 'u' })
    expect(press({ key: 'f' }, { u: 'f' })).toMatchObject({ refused: 'taken', by: { key: 'u' } })
    expect(press({ key: 'ArrowDown' })).toEqual({ refused: 'unfit' })
    expect(press({ key: 'c', altKey: true })).toEqual({ refused: 'reserved' })
  })

  it('can be chosen for every decision', () => {
    const keys = movableKeys().map(({ key }) => key)
    for (const key of ['1', '9', 'e', 'r', 'd', '0', 'u', 's', 'm', 'p', 'i', 'j', 'k', 'g', '/', '?', '+', '-'])
      expect(keys).toContain(key)
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys).not.toContain('Enter')
  })
})

it('of a browser without codes are what they say', () => {
  const run = bound('j')
  expect(handleKey(new KeyboardEvent('keydown', { key: 'j' }))).toBe(true)
  expect(run).toHaveBeenCalledTimes(1)
})
