/** A star alone between the words of a phrase stands for so many words, one at least. */
export const MOST_IN_GAP = 5

const gap = /(?:^|\s)((?:\*+(?:\s+|$))+)/g

/** Whether a phrase has such a star between words: `"a * b"`. */
export const hasGap = (phrase: string): boolean => piecesOf(phrase).length > 1

/** The rows of words between the stars, and how many stars stand before each; stars at the ends say nothing. */
export function piecesOf(phrase: string): { text: string; stars: number }[] {
  const pieces: { text: string; stars: number }[] = []
  let from = 0
  let stars = 0
  const add = (text: string): void => {
    if (/[\p{L}\p{N}\p{S}]/u.test(text.replace(/[*?]/g, ''))) pieces.push({ text: text.trim(), stars })
  }
  for (const found of phrase.matchAll(gap)) {
    add(phrase.slice(from, found.index))
    stars = found[1]!.trim().split(/\s+/).length
    from = found.index + found[0].length
  }
  add(phrase.slice(from))
  return pieces
}
