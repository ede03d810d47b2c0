import { catalogues } from './catalogues.ts'

export type Language = keyof typeof catalogues
export const languages = Object.keys(catalogues) as [Language, ...Language[]]

/** The language of a tag such as `de-AT` or `de_DE.UTF-8`; undefined for one that Earshot does not speak. */
export const languageOfTag = (tag: string): Language | undefined =>
  languages.find((one) => one === tag.toLowerCase().split(/[-_.]/, 1)[0])

/** What a language calls itself: `Deutsch`. */
export const nameOfLanguage = (one: Language): string =>
  new Intl.DisplayNames([one], { type: 'language' }).of(one) ?? one

/** How a language writes dates; British for English, as the house does. */
export const dateLocale = (language: Language): string => (language === 'en' ? 'en-GB' : language)
