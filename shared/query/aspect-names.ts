import { en } from '#shared/words/en/index.ts'
import { catalogues } from '#shared/words/catalogues.ts'
import { languageOfTag } from '#shared/words/languages.ts'
import { said, type Code } from '#shared/words/said.ts'
import { words } from '#shared/words/words.ts'
import { foldValue } from './fold.ts'

/** The codes of the starter aspects end in the name that each is stored under. */
const codes = (Object.keys(en) as Code[]).filter((code) => code.startsWith('aspect.'))

const byFoldedName = new Map(
  codes.flatMap((code) => {
    const name = code.slice('aspect.'.length)
    return [name, ...Object.values(catalogues).map((one) => foldValue(one[code]))].map((said) => [said, name] as const)
  }),
)

/** The stored name of the starter aspect that a folded word names in any language; null for any other word. */
export const starterAspectOf = (folded: string): string | null => byFoldedName.get(folded) ?? null

/** As an officer reads it. The names of the station's own dictionary are shown as they were written. */
export function aspectName(name: string, locale: string): string {
  const code = `aspect.${name}`
  return Object.hasOwn(en, code) ? words(languageOfTag(locale) ?? 'en')(said(code as Code)) : name
}
