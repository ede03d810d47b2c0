import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '#tests/support/root.ts'

interface Locked {
  version?: string
  resolved?: string
  optionalDependencies?: Record<string, string>
}
const read = <T>(file: string): T => JSON.parse(readFileSync(join(projectRoot, file), 'utf8')) as T
const { packages } = read<{ packages: Record<string, Locked> }>('package-lock.json')
const manifest = read<Record<'dependencies' | 'devDependencies', Record<string, string>>>('package.json')

describe('the lock file', () => {
  it('has an entry for every optional package of every platform, without which npm ci refuses to install', () => {
    const missing = Object.entries(packages).flatMap(([from, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !packages[`${from}/node_modules/${name}`] && !packages[`node_modules/${name}`])
        .map((name) => `${name}, wanted by ${from}`),
    )
    expect(missing).toEqual([])
  })

  it('names no server that packages come from', () => {
    expect(Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined)).toEqual([])
  })

  it('pins what package.json asks for exactly', () => {
    for (const [name, wanted] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
      expect(wanted, name).toMatch(/^(npm:.+@)?\d+\.\d+\.\d+$/)
      expect(packages[`node_modules/${name}`]?.version, name).toBe(wanted.split('@').at(-1))
    }
  })
})
