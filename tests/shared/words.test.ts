import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { catalogues } from '#shared/words/catalogues.ts'
import { dropReasons, saidOfDrop } from '#shared/words/dropped.ts'
import { languages } from '#shared/words/languages.ts'
import { asWritten, both, said, saidFromText, saidToText } from '#shared/words/said.ts'
import { inEnglish, sayFrom, words } from '#shared/words/words.ts'

const root = join(import.meta.dirname, '../..')
const holes = (text: string): string[] => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!))].toSorted() // prettier-ignore
const english = catalogues.en as Readonly<Record<string, string>>

/** Not holes of a sentence: they say to the form what of its input is meant. */
const FOR_FORMS = ['field', 'position']

interface Use {
  code: string
  values: string[] | null
  where: string
}

/** What says a sentence: its code, then what fills its holes. */
const SAYING = ['said', 'userFailure', 'passingFailure']

/** Every code in the sources, and what a `said(…)` that names one gives it. */
function uses(): { codes: Set<string>; said: Use[] } {
  const codes = new Set<string>()
  const found: Use[] = []
  const files = ['electron', 'shared', 'renderer'].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' }).map((file) => `${room}/${file}`),
  )
  for (const file of files.filter((one) => /(?<!\.d)\.(ts|vue)$/.test(one))) {
    const text = readFileSync(join(root, file), 'utf8')
    for (const [, code] of text.matchAll(/'([a-z]\w*(?:\.\w+)?)'/gi)) if (code! in english) codes.add(code!)
    // `door.steps_${step}_text`
    for (const [, pattern] of text.matchAll(/`([a-z]\w*\.\w*(?:\$\{[^}]*\}\w*)+)`/gi)) {
      const fits = new RegExp(`^${pattern!.replace(/\$\{[^}]*\}/g, '\\w+')}$`)
      for (const code of Object.keys(english)) if (fits.test(code)) codes.add(code)
    }
    if (!SAYING.some((name) => text.includes(`${name}(`)) || file.endsWith('.vue')) continue
    const visit = (node: ts.Node): void => {
      ts.forEachChild(node, visit)
      if (!ts.isCallExpression(node) || !SAYING.includes(node.expression.getText())) return
      const [code, values] = node.arguments
      if (!code || !ts.isStringLiteral(code)) return
      const isPlain = values && ts.isObjectLiteralExpression(values) && values.properties.every((one) => !ts.isSpreadAssignment(one)) // prettier-ignore
      if (values && !isPlain) return
      const asks = holes(english[code.text] ?? '')
      const names = isPlain ? values.properties.map((one) => one.name!.getText()) : []
      found.push({
        code: code.text,
        values: names.filter((name) => !FOR_FORMS.includes(name) || asks.includes(name)).toSorted(),
        where: file,
      })
    }
    visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true))
  }
  return { codes, said: found }
}
const used = uses()

describe('the catalogues', () => {
  it('have an entry for every code in every language, with the same holes', () => {
    for (const language of languages)
      for (const [code, text] of Object.entries(english)) {
        const other = (catalogues[language] as Readonly<Record<string, string>>)[code]
        expect([language, code, holes(other ?? '')]).toEqual([language, code, holes(text)])
      }
    for (const language of languages) expect(Object.keys(catalogues[language]).toSorted()).toEqual(Object.keys(english).toSorted()) // prettier-ignore
  })
  it('say nothing that nobody says', () => {
    expect(Object.keys(english).filter((code) => !used.codes.has(code))).toEqual([])
  })
  it('are given what their holes ask for', () => {
    const wrong = used.said.filter(({ code, values }) => values!.join() !== holes(english[code] ?? '').join())
    expect(wrong).toEqual([])
    expect(used.said.length).toBeGreaterThan(300)
  })
})

describe('what is said', () => {
  it('is in words of the language, also what stands in it', () => {
    const what = both(said('case.deskArchived', { desk: 'Care' }), asWritten('(.+) $& {desk}'))
    expect(inEnglish(what)).toBe('Care is archived and takes nothing. Choose another desk. (.+) $& {desk}')
    expect(words('de')(what)).toBe('Care ist archiviert und nimmt nichts an. Bitte eine andere Abteilung wählen. (.+) $& {desk}') // prettier-ignore
  })
  it('shows the code of another version, and a hole that nothing fills', () => {
    expect(inEnglish({ code: 'of.tomorrow' })).toBe('of.tomorrow')
    expect(inEnglish({ code: 'case.deskArchived' })).toBe('{desk} is archived and takes nothing. Choose another desk.')
  })
  it('comes back from the store as it was; an older sentence stays as it is', () => {
    const what = said('case.alreadyWithDesk', { desk: 'Care' })
    expect(saidFromText(saidToText(what))).toEqual({ code: 'case.alreadyWithDesk', values: { desk: 'Care' } })
    expect(words('de')(saidFromText('The case is closed already.')!)).toBe('The case is closed already.')
    expect(saidFromText(saidToText(null))).toBeNull()
  })
})

it('writes counts as the language does, and numbers that name something as they are', () => {
  expect(words('en')({ code: 'file.imported', values: { n: 27_414 } })).toContain('27,414')
  expect(words('de')({ code: 'file.imported', values: { n: 27_414 } })).toContain('27.414')
  expect(words('de')({ code: 'undo.noEntry', values: { entry: 27_414 } })).toContain('27414')
})

describe('an invented language', () => {
  const pseudo = (text: string): string => `⟦${text.replace(/\{\w+\}|[a-z]/g, (one) => (one.length > 1 ? one : 'ñ'))}⟧`
  /** Everything between the brackets is of the catalogue or filled in; letters outside would be a sentence made elsewhere. */
  const catalogue = Object.fromEntries(Object.entries(english).map(([code, text]) => [code, pseudo(text)]))
  it('is spoken by every sentence of the engine', () => {
    for (const [code, text] of Object.entries(english)) {
      const values = Object.fromEntries(holes(text).map((hole) => [hole, '7']))
      expect(sayFrom(catalogue)({ code, values }), code).toMatch(/^⟦[^a-z]*⟧$/)
    }
  })
  it('needs a folder of catalogues: those of the other languages, file by file', () => {
    const filesOf = (language: string): string[] => readdirSync(join(root, 'shared/words', language), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json')).toSorted() // prettier-ignore
    for (const language of languages) expect(filesOf(language)).toEqual(filesOf('en'))
  })
})

it.each(dropReasons)('why something was not stored is said in every language: %s', (reason) => {
  const { code } = saidOfDrop(reason)
  expect(code).toMatch(/^dropped\./)
  expect(words('de')(saidOfDrop(reason))).not.toBe(reason)
})

it.each(
  readdirSync(join(root, 'shared/words'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.json'),
  ),
)('%s says each thing once: of two alike the last would win in silence', (name) => {
  const text = readFileSync(join(root, 'shared/words', name), 'utf8')
  const keysOf = (tree: object): number =>
    Object.values(tree).reduce((sum: number, value) => sum + 1 + (typeof value === 'object' ? keysOf(value) : 0), 0)
  expect(text.match(/^\s*"[^"]+": /gm)).toHaveLength(keysOf(JSON.parse(text) as object))
})
