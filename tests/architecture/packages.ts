import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { projectRoot } from '#tests/support/root.ts'
import type { Source } from './ratchets.ts'
import { resolveSpecifier, scriptOf } from './imports.ts'

/** Used by their program or by the compiler, so that no file of ours names them. */
const tools: ReadonlySet<string> = new Set(['node', 'oxlint', 'eslint', 'prettier', 'vue-tsc', 'peggy'])
const isTool = (name: string): boolean => tools.has(name) || name.startsWith('@types/')

export interface Manifest {
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
}

export const readManifest = (): Manifest =>
  JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as Manifest

/** A package whose files are read by name: `import.meta.resolve('eld')`, `require.resolve('x/package.json')`. */
const resolved = /\bresolve\(\s*'((?:@[^/']+\/)?[^./'#:][^/']*)[^']*'\s*\)/g

/** `// @vitest-environment happy-dom` at the head of a test. */
const environment = /^\/\/ @vitest-environment (\S+)/gm

/** Packages that a file imports, whose place it asks for, or in whose environment it runs. */
export function packagesOf(file: string, text: string): string[] {
  const imported = ts.preProcessFile(scriptOf(file, text), true, true).importedFiles.flatMap(({ fileName }) => {
    const target = resolveSpecifier(file, fileName)
    return 'package' in target ? [target.package] : []
  })
  return [...imported, ...[resolved, environment].flatMap((form) => [...text.matchAll(form)].map(([, name]) => name!))]
}

/** Every file that may read a package: the product's own, its tests and the configurations of the tools. */
export const packageReaders = (): Source[] =>
  globSync(['{shared,electron,renderer,resources,tests}/**/*.{ts,vue}', '*.{ts,js}'], { cwd: projectRoot }).map(
    (file) => ({ file: file.replaceAll('\\', '/'), text: readFileSync(join(projectRoot, file), 'utf8') }),
  )

/** What package.json lists and nothing reads, and what only tests and the laboratory read and yet ships. */
export function packageViolations({ dependencies, devDependencies }: Manifest, sources: readonly Source[]): string[] {
  const shipped = new Set<string>()
  const read = new Set<string>()
  for (const { file, text } of sources) {
    const ships = /^(shared|electron)\//.test(file) && !file.startsWith('electron/laboratory/')
    for (const name of packagesOf(file, text)) {
      read.add(name)
      if (ships) shipped.add(name)
    }
  }
  return [
    ...Object.keys({ ...dependencies, ...devDependencies })
      .filter((name) => !read.has(name) && !isTool(name))
      .map((name) => `package.json lists ${name}, which nothing reads`),
    ...Object.keys(dependencies)
      .filter((name) => read.has(name) && !shipped.has(name))
      .map((name) => `package.json ships ${name}, which nothing that ships reads: it belongs to devDependencies`),
  ]
}
