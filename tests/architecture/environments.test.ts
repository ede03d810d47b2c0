import { resolve } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '#tests/support/engine.ts'

/** The declarations of the platforms are large, and the same for every line of code. */
const declarations = new Map<string, ts.SourceFile | undefined>()

/** What the compiler says to one line of code in an environment, with that environment's own tsconfig. */
function complaints(config: string, code: string): string[] {
  const folder = resolve(projectRoot, config)
  const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile(`${folder}/tsconfig.json`, ts.sys.readFile).config, ts.sys, folder) // prettier-ignore
  const file = `${folder}/probe-of-the-environment.ts`
  const host = ts.createCompilerHost({ ...options, incremental: false })
  const getSourceFile = host.getSourceFile.bind(host)
  host.getSourceFile = (name, ...rest) => {
    if (name === file) return ts.createSourceFile(name, code, ts.ScriptTarget.Latest, true)
    if (!declarations.has(name)) declarations.set(name, getSourceFile(name, ...rest))
    return declarations.get(name)
  }
  host.fileExists = (name) => name === file || ts.sys.fileExists(name)
  const globals = config === 'shared' ? [`${folder}/platform-globals.d.ts`] : []
  const program = ts.createProgram(
    [file, ...globals],
    { ...options, incremental: false, tsBuildInfoFile: undefined },
    host,
  )
  return program.getSemanticDiagnostics(program.getSourceFile(file)).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ')) // prettier-ignore
}

describe('each environment has its own globals, by the compiler', () => {
  it.each([
    ['electron/engine', 'export const x = window.innerWidth'],
    ['electron/engine', 'export const x = document.title'],
    ['renderer', 'export const x = process.env.HOME'],
    ['renderer', `export const x = require('x')`],
    ['electron', 'export const x = window.innerWidth'],
    ['shared', 'export const x = process.pid'],
    ['shared', 'export const x = document.title'],
    ['shared', 'export const x = Buffer.from([])'],
  ])('%s does not compile: %s', (config, code) => {
    expect(complaints(config, code).length).toBeGreaterThan(0)
  })

  it.each([
    ['electron/engine', 'export const x = process.pid'],
    ['renderer', 'export const x = window.innerWidth'],
    ['shared', 'export const x = [1, 2].at(-1)'],
  ])('%s compiles: %s', (config, code) => {
    expect(complaints(config, code)).toEqual([])
  })
})
