import type { Said } from '#shared/model/said.ts'
import { en } from './en/index.ts'
import { catalogues } from './catalogues.ts'
import type { Language } from './languages.ts'
import { asWritten, said, type Code } from './said.ts'

/** Has in words what is said. */
export type Sayer = (what: Said) => string

/**
 * Says in a catalogue's language. A code that it does not have, from another version perhaps, is shown itself. `{n}` is a
 * count and written as `locale` writes it (`27,414`); other numbers name something: a line, a port, an answer of a server.
 */
export const sayFrom = (catalogue: Readonly<Record<string, string>>, locale = 'en') => {
  const counts = new Intl.NumberFormat(locale)
  return function say({ code, values = {} }: Said): string {
    return (catalogue[code] ?? code).replace(/\{(\w+)\}/g, (hole, name: string) => {
      const value = values[name]
      if (value === undefined) return hole
      if (typeof value === 'object') return say(value)
      return typeof value === 'number' && name === 'n' ? counts.format(value) : String(value)
    })
  }
}

const sayers = new Map<Language, Sayer>()

/** What Earshot says, in words of this language: `words('de')(said('case.gone'))`. */
export function words(language: Language): Sayer {
  let say = sayers.get(language)
  if (!say) sayers.set(language, (say = sayFrom(catalogues[language], language)))
  return say
}

/** The language of logs, exports, mails and the terminal. */
export const inEnglish = words('en')

/** What a schema says of an input: a code of ours, or the words of the schema's library. */
export const byCode = (text: string): Said => (Object.hasOwn(en, text) ? said(text as Code) : asWritten(text))
