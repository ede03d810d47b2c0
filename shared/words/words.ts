import type { Said } from '#shared/model/said.ts'
import { en } from './en/index.ts'
import { catalogues } from './catalogues.ts'
import type { Language } from './languages.ts'
import { asWritten, said, type Code } from './said.ts'

/** Has in words what is said. */
export type Sayer = (what: Said) => string

/** Says in a catalogue's language. A code that it does not have, from another version perhaps, is shown itself. */
export const sayFrom = (catalogue: Readonly<Record<string, string>>) =>
  function say({ code, values = {} }: Said): string {
    return (catalogue[code] ?? code).replace(/\{(\w+)\}/g, (hole, name: string) => {
      const value = values[name]
      return value === undefined ? hole : typeof value === 'object' ? say(value) : String(value)
    })
  }

const sayers = new Map<Language, Sayer>()

/** What Earshot says, in words of this language: `words('de')(said('case.gone'))`. */
export function words(language: Language): Sayer {
  let say = sayers.get(language)
  if (!say) sayers.set(language, (say = sayFrom(catalogues[language])))
  return say
}

/** The language of logs, exports, mails and the terminal. */
export const inEnglish = words('en')

/** What a schema says of an input: a code of ours, or the words of the schema's library. */
export const byCode = (text: string): Said => (Object.hasOwn(en, text) ? said(text as Code) : asWritten(text))
