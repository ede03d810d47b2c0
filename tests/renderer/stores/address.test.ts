// @vitest-environment happy-dom
import { createPinia, disposePinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { go, guardLeaving, keepAddress, useRoute } from '#renderer/stores/address.ts'

let pinia: ReturnType<typeof createPinia>
let route: ReturnType<typeof useRoute>
beforeEach(() => {
  setActivePinia((pinia = createPinia()))
  route = useRoute()
})
const hashchange = () => window.dispatchEvent(new Event('hashchange'))
/** As a link or the back button does: the address is there, the event comes later. */
const follow = (hash: string) => history.replaceState(null, '', hash)
afterEach(() => {
  disposePinia(pinia)
  follow('#/wall')
})

it('goes at once: view and address agree before the next key', () => {
  go('board', ['case_1'], { mode: 'list' })
  expect(route.value).toEqual({ view: 'board', parts: ['case_1'], query: { mode: 'list' } })
  expect(location.hash).toBe('#/board/case_1?mode=list')
})

it('leaves a way back, except where it replaces', () => {
  const before = history.length
  go('desks')
  expect(history.length).toBe(before + 1)
  go('desks')
  go('desks', ['rules'], {}, true)
  expect(history.length).toBe(before + 1)
})

it('keeps the address true without swallowing a link that is on its way', () => {
  go('board')
  follow('#/search?q=late')
  go('board', ['case_2'], {}, true)
  hashchange()
  expect(route.value).toMatchObject({ view: 'search', query: { q: 'late' } })
})

it('lets what was asked for last win over a link that is on its way', () => {
  go('board')
  follow('#/search')
  go('board')
  hashchange()
  expect([route.value.view, location.hash]).toEqual(['board', '#/board'])
})

it('waits for what holds something unsaved', () => {
  go('desks')
  let proceed: (() => void) | undefined
  const release = guardLeaving((then) => {
    proceed = then
    return true
  })
  go('board')
  expect([route.value.view, location.hash]).toEqual(['desks', '#/desks'])
  release()
  proceed?.()
  expect(route.value.view).toBe('board')
})

it('asks nobody when only the address follows what is on screen, and lets a link go before', () => {
  go('board')
  let asked = 0
  const release = guardLeaving(() => {
    asked++
    return true
  })
  keepAddress('board', ['case_1'], { mode: 'list' })
  expect([asked, location.hash]).toEqual([0, '#/board/case_1?mode=list'])
  release()
  follow('#/search')
  keepAddress('board', ['case_2'])
  hashchange()
  expect(route.value.view).toBe('search')
})
