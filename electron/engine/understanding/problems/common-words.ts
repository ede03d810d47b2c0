import stopWords from 'stopwords-iso/stopwords-iso.json' with { type: 'json' }

const byLanguage = stopWords as Record<string, string[]>
const languages = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'ar']
/** Words that carry a post and not its matter. */
const ofPosts =
  'rt via amp http https www com pls plz please thanks thank danke bitte lol omg hi hey hello hallo u ur im dont cant'
const common = new Set([
  ...ofPosts.split(' '),
  ...(byLanguage['en'] ?? []),
  // Short ones of the other languages only: `late` and `hotel` are on the lists of some.
  ...languages.flatMap((lang) => (byLanguage[lang] ?? []).filter((word) => word.length < 4)),
  ...(byLanguage['de'] ?? []),
])

/** All of them, for those who count words elsewhere. */
export const commonWords = (): string[] => [...common]

/** Whether `word` (lower case) says nothing about what a post is about. */
export const isCommonWord = (word: string): boolean => common.has(word)
