import { withoutSentence } from './text-ends.ts'

/** Lengths as networks count them. */
const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
/** Characters as people see them (extended grapheme clusters). */
export const graphemes = (text: string): number => {
  let count = 0
  for (const _ of segmenter.segment(text)) count++
  return count
}

/**
 * The beginning of a text, of at most `most` UTF-16 units, that ends between two characters as people see them: no half of
 * an emoji, no letter without its accent. One character that is longer by itself is cut between two code points.
 */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text
  // A long text is not segmented as a whole; no character in use is longer than this.
  const begun = segmenter.segment(text.slice(0, most + 64)).containing(most)?.index ?? most
  if (begun > 0) return text.slice(0, begun)
  const isHalf = (text.codePointAt(most - 1) ?? 0) > 0xffff
  return text.slice(0, Math.max(0, isHalf ? most - 1 : most))
}

/**
 * Addresses as twitter-text finds them, which X and Mastodon use: any capitals; no mark that ends a sentence, no quotation mark
 * and no bracket at their end unless it was opened inside; nothing behind a Latin letter, an @ or a #; a query is ASCII.
 */
const url = /(?<![A-Za-z0-9@＠$#＃])https?:\/\/[\p{L}\p{N}][^\s<>"'“”„‘’«»「」『』。、，！？：；（）]*/giu
const MARKS = '.,;:!?…*~_|\\^`[]{}'

/** What of a match is the address: without the marks of the sentence that it stands in. */
function addressIn(match: string): string {
  const [query = ''] = /(?<=\?)[\w!*'@();:&=+$/%#[\].,~|?-]*/.exec(match) ?? []
  const mark = match.indexOf('?')
  return withoutSentence(mark < 0 ? match : match.slice(0, mark + 1) + query, MARKS)
}

/** Without a dot in its host it is none: `https://localhost`. */
const HOST = /^https?:\/\/[^/?#]*\.\p{L}{2,}/iu

/** Mastodon and X count every address as 23 characters, however long it is. */
const URL_LENGTH = 23
function withoutUrls(text: string): { rest: string; urls: number } {
  let urls = 0
  const rest = text.replace(url, (match) => {
    const address = addressIn(match)
    if (!HOST.test(address)) return match
    urls++
    return match.slice(address.length)
  })
  return { rest, urls }
}

/** Addresses that X knows without `https://`: with a usual ending, or with a country's and a path. */
const bareUrl =
  /(?<![A-Za-z0-9@＠$#＃./_-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:(?:com|net|org|info|biz|edu|gov|io|co|tv|app|dev|shop|store|online|site|blog|news)(?![\w-])(?:\/[\w!*'();:@&=+$/%#[\].,~|?-]*)?|[a-z]{2}\/[\w!*'();:@&=+$/%#[\].,~|?-]*)/gi

/** X counts Latin and its neighbours once and everything else, emoji too, twice (twitter-text 3, "weighted length"). */
export function weightedLength(text: string): number {
  const { rest: words, urls } = withoutUrls(text)
  let length = urls * URL_LENGTH
  const rest = words.replace(bareUrl, (match) => {
    const address = withoutSentence(match, MARKS)
    length += URL_LENGTH
    return match.slice(address.length)
  })
  for (const { segment } of segmenter.segment(rest.normalize('NFC'))) {
    const code = segment.codePointAt(0) as number
    const light =
      code <= 0x10ff ||
      (code >= 0x2000 && code <= 0x200d) ||
      (code >= 0x2010 && code <= 0x201f) ||
      (code >= 0x2032 && code <= 0x2037)
    const isEmoji = /\ufe0f|\u20e3|\p{Emoji_Presentation}/u.test(segment)
    length += light && !isEmoji ? [...segment].length : 2
  }
  return length
}

/** Mastodon: addresses are 23, of a remote handle only the part before the second @ counts. */
export function mastodonLength(text: string): number {
  const { rest, urls } = withoutUrls(text)
  return urls * URL_LENGTH + graphemes(rest.replace(/(@[\w.-]+)@[\w.-]+\w/g, '$1'))
}
