import type { Email } from 'postal-mime'
import { tidy, type HtmlText } from '../text/html-to-text.ts'
import { markedHtml } from './quoted/marked-html.ts'

export type Body = HtmlText & {
  /** See MailMessage. */
  marked: string
}

const INVISIBLE = /[\u00AD\u034F\u115F\u180E\u200B-\u200F\u2028-\u202E\u2060-\u2064\uFEFF\u00A0\s]+/g
/** What programs put into the plain part when they write none: in a browser, with another program. */
const STUB =
  /\b(?:html|browser|navigateur|navegador|webb?l(?:ä|ae)sare|przegl[ąa]dar\p{L}*|internetbrowser|webversion|online[- ]?(?:version|ansicht))\b|ブラウザ|浏览器|瀏覽器|браузер/iu
const STUB_MOST = 400
/** Markup with fewer letters than this says nothing that the plain part does not. */
const WORDS_LEAST = 20

const wordsOf = (text: string): Set<string> =>
  new Set(
    text
      .toLowerCase()
      .replace(/\bhttps?:\S+/g, ' ')
      .match(/[\p{L}\p{N}]+/gu),
  )

/**
 * Whether the plain part only says that the words are in the markup. Both are meant to say the same (RFC 2046 section
 * 5.1.4): a short one that the markup does not repeat, or that speaks of browsers and is a small share of it, says something else.
 */
function isStub(plain: string, rich: string): boolean {
  if (plain.length > STUB_MOST || rich.length < WORDS_LEAST) return false
  const said = wordsOf(plain)
  const meant = wordsOf(rich)
  if (said.size === 0) return meant.size > 0
  const shared = [...said].filter((word) => meant.has(word)).length
  if (shared < said.size / 3 && meant.size > said.size) return true
  return STUB.test(plain) && (shared <= said.size / 2 || meant.size >= said.size * 2)
}

/** The text as it was written; markup where there is nothing else, or where the plain part only says so. */
export function bodyOf(mail: Email): Body {
  const plain = mail.text === undefined ? '' : tidy(mail.text)
  const isBlank = plain.replace(INVISIBLE, '') === ''
  const asPlain: Body = { text: isBlank ? '' : plain, marked: isBlank ? '' : plain, links: [], media: [] }
  if (mail.html === undefined || (!isBlank && plain.length > STUB_MOST)) return asPlain
  const rich = markedHtml(mail.html)
  return isBlank || isStub(plain, rich.text) ? rich : asPlain
}
