import { describe, expect, it } from 'vitest'
import { longFunctions } from './long-functions.ts'
import { ratchetViolations } from './ratchets.ts'

const body = (lines: number): string => `{\n${'  call()\n'.repeat(lines - 2)}}`

describe('functions over 80 lines', () => {
  it.each([
    ['a function', `export function long() ${body(81)}`, 1],
    ['an arrow that a constant is', `\nconst long = () => ${body(90)}`, 2],
    ['a method', `class A {\n  long() ${body(81)}\n}`, 2],
    [
      'a function inside another',
      `function outer() {\n  // Long: no\n  const a = 1\n  return () => ${body(100)}\n}`,
      1,
    ],
  ])('are found: %s', (_, text, line) => {
    expect(longFunctions('a.ts', text)[0]).toMatchObject({ line })
  })

  it('are found in the script of a component, on the lines of its file', () => {
    const text = `<template><p /></template>\n<script setup lang="ts">\nfunction long() ${body(81)}\n</script>`
    expect(longFunctions('a.vue', text)).toEqual([{ line: 3, lines: 81 }])
  })

  it.each([
    ['with 80 lines', `function short() ${body(80)}`],
    ['with a reason in the line above', `// Long: one table, a row an event\nfunction long() ${body(90)}`],
    [
      'with a reason in the description',
      `/**\n * Reads it.\n * Long: a case a token.\n */\nexport const long = () => ${body(90)}`,
    ],
    [
      'with a reason above what they are handed to',
      `// Long: a state each\nexport const long = once(() => ${body(90)})`,
    ],
  ])('may stand %s', (_, text) => {
    expect(longFunctions('a.ts', text)).toEqual([])
  })
})

describe('a ratchet', () => {
  const held = [{ what: 'of it', most: 1, find: (_: string, text: string) => (text === 'bad' ? [7] : []) }]

  it('lets there be less and no more, and names every place', () => {
    expect(ratchetViolations([{ file: 'a.ts', text: 'bad' }], held)).toEqual([])
    const two = ['a.ts', 'b.ts'].map((file) => ({ file, text: 'bad' }))
    expect(ratchetViolations(two, held)).toEqual(['2 of it; 1 are the most:', '  a.ts:7', '  b.ts:7'])
  })
})
