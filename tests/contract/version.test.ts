import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { read, write } from '#shared/contract/base.ts'
import { contract } from '#shared/contract/contract.ts'
import { contractHash, contractVersion } from '#shared/contract/version.ts'
import { fingerprint, procedures } from './fingerprint.ts'

describe('the version of the contract', () => {
  it('grows with every change of the contract', () => {
    const found = fingerprint(contract)
    expect(
      contractHash,
      `The contract changed: add '${found}' at the end of the list in shared/contract/version.ts`,
    ).toBe(found)
    expect(contractVersion).toBeGreaterThan(0)
  })

  const base = { room: { call: read.input(z.object({ a: z.string() })).output(z.object({ b: z.number() })) } }
  const changes: [string, object][] = [
    [
      'a field more in the input',
      { room: { call: read.input(z.object({ a: z.string(), c: z.string() })).output(z.object({ b: z.number() })) } },
    ],
    [
      'another type in the output',
      { room: { call: read.input(z.object({ a: z.string() })).output(z.object({ b: z.string() })) } },
    ],
    [
      'a tighter limit',
      { room: { call: read.input(z.object({ a: z.string().max(5) })).output(z.object({ b: z.number() })) } },
    ],
    [
      'a read that becomes a write',
      { room: { call: write.input(z.object({ a: z.string() })).output(z.object({ b: z.number() })) } },
    ],
    ['another name', { room: { called: base.room.call } }],
    ['a further error', { room: { call: base.room.call.errors({ GONE: { status: 410 } }) } }],
  ]
  it.each(changes)('notices %s', (_what, changed) => {
    expect(fingerprint(changed)).not.toBe(fingerprint(base))
  })

  it('stays the same for the same contract', () => {
    const again = { room: { call: read.input(z.object({ a: z.string() })).output(z.object({ b: z.number() })) } }
    expect(fingerprint(again)).toBe(fingerprint(base))
  })

  it('knows of every procedure whether it writes', () => {
    const all = procedures(contract)
    expect(all.length).toBeGreaterThan(40)
    // A name that sounds like a change and is marked as a read would be open to every wall.
    const suspicious = all.filter(({ path, write: isWrite }) => !isWrite && /\.(save|remove|start|end|set|mute|route|close|undo|import|archive)/.test(path)) // prettier-ignore
    expect(suspicious.map(({ path }) => path)).toEqual([])
  })
})
