/** A customer's dictionary as text: a line an aspect, `name: word, two words, begin*`. */
export const aspectText = (aspects: readonly { name: string; words: readonly string[] }[]): string =>
  aspects.map(({ name, words }) => `${name}: ${words.join(', ')}`).join('\n')
