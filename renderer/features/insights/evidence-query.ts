/** A query that finds mentions which name one of these words; phrases in quotes, `*` only at the end. Empty: no words. */
export function wordsQuery(words: readonly string[]): string {
  const terms = words.flatMap((word) => {
    const plain = word.replace(/["\\]/g, ' ').trim().replace(/\s+/g, ' ')
    if (!/[\p{L}\p{N}]/u.test(plain)) return [] // nothing to look up
    return /^[\p{L}\p{N}]+\*$/u.test(plain) ? [plain] : [`"${plain.replace(/\*/g, '')}"`]
  })
  const several = [...new Set(terms)]
  return several.length > 1 ? `(${several.join(' OR ')})` : (several[0] ?? '')
}
/** Fields of the query language after what is there. */
export const narrowed = (query: string, ...more: string[]): string => [query, ...more].filter(Boolean).join(' ')
