/**
 * The connector's own sieve, so that of a hundred posts a second only the few that some listen could mean go on: a term
 * passes when its words stand in the text, case and accents aside, as whole words at its beginning. It lets more through
 * than the query language does, never less: listens decide.
 */
export function termFilter(terms: string[]): (text: string) => boolean {
  const patterns = terms.map((term) => fold(term.trim())).filter((term) => term !== '')
  if (patterns.length === 0) return () => true
  const sources = patterns.map((term) => {
    const escaped = term
      .replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
      .replace(/\\\*/g, '')
      .replace(/\s+/g, '[\\s\\p{P}]+')
    // Scripts without spaces have no beginning of a word to look for.
    return /^[\p{L}\p{N}]/u.test(term) &&
      !/^\p{Script=Han}|^\p{Script=Hiragana}|^\p{Script=Katakana}|^\p{Script=Thai}/u.test(term)
      ? `(?<![\\p{L}\\p{N}])${escaped}`
      : escaped
  })
  const pattern = new RegExp(sources.join('|'), 'u')
  return (text) => pattern.test(fold(text))
}

const fold = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
