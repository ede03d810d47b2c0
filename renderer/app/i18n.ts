import { createI18n } from 'vue-i18n'
import de from '../locales/de.json'
import en from '../locales/en.json'

export const locales = ['en', 'de'] as const
export type Locale = (typeof locales)[number]

type Messages = Record<string, unknown>
/** Every feature keeps its own words beside its views; they are found under the feature's name: `t('board.title')`. */
const byFeature = import.meta.glob<Messages>('../features/*/messages.*.json', { eager: true, import: 'default' })
/** So does every kind of pane: `t('pane.stream.name')`. */
const byPane = import.meta.glob<Messages>('../panes/*/messages.*.json', { eager: true, import: 'default' })

/** By the name of the folder they stand in. */
const inLanguage = (locale: Locale, files: Record<string, Messages>): Record<string, Messages> =>
  Object.fromEntries(
    Object.entries(files)
      .filter(([path]) => path.endsWith(`messages.${locale}.json`))
      .map(([path, messages]) => [path.split('/').at(-2)!, messages]),
  )

function messagesOf(locale: Locale, common: Messages): Messages {
  const all: Messages = { ...common, pane: inLanguage(locale, byPane) }
  for (const [feature, messages] of Object.entries(inLanguage(locale, byFeature)))
    all[feature] = { ...(all[feature] as Messages | undefined), ...messages }
  return all
}

/** The words of the whole app. Messages are compiled to data, not to code, so that the page's CSP needs no `unsafe-eval`. */
export function createWords(locale: Locale) {
  return createI18n({
    legacy: false,
    locale,
    fallbackLocale: 'en',
    messages: { en: messagesOf('en', en) as never, de: messagesOf('de', de) as never },
    missingWarn: import.meta.env.DEV,
    fallbackWarn: import.meta.env.DEV,
  })
}
