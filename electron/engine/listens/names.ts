import { isEverydayWord } from '#shared/query/everyday.ts'
import { parseQuery } from '#shared/query/parse.ts'
import { tokenize } from '#shared/query/tokenize.ts'

/** How people write the name of a company, as far as the name itself tells. */
export interface Spellings {
  /** Without legal form and quotation marks, single spaces: `Nordlicht Bahn`. */
  name: string
  /** The words run together, as in hashtags and handles: `NordlichtBahn`. */
  compact: string
  /** With umlauts spelled out (`Mueller`); null without umlauts. */
  spelled: string | null
  /** The query that finds them all. */
  query: string
}

const legalForms = String.raw`gmbh(?:\s*&\s*co\.?\s*kg)?|ag|se|kg|ug|e\.?\s?v\.?|inc\.?|corp\.?|llc|ltd\.?|limited|plc
  |s\.?a\.?s?|s\.?p\.?a\.?|b\.?v\.?|oy|ab|as|a\/s`.replace(/\n +/g, '')
const legalForm = new RegExp(`[\\s,]+(?:${legalForms})$`, 'iu')

/** undefined: the text holds no letter or digit to listen for. */
export function spellingsOf(brand: string): Spellings | undefined {
  const given = brand
    .toWellFormed()
    .replace(/["“”„‟«»]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  const name = given.replace(legalForm, '').trim() || given
  const tokens = tokenize(name)
  if (tokens.length === 0) return undefined
  const pieces = tokens.map((token) => name.slice(token.start, token.end))
  const compact = pieces.join('')
  const query = either(tokens.length === 1 ? oneWord(pieces[0]!) : manyWords(name, pieces, compact))
  const spelled = spelledOut(name)
  return {
    name,
    compact,
    spelled: spelled === name ? null : spelled,
    query: parseQuery(query).ok ? query : `"${name}"`,
  }
}

function oneWord(word: string): string[] {
  const length = [...word].length
  // “SAP” or “Target”: the plain word is mostly something else. The exact letters, and where it is addressed.
  if (length <= 3 || isEverydayWord(tokenize(word)[0]!.norm)) {
    const exact = word === word.toLowerCase() ? (length <= 4 ? word.toUpperCase() : capital(word)) : word
    return [`raw:"${exact}"`, `#${word}`, `@${word}`]
  }
  return [plain(word), ...written(word), `#${word}*`, `@${word}*`]
}

function manyWords(name: string, pieces: string[], compact: string): string[] {
  const forms = [`"${name}"`]
  if (/\s&\s/.test(name)) forms.push(`"${name.replace(/\s&\s/g, ' and ')}"`, `"${name.replace(/\s&\s/g, ' und ')}"`)
  if (
    pieces.every((piece) => /^[\p{L}\p{N}]+$/u.test(piece)) &&
    [...compact].length >= 5 &&
    /^[\p{L}\p{N}]+$/u.test(compact)
  ) {
    // Scripts without spaces are found by the name itself.
    if (tokenize(compact).length === 1) forms.push(plain(compact), ...written(compact), `#${compact}*`, `@${compact}*`)
  }
  return forms
}

/** `Müller` is often `Mueller` in handles and addresses. */
function written(word: string): string[] {
  const spelled = spelledOut(word)
  return spelled === word ? [] : [plain(spelled), `@${spelled}*`]
}

const umlauts: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', Ä: 'Ae', Ö: 'Oe', Ü: 'Ue' }
const spelledOut = (text: string): string => text.replace(/[äöüÄÖÜ]/g, (letter) => umlauts[letter] ?? letter)

/** Operators and anything with signs in it go into quotation marks. */
const plain = (word: string): string =>
  /^[\p{L}\p{N}]+$/u.test(word) && !/^(?:AND|OR|NOT)$/.test(word) ? word : `"${word}"`
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
const either = (forms: string[]): string => [...new Set(forms)].join(' OR ')
