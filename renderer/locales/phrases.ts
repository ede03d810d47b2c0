import german from './phrases.de.json'
import english from './phrases.en.json'

/**
 * What the engine says, in the page's language. The engine writes plain English sentences, because they also stand in
 * logs, exports, mails and on the terminal; the page finds the sentence in its phrase book and fills the translation
 * with the same names and numbers, as gettext does with its message ids. `{name}` is a hole. What the book does not know
 * is shown as it came; in English that is all but a few codes. A test reads every sentence out of the engine's sources and asks for its entry.
 */
const books: Record<string, Record<string, string>> = { de: german, en: english }

interface Template {
  pattern: RegExp
  holes: string[]
  says: string
  /** Letters that are not holes: of two that fit, the one that knows more is meant. */
  weight: number
}
interface Book {
  whole: Map<string, string>
  templates: Template[]
  said: Map<string, string>
}

/** Values that are sentences or names of the engine themselves, and are looked up too. */
const NESTED = new Set(['message', 'reason', 'why', 'what', 'detail', 'connector'])
const MOST_KEPT = 2_000
const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

function compile(english: string, says: string): Template {
  const holes: string[] = []
  const parts = english.split(/\{(\w+)\}/)
  const pattern = parts
    .map((part, index) => {
      if (index % 2 === 0) return escape(part)
      holes.push(part)
      return '(.+?)'
    })
    .join('')
  const weight = parts.filter((_, index) => index % 2 === 0).join('').length
  return { pattern: new RegExp(`^${pattern}$`, 's'), holes, says, weight }
}

function bind(entries: Record<string, string>): Book {
  const book: Book = { whole: new Map(), templates: [], said: new Map() }
  for (const [english, says] of Object.entries(entries))
    if (/\{\w+\}/.test(english)) book.templates.push(compile(english, says))
    else book.whole.set(english, says)
  book.templates.sort((a, b) => b.weight - a.weight)
  return book
}

const bound = new Map<string, Book>()
function bookOf(locale: string): Book | null {
  const entries = books[locale]
  if (!entries) return null
  let book = bound.get(locale)
  if (!book) bound.set(locale, (book = bind(entries)))
  return book
}

function lookUp(book: Book, text: string, depth: number): string | null {
  const whole = book.whole.get(text)
  if (whole !== undefined) return whole
  for (const { pattern, holes, says } of book.templates) {
    const found = pattern.exec(text)
    if (!found) continue
    const named = new Map(
      holes.map((hole, index) => {
        const value = found[index + 1] ?? ''
        return [hole, NESTED.has(hole) && depth < 2 ? translate(book, value, depth + 1) : value]
      }),
    )
    return says.replace(/\{(\w+)\}/g, (hole, name: string) => named.get(name) ?? hole)
  }
  return null
}
function translate(book: Book, text: string, depth = 0): string {
  const found = lookUp(book, text, depth)
  if (found !== null) return found
  // Several sentences in a row; half of them in another language would help nobody.
  const sentences = text.split(/(?<=[.!?]) (?=[\p{Lu}“])/u)
  if (sentences.length < 2) return text
  const each = sentences.map((sentence) => lookUp(book, sentence, depth))
  return each.every((sentence) => sentence !== null) ? each.join(' ') : text
}

/** A sentence or a name of the engine in a language; as it is where the book has none. */
export function phrase(text: string, locale: string): string {
  const book = text === '' ? null : bookOf(locale)
  if (!book) return text
  const known = book.said.get(text)
  if (known !== undefined) return known
  const says = translate(book, text)
  if (book.said.size >= MOST_KEPT) book.said.clear()
  book.said.set(text, says)
  return says
}
