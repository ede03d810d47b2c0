import { createI18n } from 'vue-i18n'
import { languages, type Language } from '#shared/words/languages.ts'

export const locales = languages
export type Locale = Language

type Messages = Record<string, unknown>
/** A file a feature, found under its name: `t('board.title')`; what all views share stands in `common.json`. */
const ofFeatures = import.meta.glob<Messages>('../../shared/words/*/page/*.json', { eager: true, import: 'default' })
/** A file a kind of pane: `t('pane.stream.name')`. */
const ofPanes = import.meta.glob<Messages>('../../shared/words/*/panes/*.json', { eager: true, import: 'default' })

/** By the names of the files in the language's folder. */
const inLanguage = (locale: Locale, files: Record<string, Messages>): Record<string, Messages> =>
  Object.fromEntries(
    Object.entries(files)
      .filter(([path]) => path.includes(`/words/${locale}/`))
      .map(([path, messages]) => [path.split('/').at(-1)!.replace('.json', ''), messages]),
  )

function messagesOf(locale: Locale): Messages {
  const { common = {}, ...features } = inLanguage(locale, ofFeatures)
  const all: Messages = { ...common, pane: inLanguage(locale, ofPanes) }
  for (const [feature, messages] of Object.entries(features))
    all[feature] = { ...(all[feature] as Messages | undefined), ...messages }
  return all
}

/** The words of the whole app. Messages are compiled to data, not to code, so that the page's CSP needs no `unsafe-eval`. */
export function createWords(locale: Locale) {
  return createI18n({
    legacy: false,
    locale,
    fallbackLocale: 'en',
    messages: Object.fromEntries(locales.map((one) => [one, messagesOf(one)])) as never,
    missingWarn: import.meta.env.DEV,
    fallbackWarn: import.meta.env.DEV,
  })
}
