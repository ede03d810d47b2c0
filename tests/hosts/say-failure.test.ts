import { asWritten } from '#shared/words/said.ts'
import { onWire } from '#engine/api/wire-failure.ts'
import { parseArgs } from 'node:util'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Failure } from '#engine/platform/failure.ts'
import { UsageError, inWords } from '#hosts/say-failure.ts'

const thrownBy = (call: () => unknown): unknown => {
  try {
    return call()
  } catch (error) {
    return error
  }
}

describe('a failure in words', () => {
  it('tells wrong use from what went wrong', () => {
    expect(inWords(new UsageError('The file is missing.'))).toEqual({
      message: 'The file is missing.',
      exitCode: 2,
      usage: true,
    })
    expect(inWords(new Failure('user', asWritten('Choose another folder.')))).toMatchObject({
      exitCode: 2,
      usage: false,
    })
    expect(inWords(onWire(new Failure('user', asWritten('query: …'))))).toMatchObject({ exitCode: 2 })
    expect(inWords(new Failure('operational', asWritten('Try again.')))).toMatchObject({
      message: 'Try again.',
      exitCode: 1,
    })
    expect(inWords(new Error('The disk is full.'))).toMatchObject({ exitCode: 1, usage: false })
    expect(inWords('gone')).toMatchObject({ message: 'gone', exitCode: 1 })
  })

  it('names the file of a system error, and what to do', () => {
    const error = thrownBy(() => readFileSync('/nowhere/at/all'))
    expect(inWords(error)).toMatchObject({ message: '/nowhere/at/all: It does not exist.', exitCode: 1 })
  })

  it('shows the usage for an unknown option', () => {
    const error = thrownBy(() => parseArgs({ args: ['--nonsense'], options: {} }))
    expect(inWords(error)).toMatchObject({ exitCode: 2, usage: true })
    expect(inWords(error).message).toContain('--nonsense')
  })
})
