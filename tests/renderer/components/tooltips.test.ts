// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { installTooltips } from '#renderer/components/tooltips.ts'

let uninstall = () => {}
beforeEach(() => {
  vi.useFakeTimers()
  document.body.innerHTML =
    '<p id="plain">nothing</p><button id="one" title="What it does">Do</button><i id="bare" title="Only this"></i><b id="whole" title="All of it">All of it</b>'
  uninstall = installTooltips(document)
})
afterEach(() => {
  uninstall()
  vi.useRealTimers()
})
const at = (id: string) => document.getElementById(id)!
const over = (id: string, pointerType = 'mouse') =>
  at(id).dispatchEvent(new PointerEvent('pointerover', { bubbles: true, pointerType, clientX: 90 }))
const tip = () => document.querySelector('.tip')?.textContent

it('says soon what the pointer is over, and nothing of what it only passed', () => {
  over('one')
  over('plain')
  vi.advanceTimersByTime(1_000)
  expect(tip()).toBeUndefined()
  over('one')
  vi.advanceTimersByTime(300)
  expect(tip()).toBeUndefined()
  vi.advanceTimersByTime(100)
  expect(tip()).toBe('What it does')
  over('bare')
  vi.advanceTimersByTime(1)
  expect(tip()).toBe('Only this')
  over('plain')
  expect(tip()).toBeUndefined()
})

it('leaves the element its name and description, and its title afterwards', () => {
  over('one')
  expect(at('one').getAttribute('title')).toBeNull()
  expect(at('one').getAttribute('aria-description')).toBe('What it does')
  over('bare')
  expect(at('one').outerHTML).toBe('<button id="one" title="What it does">Do</button>')
  expect(at('bare').getAttribute('aria-label')).toBe('Only this')
  uninstall()
  expect(at('bare').outerHTML).toBe('<i id="bare" title="Only this"></i>')
})

it('follows a title that changes meanwhile', async () => {
  over('one')
  vi.advanceTimersByTime(400)
  at('one').title = 'Another'
  await Promise.resolve()
  expect(at('one').getAttribute('title')).toBeNull()
  expect(at('one').getAttribute('aria-description')).toBe('Another')
  expect(tip()).toBe('Another')
  over('plain')
  expect(at('one').title).toBe('Another')
})

it('goes with Escape, with what it belongs to, and shows on no touch', () => {
  over('one')
  vi.advanceTimersByTime(400)
  at('one').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
  expect(tip()).toBeUndefined()
  over('bare')
  vi.advanceTimersByTime(400)
  expect(tip()).toBe('Only this')
  at('bare').remove()
  vi.advanceTimersByTime(600)
  expect(tip()).toBeUndefined()
  over('one', 'touch')
  vi.advanceTimersByTime(1_000)
  expect(tip()).toBeUndefined()
})

it('stays while the pointer is on it', () => {
  over('one')
  vi.advanceTimersByTime(400)
  at('plain').dispatchEvent(new PointerEvent('pointerover', { bubbles: true, clientX: 1 }))
  expect(tip()).toBe('What it does')
})

it('does not repeat a text that is there in full', () => {
  over('whole')
  vi.advanceTimersByTime(1_000)
  expect(tip()).toBeUndefined()
})
