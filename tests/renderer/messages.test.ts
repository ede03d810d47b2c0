import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createI18n } from 'vue-i18n'
import { commandNames, commands, mentionKeys } from '#shared/model/command.ts'
import { journalKinds } from '#shared/model/journal.ts'
import { ruleFacts } from '#shared/model/rule.ts'
import { languages } from '#shared/words/languages.ts'

const root = join(import.meta.dirname, '../../renderer')
type Tree = { [key: string]: Tree | string }
const read = (file: string): Tree => JSON.parse(readFileSync(file, 'utf8')) as Tree

function leaves(tree: Tree, prefix = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [key, value] of Object.entries(tree)) {
    const path = prefix === '' ? key : `${prefix}.${key}`
    if (typeof value === 'string') found.set(path, value)
    else for (const [inner, text] of leaves(value, path)) found.set(inner, text)
  }
  return found
}
/** What is used of the library here; its own types follow every message and do not end. */
interface Words {
  global: { locale: { value: string }; t(key: string, named: object, count: number): string }
}
const holes = (text: string) => [...new Set(text.match(/\{[a-zA-Z]+\}/g) ?? [])].toSorted()

/** A language's folder, and under which name each of its files is found. */
const words = join(import.meta.dirname, '../../shared/words')
const files = ['page', 'panes'].flatMap((room) =>
  readdirSync(join(words, 'en', room)).map((file) => {
    const name = file.replace('.json', '')
    return { name: room === 'panes' ? `pane.${name}` : name, file: `${room}/${file}` }
  }),
)
const translations = languages.filter((lang) => lang !== 'en')
const pairs = files.flatMap(({ name, file }) =>
  translations.map((lang): [string, string, string] => [
    `${name} in ${lang}`,
    join(words, 'en', file),
    join(words, lang, file),
  ]),
)
const english = new Map<string, string>()
for (const { name, file } of files)
  for (const [key, text] of leaves(read(join(words, 'en', file))))
    english.set(name === 'common' ? key : `${name}.${key}`, text)

describe.each(pairs)('messages of %s', (_name, en, de) => {
  const [one, other] = [leaves(read(en)), leaves(read(de))]
  it('say the same things in both languages', () => {
    expect([...other.keys()].toSorted()).toEqual([...one.keys()].toSorted())
  })
  it('can be read: no character has a meaning that was not meant', () => {
    const messages = { en: Object.fromEntries(one), de: Object.fromEntries(other) }
    const { global } = createI18n({
      legacy: false,
      locale: 'en',
      flatJson: true,
      messages,
    } as never) as unknown as Words
    for (const locale of ['en', 'de'] as const) {
      global.locale.value = locale
      for (const key of one.keys()) expect(() => global.t(key, { n: 2 }, 2), `${locale} ${key}`).not.toThrow()
    }
  })
  it('part at a stroke only where a number decides', () => {
    const plain = [...one, ...other].map(([key, text]) => [key, text.replaceAll("{'|'}", '')] as const)
    expect(plain.filter(([, text]) => text.includes('|') && !/\{(n|count)\}|\b1\b/.test(text))).toEqual([])
  })
  it('name no key of one letter: what it is shows beside what it does, and it may have been moved', () => {
    const named = [...one, ...other].filter(([, text]) => /\((key |Taste )?[a-z]\)/.test(text))
    expect(named).toEqual([])
  })
  it('leave the same holes to be filled', () => {
    for (const [key, text] of one) expect([key, holes(other.get(key) ?? '')]).toEqual([key, holes(text)])
  })
})

describe('views', () => {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(vue|ts)$/.test(file))
  it('use only messages that exist', () => {
    const missing: string[] = []
    for (const file of files) {
      const source = readFileSync(join(root, file), 'utf8')
      for (const [, key] of source.matchAll(/(?:\bt|\bte)\(\s*'([a-z][A-Za-z_]*(?:\.[A-Za-z_]+)+)'/g)) {
        if (!english.has(key!) && ![...english.keys()].some((known) => known.startsWith(`${key}.`)))
          missing.push(`${file}: ${key}`)
      }
      for (const [, key] of source.matchAll(/keypath="([a-zA-Z.]+)"/g))
        if (!english.has(key!)) missing.push(`${file}: ${key}`)
    }
    expect(missing).toEqual([])
  })
  it('leave no message that nobody says', () => {
    const sources = files.map((file) => readFileSync(join(root, file), 'utf8')).join('\n')
    const literal = new Set([...sources.matchAll(/['"`]([A-Za-z_][\w.]*)['"`]/g)].map(([, text]) => text!))
    // `pane.${kind}.title` says each `pane.….title`; a key that is put together from nothing but holes would say all.
    const made = [...sources.matchAll(/`((?:[\w.]*\$\{[^`}]*\})+[\w.]*)`/g)]
      .map(([, text]) => text!)
      .filter((text) => /^[a-z]\w*\./i.test(text))
      .map((text) => new RegExp(`^${text.replaceAll('.', '\\.').replaceAll(/\$\{[^}]*\}/g, '[\\w.]+')}$`))
    // A list is told under which key its words stand.
    const told = [...sources.matchAll(/`\$\{(?:props\.)?words\}\.(\w+)`/g)].map(([, end]) => end!)
    const lists = [...sources.matchAll(/\swords="([\w.]+)"/g)].flatMap(([, list]) =>
      told.map((end) => `${list}.${end}`),
    )
    const said = new Set([...literal, ...lists])
    const isSaid = (key: string) => said.has(key) || made.some((form) => form.test(key))
    expect([...english.keys()].filter((key) => !isSaid(key))).toEqual([])
  })
  it('never write markup that came from outside', () => {
    const guilty = files.filter((file) =>
      /v-html|innerHTML|insertAdjacentHTML/.test(readFileSync(join(root, file), 'utf8')),
    )
    expect(guilty).toEqual([])
  })
})

describe('the journal', () => {
  it.each(languages)('says every kind of decision in words: %s', (lang) => {
    const journal = read(join(words, lang, 'page/common.json'))['journal'] as Tree
    expect(journalKinds.filter((kind) => !journal[kind.replace('.', '_')])).toEqual([])
  })
})

describe('a command', () => {
  it('says what was done and what each of its keys does', () => {
    const needed = commandNames.flatMap((name) => [
      `command.${name}.did`,
      ...Object.keys(commands[name].keys).map((way) => `command.${name}.key.${way}`),
    ])
    const deeds = Object.keys(mentionKeys).map((deed) => `command.${deed}.key`)
    expect([...needed, ...deeds].filter((key) => !english.has(key))).toEqual([])
  })
})

describe('what a rule can ask about', () => {
  it('has a name', () => {
    expect(ruleFacts.filter((fact) => !english.has(`fact.${fact}`))).toEqual([])
  })
})
