import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addAt,
  at,
  childrenOf,
  faultsOf,
  kindOf,
  moveAt,
  negate,
  newCondition,
  removeAt,
  replaceAt,
} from '#renderer/features/desks/conditionTree.ts'
import { groupRules, moveRule } from '#renderer/features/desks/ruleOrder.ts'
import { Condition, ruleFacts } from '#shared/model/rule.ts'
import type { Rule } from '#shared/model/rule.ts'

const a: Condition = { query: 'a' }
const b: Condition = { query: 'b' }
const tree: Condition = { all: [a, { not: { any: [b, { fact: 'followers', atLeast: 5 }] } }] }

describe('condition tree', () => {
  it('finds, replaces and leaves the old tree alone', () => {
    expect(at(tree, [1, 0, 0])).toEqual(b)
    expect(at(tree, [9, 9])).toBeNull()
    const next = replaceAt(tree, [1, 0, 0], a)
    expect(at(next, [1, 0, 0])).toEqual(a)
    expect(at(tree, [1, 0, 0])).toEqual(b)
    expect(replaceAt(tree, [7, 1], a)).toBe(tree)
  })
  it('removes a condition, and a not with what it holds', () => {
    expect(removeAt(tree, [0])).toEqual({ all: [(tree as { all: Condition[] }).all[1]] })
    expect(removeAt(tree, [1, 0])).toEqual({ all: [a] })
    expect(removeAt(a, [])).toEqual({ all: [] })
  })
  it('adds to groups and wraps a lone condition', () => {
    expect(addAt({ any: [a] }, [], b)).toEqual({ any: [a, b] })
    expect(addAt(a, [], b)).toEqual({ all: [a, b] })
    expect(addAt(tree, [1], a)).toEqual({ all: [a, { all: [(tree as { all: Condition[] }).all[1], a] }] })
  })
  it('moves within a group and stops at its ends', () => {
    expect(moveAt({ all: [a, b] }, [0], 1)).toEqual({ all: [b, a] })
    expect(moveAt({ all: [a, b] }, [0], -1)).toEqual({ all: [a, b] })
  })
  it('negates and back', () => {
    expect(negate(negate(a))).toEqual(a)
  })
  it('makes conditions that the model accepts once their value is filled in', () => {
    for (const fact of ruleFacts) expect(Condition.safeParse(newCondition(fact)).success, fact).toBe(true)
  })
  it('names every fault with its place', () => {
    const faulty: Condition = {
      all: [
        { query: ' ' },
        { any: [{ fact: 'network', is: [''] }, { fact: 'followers' }] },
        { fact: 'hour', atLeast: 9, atMost: 8 },
        { problem: { withinMinutes: 60 } },
      ],
    }
    expect(faultsOf(faulty)).toEqual([
      { path: [0], fault: 'emptyQuery' },
      { path: [1, 0], fault: 'emptyValue' },
      { path: [1, 1], fault: 'noBound' },
      { path: [2], fault: 'bounds' },
      { path: [3], fault: 'noProblem' },
    ])
    expect(faultsOf({ all: [] })).toEqual([])
  })
  it('adding and removing again gives the same tree', () => {
    const leaf = fc.constantFrom<Condition>(a, b, { fact: 'private', is: [true] })
    const any = fc.letrec<{ tree: Condition }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.array(tie('tree'), { maxLength: 4 }).map((all): Condition => ({ all })),
      ),
    })).tree
    fc.assert(
      fc.property(any, (root) => {
        if (kindOf(root) !== 'all') return
        const grown = addAt(root, [], a)
        expect(removeAt(grown, [childrenOf(grown).length - 1])).toEqual(root)
      }),
    )
  })
})

describe('rule order', () => {
  const rule = (id: string, order: number, group: string) => ({ id, order, group }) as Rule
  it('keeps the order of trying and puts neighbours of a group under one heading', () => {
    const groups = groupRules([rule('d', 4, 'y'), rule('c', 3, 'x'), rule('a', 1, 'y'), rule('b', 2, 'x')])
    expect(groups.map((one) => [one.group, one.rules.map((member) => member.id)])).toEqual([['y', ['a']], ['x', ['b', 'c']], ['y', ['d']]]) // prettier-ignore
  })
  it('moves and stops at the ends', () => {
    expect(moveRule(['a', 'b', 'c'], 'a', 1)).toEqual(['b', 'a', 'c'])
    expect(moveRule(['a', 'b', 'c'], 'a', -1)).toEqual(['a', 'b', 'c'])
    expect(moveRule(['a', 'b', 'c'], 'b', 9)).toEqual(['a', 'c', 'b'])
    expect(moveRule(['a'], 'z', 1)).toEqual(['a'])
  })
})
