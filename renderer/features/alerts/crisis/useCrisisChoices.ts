import { computed } from 'vue'
import { nameOf } from '#shared/query/wording.ts'
import { languages as spoken } from '#shared/words/languages.ts'
import { networkName } from '#renderer/components/network-look.ts'
import { useWords } from '#renderer/composables/words/useWords.ts'
import { useDirectory } from '#renderer/stores/directory.ts'

/** Languages that customers of most stations write in, besides those that Earshot speaks. */
const FREQUENT = [
  'en',
  'de',
  'fr',
  'es',
  'it',
  'nl',
  'pt',
  'pl',
  'cs',
  'sv',
  'da',
  'tr',
  'ru',
  'uk',
  'ar',
  'ja',
  'zh',
  'ko',
]

/** Networks that are heard here and languages that may be written in, with what is chosen already. */
export function useCrisisChoices(networksToo: () => readonly string[], languagesToo: () => readonly string[]) {
  const { t, language } = useWords()
  const directory = useDirectory()
  const byLabel = (a: { label: string }, b: { label: string }) => a.label.localeCompare(b.label, language())
  const networks = computed(() =>
    [...new Set([...directory.sources.map(({ network }) => network), ...networksToo()])]
      .filter(Boolean)
      .map((value) => ({ value, label: networkName(value, t) }))
      .sort(byLabel),
  )
  const languages = computed(() =>
    [...new Set<string>([...spoken, ...FREQUENT, ...languagesToo()])]
      .filter(Boolean)
      .map((value) => ({ value, label: nameOf('language', value, language()) }))
      .sort(byLabel),
  )
  return { networks, languages }
}
