// @vitest-environment happy-dom
import { effectScope } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { setOwnKeys } from '#renderer/composables/control/own-keys.ts'
import { strokes } from '#renderer/composables/control/strokes.ts'
import { installKeys, useKeys } from '#renderer/composables/control/useKeys.ts'

let scope = effectScope()
let remove = () => {}
beforeEach(() => {
  scope = effectScope()
  remove = installKeys()
  strokes(new KeyboardEvent('keydown', { key: 'a', code: 'KeyA' }))
})
afterEach(() => {
  scope.stop()
  remove()
  setOwnKeys({ single: true, moved: {} })
  document.body.innerHTML = ''
})
const down = (init: KeyboardEventInit, target: Element = document.body) => {
  const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init })
  target.dispatchEvent(event)
  return event
}
const bound = (keys: string | string[], more: object = {}) => {
  const run = vi.fn<() => void>()
  scope.run(() => useKeys('here', [{ keys, label: String(keys), run, ...more }]))
  return run
}

describe('a press of', () => {
  it.each<[keyboard: string, init: KeyboardEventInit, meant: string]>([
    ['the digits beside', { key: '3', code: 'Numpad3' }, '3'],
    ['Arabic digits beside', { key: '٣', code: 'Numpad3' }, '3'],
    ['Devanagari digits', { key: '३', code: 'Digit3' }, '3'],
    ['digits of full width', { key: '３', code: 'Digit3' }, '3'],
    ['the Enter beside', { key: 'Enter', code: 'NumpadEnter' }, 'Enter'],
    ['the plus beside', { key: '+', code: 'NumpadAdd' }, '+'],
    ['digits beside without their lock', { key: 'PageDown', code: 'Numpad3' }, 'PageDown'],
    ['letters of full width', { key: 'ｊ', code: 'KeyJ' }, 'j'],
    ['kana without an input method', { key: 'ま', code: 'KeyJ' }, 'j'],
    ['Hindi', { key: 'र', code: 'KeyJ' }, 'j'],
    ['a vowel sign of Tamil', { key: 'ி', code: 'KeyF' }, 'f'],
    ['Armenian', { key: 'յ', code: 'KeyJ' }, 'j'],
    ['Turkish ı', { key: 'ı', code: 'KeyI' }, 'i'],
    ['Vietnamese digits', { key: 'ă', code: 'Digit1' }, '1'],
    ['Vietnamese tones', { key: '\u0300', code: 'Digit5' }, '5'],
    ['Lithuanian digits', { key: 'š', code: 'Digit6' }, '6'],
    ['Czech digits', { key: 'ě', code: 'Digit2' }, '2'],
    ['Belgian digits', { key: 'è', code: 'Digit7' }, '7'],
    ['the lock of capitals', { key: 'J', code: 'KeyJ' }, 'j'],
    ['the lock of capitals in Russian', { key: 'О', code: 'KeyJ' }, 'j'],
    ['a Dvorak keyboard', { key: 'j', code: 'KeyC' }, 'j'],
    ['German Shift 7', { key: '/', code: 'Digit7', shiftKey: true }, '/'],
    ['an Arabic question mark', { key: '؟', code: 'Slash', shiftKey: true }, '?'],
    ['a question mark of full width', { key: '？', code: 'Slash', shiftKey: true }, '?'],
    ['a slash of full width', { key: '／', code: 'Slash' }, '/'],
    ['Arabic slash', { key: 'ظ', code: 'Slash' }, '/'],
    ['AZERTY Ctrl 1', { key: '&', code: 'Digit1', ctrlKey: true }, 'Mod+1'],
    ['Greek Ctrl Shift', { key: 'Κ', code: 'KeyK', ctrlKey: true, shiftKey: true }, 'Mod+Shift+k'],
    ['Option Shift', { key: 'Ç', code: 'KeyC', altKey: true, shiftKey: true }, 'Alt+Shift+c'],
    ['Option and a digit', { key: '¡', code: 'Digit1', altKey: true }, 'Alt+1'],
    ['dictation, which has no place', { key: 'j', code: '' }, 'j'],
  ])('%s', (_keyboard, init, meant) => {
    const run = bound(meant)
    down(init)
    for (let i = 0; i < 3; i++) down({ ...init, repeat: true })
    expect(run).toHaveBeenCalledTimes(1)
  })

  it.each<[what: string, init: KeyboardEventInit, not: string]>([
    ['Dvorak: the place of j is h', { key: 'h', code: 'KeyJ' }, 'j'],
    ['Colemak: the place of k is e', { key: 'e', code: 'KeyK' }, 'k'],
    ['a dead accent', { key: 'Dead', code: 'KeyE' }, 'e'],
    ['Shift and a digit', { key: '#', code: 'Digit3', shiftKey: true }, '3'],
    ['an umlaut beside', { key: 'ö', code: 'Semicolon' }, 'o'],
    ['a suggestion of an input method', { key: 'j', code: 'KeyJ', isComposing: true }, 'j'],
    ['a key of an input method', { key: 'Convert', code: 'Convert' }, 'c'],
    ['Ctrl of another', { key: 'j', code: 'KeyJ', ctrlKey: true }, 'j'],
    ['a French sign of a letter key', { key: ',', code: 'KeyM' }, 'm'],
    ['the decimal point beside', { key: ',', code: 'NumpadDecimal' }, '.'],
  ])('%s does not mean it', (_what, init, not) => {
    const run = bound(not)
    down(init)
    expect(run).not.toHaveBeenCalled()
  })
})

it.each(['Shift', 'Control', 'Alt', 'AltGraph', 'CapsLock', 'NumLock', 'Meta'])(
  'a sequence outlives %s pressed for itself, as sticky keys are',
  (key) => {
    const run = bound('g w')
    down({ key: 'g', code: 'KeyG' })
    down({ key, code: `${key}Left`, altKey: key === 'Alt', ctrlKey: key === 'Control', shiftKey: key === 'Shift' })
    down({ key: 'w', code: 'KeyW' })
    expect(run).toHaveBeenCalledTimes(1)
  },
)

it('a form that the browser fills in presses nothing', () => {
  document.body.innerHTML = '<input>'
  bound('j')
  const errors = vi.fn<() => void>()
  window.addEventListener('error', errors)
  for (const type of ['keydown', 'keyup'])
    document.querySelector('input')!.dispatchEvent(new Event(type, { bubbles: true }))
  window.removeEventListener('error', errors)
  expect(errors).not.toHaveBeenCalled()
})

it('single keys that are off stay off on every keyboard, and what was moved is pressed on all of them', () => {
  setOwnKeys({ single: false, moved: { e: 'Alt+e' } })
  const [next, third, accept] = [bound('j'), bound('3'), bound('e')]
  for (const init of [
    { key: 'о', code: 'KeyJ' },
    { key: '٣', code: 'Digit3' },
    { key: '3', code: 'Numpad3' },
    { key: 'у', code: 'KeyE' },
  ])
    down(init)
  expect([next.mock.calls.length, third.mock.calls.length, accept.mock.calls.length]).toEqual([0, 0, 0])
  down({ key: 'у', code: 'KeyE', altKey: true })
  expect(accept).toHaveBeenCalledTimes(1)
})
