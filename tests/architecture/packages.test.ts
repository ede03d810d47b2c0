import { describe, expect, it } from 'vitest'
import { packageViolations, packagesOf } from './packages.ts'

describe('the packages of package.json', () => {
  it.each([
    [`import a from 'zod'\nimport type { B } from '@orpc/client/fetch'`, ['zod', '@orpc/client']],
    [`const root = import.meta.resolve('eld')`, ['eld']],
    [`createRequire(import.meta.url).resolve('@a/words/package.json')`, ['@a/words']],
    [`// @vitest-environment happy-dom\nimport x from './x.ts'`, ['happy-dom']],
    [`import fs from 'node:fs'\nresolve('./here.ts')`, ['node:']],
  ])('are read in %j', (text, packages) => {
    expect(packagesOf('tests/a.ts', text)).toEqual(packages)
  })

  it('may not be listed when nothing reads them, nor ship for tests and laboratory alone', () => {
    const sources = [
      { file: 'electron/engine/a.ts', text: `import { z } from 'zod'` },
      { file: 'electron/laboratory/b.ts', text: `import eld from 'eld'` },
      { file: 'tests/c.test.ts', text: `import fc from 'fast-check'\nimport { z } from 'zod'` },
    ]
    const dependencies = { zod: '4.0.0', eld: '2.0.0' }
    const devDependencies = {
      'fast-check': '4.0.0',
      'left-pad': '1.0.0',
      '@types/left-pad': '1.0.0',
      prettier: '3.0.0',
    }
    expect(packageViolations({ dependencies, devDependencies }, sources)).toEqual([
      'package.json lists left-pad, which nothing reads',
      'package.json ships eld, which nothing that ships reads: it belongs to devDependencies',
    ])
  })
})
