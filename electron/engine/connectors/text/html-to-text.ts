import { withoutEnd } from '#shared/util/text-ends.ts'
import { Parser } from 'htmlparser2'

/** Tags whose content is no text of the author's. */
const SILENT = new Set(
  'script style head title noscript template svg math canvas audio video select textarea xml'.split(' '),
)
/** Begin and end a line of their own. */
const BLOCK = new Set(
  `address article aside blockquote center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6
  header hr li main nav ol pre section summary table tr ul`.split(/\s+/),
)

/** What stands in them is no markup to a browser that shows them, and is to a reader who sees no frames. */
const FRAMES = new Set('iframe noframes noembed'.split(' '))
const FRAME_TAG = /<\/?(?:iframe|noframes|noembed)[^>]*>?/gi

/** Elements that are never closed. */
const VOID = new Set('area base br col embed hr img input link meta source track wbr'.split(' '))

/** The parser's time grows with the square of open tags; no post has so many, and what is beyond is left out. */
const MOST_TAGS = 20_000

/** The text up to its `most`th `<`. */
export function cutAfterTags(markup: string, most: number): string {
  let at = -1
  for (let tags = 0; tags <= most; tags++) {
    at = markup.indexOf('<', at + 1)
    if (at === -1) return markup
  }
  return markup.slice(0, at)
}

/** A comment that is never closed ends with its tag: to a browser the rest of a post would be part of it, and lost. */
function withClosedComments(html: string): string {
  const last = html.lastIndexOf('-->')
  if (html.lastIndexOf('<!--') <= last) return html
  const closed = last < 0 ? 0 : last + 3
  return html.slice(0, closed) + html.slice(closed).replace(/<!--[^>]*>?/g, '')
}

export interface HtmlText {
  text: string
  /** Absolute http(s) URLs of links, in order, without repeats. */
  links: string[]
  media: ('image' | 'video' | 'audio')[]
}

export interface HtmlOptions {
  /** Relative links are resolved against it; without it they are left out. */
  base?: string
  /** Leaves out links with one of these classes (`mention`, `hashtag`): they lead to the network, not out of it. */
  ignoreLinkClasses?: string[]
  /** Leaves out elements with one of these classes, with all that is in them. */
  leaveOutClasses?: string[]
}

const hasClass = (attributes: Record<string, string>, classes: readonly string[] | undefined): boolean =>
  classes !== undefined && (attributes['class'] ?? '').split(/\s+/).some((name) => classes.includes(name))

/**
 * Markup to plain text: paragraphs and line breaks kept, scripts and styles gone, entities decoded once, hidden parts
 * (Mastodon's `invisible` spans) kept because they complete a URL. Never throws, whatever the input.
 */
export function htmlToText(html: string, options: HtmlOptions = {}): HtmlText {
  if (!html.includes('<') && !html.includes('&')) return { text: tidy(html), links: [], media: [] }
  const links: string[] = []
  const media: HtmlText['media'] = []
  const add = (kind: HtmlText['media'][number]): void => {
    if (!media.includes(kind)) media.push(kind)
  }
  let out = ''
  let silent = 0
  let pre = 0
  let framed = 0
  /** Open elements inside one that is left out, itself included. */
  let leftOut = 0
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (leftOut > 0 || hasClass(attributes, options.leaveOutClasses)) {
          if (!VOID.has(name)) leftOut++
          return
        }
        if (name === 'img') add('image')
        else if (name === 'video') add('video')
        else if (name === 'audio') add('audio')
        if (SILENT.has(name)) silent++
        if (silent > 0) return
        if (name === 'br') out += '\n'
        else if (name === 'p') out += '\n\n'
        else if (name === 'td' || name === 'th') out += ' '
        else if (BLOCK.has(name)) out += '\n'
        if (name === 'pre') pre++
        if (FRAMES.has(name)) framed++
        if (name === 'a' && attributes['href'] !== undefined) {
          if (hasClass(attributes, options.ignoreLinkClasses)) return
          const link = absoluteLink(attributes['href'], options.base)
          if (link !== null && !links.includes(link)) links.push(link)
        }
      },
      onclosetag(name) {
        if (leftOut > 0) {
          if (!VOID.has(name)) leftOut--
          return
        }
        if (SILENT.has(name)) silent = Math.max(0, silent - 1)
        else if (silent > 0) return
        else if (name === 'p') out += '\n\n'
        else if (BLOCK.has(name)) out += '\n'
        if (name === 'pre') pre = Math.max(0, pre - 1)
        if (FRAMES.has(name)) framed = Math.max(0, framed - 1)
      },
      ontext(text) {
        if (silent > 0 || leftOut > 0) return
        if (framed > 0 && text.includes('<')) {
          const inner = htmlToText(text.replace(FRAME_TAG, ' '), options)
          out += ` ${inner.text} `
          links.push(...inner.links.filter((link) => !links.includes(link)))
        } else out += pre > 0 ? text : text.replace(/[ \t\r\n\f]+/g, ' ')
      },
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true, recognizeSelfClosing: true },
  )
  // Controls go first: taken out of the text later, they would leave a tag where the parser saw none.
  parser.write(cutAfterTags(withClosedComments(html.replace(CONTROLS, '')), MOST_TAGS))
  parser.end()
  return { text: tidy(out), links, media }
}

/** C0 and C1 controls but tab and line breaks, and the byte order mark: no network means them, terminals act on them. */
// eslint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFEFF]/g

/** Whatever `tidy` has to look at closely; most names and cells have none of it. */
// eslint-disable-next-line no-control-regex
const UNTIDY = /[\u0000-\u001F\u007F-\u00A0\uFEFF]| {2}/

/** Control characters out, spaces around line breaks out, at most one empty line in a row, trimmed. */
export function tidy(text: string): string {
  if (!UNTIDY.test(text)) return text.trim().toWellFormed()
  return (
    text
      .replace(/\r\n?/g, '\n')
      .replace(CONTROLS, '')
      // Runs first: a pattern with a run on both sides of a line break takes the square of their length.
      .replace(/[ \t\u00A0]{2,}/g, ' ')
      .replace(/[ \t\u00A0]?\n[ \t\u00A0]?/g, '\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim()
      .toWellFormed()
  )
}

/** An absolute http(s) URL, or null for everything else (`javascript:`, relative without a base, nonsense). */
export function absoluteLink(href: string, base?: string): string | null {
  const trimmed = href.trim()
  if (trimmed === '' || !URL.canParse(trimmed, base)) return null
  const url = new URL(trimmed, base)
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null
}

/** Nothing that is longer is an address that somebody wrote. */
const LONGEST_LINK = 2_048

/** URLs written out in plain text, in order, without repeats. Closing brackets and full stops after a URL are not part of it. */
export function linksInText(text: string): string[] {
  if (!text.includes('://')) return []
  const found: string[] = []
  for (const [match] of text.matchAll(/\bhttps?:\/\/[^\s<>"'`{}|\\^\u3000-\u303F\uFF00-\uFFEF]+/giu)) {
    if (match.length > LONGEST_LINK) continue
    let link = withoutEnd(match, '.,;:!?…)]')
    // `https://en.wikipedia.org/wiki/Earshot_(film)` keeps the bracket it opened.
    if (match[link.length] === ')' && link.includes('(')) link += ')'
    const url = absoluteLink(link)
    if (url !== null && !found.includes(url)) found.push(url)
  }
  return found
}

/** Elements that text with markup in it is made of; `<sigh>` and `<3` are no markup. */
const MARKUP =
  /<!--|<\/?(a|abbr|b|big|blockquote|body|br|center|code|dd|del|div|dl|dt|em|embed|font|form|h[1-6]|head|hr|html|i|iframe|img|ins|input|li|link|meta|object|ol|p|pre|q|s|script|small|span|strike|strong|style|sub|sup|svg|table|tbody|td|th|thead|title|tr|u|ul|video)(\s[^<>]*|\/)?>/i

/** Text that may or may not hold markup, as in a spreadsheet's cell: tags only count when they are tags. */
export function looseText(text: string): string {
  if (MARKUP.test(text)) return htmlToText(keepLines(text)).text
  // Escaped once by whoever saved it, as Twitter did with &amp; and &lt;.
  if (/&(#\d+|#x[\da-f]+|[a-z]+\d?);/i.test(text)) return htmlToText(keepLines(text.replaceAll('<', '&lt;'))).text
  return tidy(text)
}

const keepLines = (text: string): string => text.replace(/\r\n?|\n/g, '<br>')
