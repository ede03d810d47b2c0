import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { connectors } from '#engine/connectors/registry.ts'
import { phrase } from '#renderer/locales/phrases.ts'
import german from '../../renderer/locales/phrases.de.json'

const root = join(import.meta.dirname, '../..')

/** Rooms whose sentences never come to a page: they are for the terminal, or written in both languages themselves. */
const ELSEWHERE = [
  /^shared\/query\//,
  /^electron\/engine\/connectors\/_template\//,
  /^electron\/engine\/listens\/propose\.ts$/,
  /^electron\/engine\/routing\/starter-/,
  /^electron\/engine\/cases\/starter-/,
  // Letters to a desk, and what models say of their own files.
  /^electron\/engine\/cases\/handoff\/(payload|letter|links?|mail)/,
  /^electron\/engine\/understanding\//,
]
/** Parts of sentences that are put together with others, and what never leaves the engine. */
const PARTS = /^(Found damaged while in use\.|\{\d+\} was (restored|written by a newer).*)|\?$|^SQL/

/** Every sentence in a source: a text of several words from a capital (or a hole) to a full stop; `{0}` are its holes. */
function sentences(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return
    // What is logged, asked of the database, or said by a schema in passing.
    if (
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      ['log', 'describe', 'prepare', 'exec'].includes(node.expression.name.text)
    )
      return
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) found.push(node.text)
    else if (ts.isTemplateExpression(node))
      found.push(node.head.text + node.templateSpans.map((span, at) => `{${at}}${span.literal.text}`).join(''))
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
    .map((text) => text.trim())
    .filter((text) => /\s/.test(text) && /^[\p{Lu}{“"]/u.test(text) && /[.!”]$/.test(text) && !PARTS.test(text))
}
const files = ['electron/engine', 'shared'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file}`)
    .filter((file) => /(?<!\.d)\.ts$/.test(file) && !ELSEWHERE.some((room) => room.test(file))),
)
const filled = (text: string) => text.replace(/\{(\w+)\}/g, '‹$1›')

describe('the German phrase book', () => {
  it('knows every sentence that the engine can say to a page', () => {
    const missing = files.flatMap((file) =>
      sentences(file)
        .filter((text) => phrase(filled(text), 'de') === filled(text))
        .map((text) => `${file}: ${text}`),
    )
    expect(missing).toEqual([])
  })
  it('knows every name, label and hint of every connector', () => {
    const same = new Set([
      'Bluesky',
      'Mastodon',
      'Hacker News',
      'Feed',
      'Hashtags',
      'Server',
      'Port',
      'tls',
      'starttls',
    ])
    const missing = connectors.flatMap((connector) =>
      [
        connector.name,
        connector.summary,
        ...connector.fields.flatMap((field) => [field.label, field.hint, ...field.choices]),
        ...connector.secrets.flatMap((secret) => [secret.label, secret.hint]),
      ]
        .filter((text) => text !== '' && !same.has(text) && phrase(text, 'de') === text)
        .map((text) => `${connector.id}: ${text}`),
    )
    expect(missing).toEqual([])
  })
  it('fills each translation with the holes of its sentence, and only with those', () => {
    const holes = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].toSorted()
    for (const [english, says] of Object.entries(german)) expect([english, holes(says)]).toEqual([english, holes(english)]) // prettier-ignore
  })
  it('is in order, so that two people who add to it do not meet', () => {
    const keys = Object.keys(german)
    expect(keys).toEqual(keys.toSorted((a, b) => (a < b ? -1 : 1)))
  })
})

describe('a phrase', () => {
  it.each([
    ['forum.example refuses connections. It may be down; check the address and port.', 'forum.example nimmt keine Verbindung an. Vielleicht ist der Dienst aus; bitte Adresse und Port prüfen.'],
    ['polling every 5 min (streaming refused)', 'fragt alle 5 min ab (Mithören verweigert)'],
    ['Line 4: not JSON.', 'Zeile 4: kein JSON.'],
    // Two sentences that are known one by one.
    ['It took too long. Check the channel, then send again.', 'Es hat zu lange gedauert. Bitte den Kanal prüfen, dann noch einmal senden.'],
    // What nobody translated stays whole.
    ['It took too long. The moon is full.', 'It took too long. The moon is full.'],
    ['', ''],
  ])('%j is said as %j', (english, says) => {
    expect(phrase(english, 'de')).toBe(says)
  }) // prettier-ignore
  it('is left alone in English, and so is what a person wrote', () => {
    expect(phrase('It took too long.', 'en')).toBe('It took too long.')
    expect(phrase('(.+) $& [x] is what they wrote', 'de')).toBe('(.+) $& [x] is what they wrote')
  })
  it('puts names in as they are, whatever is in them', () => {
    expect(phrase('$& (a|b) is archived and takes nothing. Choose another desk.', 'de')).toBe(
      '$& (a|b) ist archiviert und nimmt nichts an. Bitte eine andere Abteilung wählen.',
    )
    expect(phrase('The address {name} belongs to Ana {x}.', 'de')).toBe('Die Adresse {name} gehört zu Ana {x}.')
  })
})
