/**
 * A text without the `marks` at its end. A pattern with `+$` would begin anew at each of them wherever they stand, which takes
 * time by their square.
 */
export function withoutEnd(text: string, marks: string): string {
  let end = text.length
  while (end > 0 && marks.includes(text[end - 1] as string)) end--
  return text.slice(0, end)
}

/** Where the first bracket stands that closes none before it; the text's length: nowhere. */
export function unopenedBracket(text: string): number {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++
    else if (text[at] === ')' && --depth < 0) return at
  }
  return text.length
}

/** An address without the marks of the sentence it stands in; a bracket belongs to it when it was opened inside. */
export const withoutSentence = (address: string, marks: string): string =>
  withoutEnd(address.slice(0, unopenedBracket(address)), `${marks}(`)
