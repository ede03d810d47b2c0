import { posix } from 'node:path'
import ts from 'typescript'
import { everywhere, importTable } from './import-table.ts'
import type { RoomRule } from './import-table.ts'

export interface Import {
  specifier: string
  typeOnly: boolean
  line: number
}

/** The `<script>` blocks of a Vue file, with the other lines left empty so that line numbers stay right. */
export function scriptOf(file: string, text: string): string {
  if (!file.endsWith('.vue')) return text
  let inside = false
  const lines = text.split('\n').map((line) => {
    if (/^<script\b/.test(line)) return ((inside = true), '')
    if (/^<\/script>/.test(line)) return ((inside = false), '')
    return inside ? line : ''
  })
  return lines.join('\n')
}

let parsed: { file: string; text: string; source: ts.SourceFile } | undefined

/** A file as the compiler reads it. The last one is remembered, because every rule looks at one file after the other. */
export function sourceOf(file: string, text: string): ts.SourceFile {
  if (parsed?.file === file && parsed.text === text) return parsed.source
  const source = ts.createSourceFile(file, scriptOf(file, text), ts.ScriptTarget.Latest, true, ts.ScriptKind.TS)
  parsed = { file, text, source }
  return source
}

/** Every import, export-from and `import()` of a file. */
export function importsOf(file: string, text: string): Import[] {
  const source = sourceOf(file, text)
  const found: Import[] = []
  const add = (node: ts.Expression | undefined, typeOnly: boolean): void => {
    if (!node || !ts.isStringLiteralLike(node)) return
    found.push({ specifier: node.text, typeOnly, line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1 })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node))
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword)
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly)
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false)
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node.argument.literal as ts.Expression, true)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

const aliases: [prefix: string, folder: string][] = [
  ['#shared/', 'shared/'],
  ['#engine/', 'electron/engine/'],
  ['#hosts/', 'electron/hosts/'],
  ['#laboratory/', 'electron/laboratory/'],
  ['#sample/', 'electron/sample/'],
  ['#main/', 'electron/main/'],
  ['#renderer/', 'renderer/'],
  ['#tests/', 'tests/'],
]

/** Path from the root of what a specifier names, or the name of a package. */
export function resolveSpecifier(file: string, specifier: string): { path: string } | { package: string } {
  const alias = aliases.find(([prefix]) => specifier.startsWith(prefix))
  if (alias) return { path: alias[1] + specifier.slice(alias[0].length) }
  if (specifier.startsWith('.')) return { path: posix.normalize(posix.join(posix.dirname(file), specifier)) }
  if (specifier.startsWith('node:')) return { package: 'node:' }
  const [first = '', second = ''] = specifier.split('/')
  return { package: first.startsWith('@') ? `${first}/${second}` : first }
}

/** Is this path in the room? A room that ends with `*` is every folder or file that begins so. */
export const covers = (room: string, path: string): boolean => {
  if (room.endsWith('*')) return path.startsWith(room.slice(0, -1))
  return path === room || path.startsWith(`${room}/`)
}

/** The most specific room that a file lies in. */
export const roomOf = (path: string, table: RoomRule[] = importTable): RoomRule | undefined =>
  table.filter((rule) => covers(rule.room, path)).sort((a, b) => b.room.length - a.room.length)[0]

/** What is wrong with one file's imports, in words; empty when nothing is. */
export function violations(file: string, text: string, table: RoomRule[] = importTable): string[] {
  const rule = roomOf(file, table)
  if (!rule) return [`${file} lies in no room of the import table`]
  return importsOf(file, text).flatMap(({ specifier, typeOnly, line }) => {
    const target = resolveSpecifier(file, specifier)
    const where = `${file}:${line}`
    if (specifier.startsWith('../../')) return [`${where} climbs to ${specifier}; use the # names of package.json`]
    if ('package' in target) {
      const known = rule.packages.includes('*') || rule.packages.includes(target.package)
      const forbidden = rule.packages.includes('*') && ['electron', 'vue'].includes(target.package)
      return known && !forbidden ? [] : [`${where} ${rule.room} may not import the package ${target.package}`]
    }
    if (covers(rule.room, target.path) || everywhere.some((room) => covers(room, target.path))) return []
    if (rule.may.some((room) => covers(room, target.path))) return []
    if (typeOnly && rule.mayTypes?.some((room) => covers(room, target.path))) return []
    return [`${where} ${rule.room} may not import ${target.path}`]
  })
}

/** Rows of the table, and permissions in them, that stand for nothing: no file lies there. */
export function deadRows(files: readonly string[], table: RoomRule[] = importTable): string[] {
  const isThere = (room: string): boolean => files.some((file) => covers(room, file))
  return table.flatMap(({ room, may, mayTypes = [] }) => [
    ...(isThere(room) ? [] : [`the import table has a row for ${room}, where no file lies`]),
    ...[...may, ...mayTypes]
      .filter((other) => !isThere(other))
      .map((other) => `the import table lets ${room} import ${other}, where no file lies`),
  ])
}
