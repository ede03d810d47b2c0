import { describe, expect, it } from 'vitest'
import { brandsFrom, brandsOf, isOurs } from '#shared/model/brand.ts'

const listens = [
  { id: 'all', name: 'Kaffora', routed: true },
  { id: 'pay', name: 'Payments', routed: true },
  { id: 'them', name: 'Bohnwerk', routed: false },
  { id: 'them2', name: 'Bohnwerk M2', routed: false },
]

describe('brands', () => {
  it('take what is routed as ours and the rest as one brand a listen', () => {
    expect(brandsOf({ brand: 'Kaffora', brands: [] }, listens)).toEqual([
      { name: 'Kaffora', listenIds: ['all', 'pay'] },
      { name: 'Bohnwerk', listenIds: ['them'] },
      { name: 'Bohnwerk M2', listenIds: ['them2'] },
    ])
  })

  it('keep each listen by itself where no brand of ours is named', () => {
    expect(brandsOf({ brand: ' ', brands: [] }, listens).map(({ name }) => name)).toEqual(
      listens.map(({ name }) => name),
    )
  })

  it('are as somebody said, each listen in one alone, whatever the letters', () => {
    const brands = [
      { name: 'bohnwerk', listenIds: ['them2', 'gone'] },
      { name: 'Else', listenIds: ['them2'] },
    ]
    expect(brandsOf({ brand: 'Kaffora', brands }, listens)).toEqual([
      { name: 'Kaffora', listenIds: ['all', 'pay'] },
      { name: 'Bohnwerk', listenIds: ['them', 'them2'] },
    ])
  })

  it('are made of the names that listens were given', () => {
    const names = new Map([['a', ' Kaffora '], ['b', 'KAFFORA'], ['c', ''], ['d', 'Bohnwerk']]) // prettier-ignore
    expect(brandsFrom(names)).toEqual([
      { name: 'Kaffora', listenIds: ['a', 'b'] },
      { name: 'Bohnwerk', listenIds: ['d'] },
    ])
  })

  it.each([
    ['Kaffora', 'kaffora ', true],
    ['', '', false],
    ['Bohnwerk', 'Kaffora', false],
  ])('%j is ours beside %j: %s', (name, own, is) => expect(isOurs(name, own)).toBe(is))
})
