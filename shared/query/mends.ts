import type { QueryProblem, Span } from './ast.ts'
import { parseQuery } from './parse.ts'

/** One replacement that puts a problem right as its message says: what stands between `start` and `end` becomes `text`. */
export interface Mend extends Span {
  text: string
}

const translated: Record<string, string> = {
  ...Object.fromEntries(['UND', 'ET', 'И', 'VE', 'OG'].map((word) => [word, 'AND'])),
  ...Object.fromEntries(['ODER', 'OU', 'ИЛИ', 'VEYA', 'ELLER'].map((word) => [word, 'OR'])),
  ...Object.fromEntries(['NICHT', 'OHNE', 'SAUF', 'НЕ', 'IKKE'].map((word) => [word, 'NOT'])),
}

/** So many problems are shown with a mend; finding out that one helps costs a reading. */
const MOST = 12

/** For each problem the mend that it knows, where the query can be read afterwards or at least not worse; null: none. */
export function mendsOf(text: string, problems: readonly QueryProblem[], valid: boolean): (Mend | null)[] {
  let left = MOST
  return problems.map((problem) => {
    const mend = left > 0 ? mendOf(text, problem) : null
    if (mend === null) return null
    left--
    const after = text.slice(0, mend.start) + mend.text + text.slice(mend.end)
    const read = parseQuery(after)
    const helps = read.ok || (!valid && !(read.error.code === problem.code && read.error.start === problem.start))
    return helps && after !== text ? mend : null
  })
}

/** The mend that a problem of `text` knows; null: a person has to think. */
function mendOf(text: string, problem: QueryProblem): Mend | null {
  const { start, end } = problem
  const written = text.slice(start, end)
  const values = problem.what.values ?? {}
  const here = (instead: string): Mend => ({ start, end, text: instead })
  const without = (from: number, to: number): Mend => ({ ...tight(text, from, to), text: '' })
  switch (problem.what.code) {
    case 'query.foreignOperator':
      return foreign(written, String(values['instead']), here, () => without(start, end))
    case 'query.lowercase':
      return here(written.toUpperCase())
    case 'query.foreignWord':
      return translated[written] === undefined ? null : here(translated[written])
    case 'query.foreignBracket':
      return { start: 0, end: text.length, text: text.replace(/[[{<]/g, '(').replace(/[\]}>]/g, ')') }
    case 'query.neverClosed':
      return { start: text.trimEnd().length, end: text.trimEnd().length, text: ')' }
    case 'query.unclosedQuote':
      return { start: text.trimEnd().length, end: text.trimEnd().length, text: '"' }
    case 'query.closingAlone':
    case 'query.emptyGroup':
    case 'query.beginsWith':
    case 'query.comesAfter':
    case 'query.endsAfter':
      return without(start, end)
    case 'query.closedAfter':
      return { start: text.slice(0, start).trimEnd().length, end, text: ')' }
    case 'query.unknownFieldNear':
      return here(`${String(values['near'])}:`)
    case 'query.unknownField':
      return quoted(text, start)
    case 'query.addressAsWords':
      return address(text, start)
    case 'query.missingValue':
      return joined(text, end)
    case 'query.rawNeedsQuotes':
      return here(`raw:"${written.slice(4)}"`)
    case 'query.endsInQuestion':
      return here(written.replace(/\?+$/, ''))
    case 'query.ignoredSigns':
      return here(`raw:"${written}"`)
    case 'query.mixed':
      return here(`(${written})`)
    case 'query.loneMinus':
      return loneMinus(text, start, end)
    case 'query.siteWithPath':
      return pathOfSite(text, start)
    case 'query.duplicate':
      return duplicate(text, start, end)
    default:
      return null
  }
}

type Here = (instead: string) => Mend

function foreign(written: string, instead: string, here: Here, without: () => Mend): Mend | null {
  if (/^\^/.test(written) || /^ATLEAST/.test(written)) return without()
  // A range needs its whole to be read: the translation does that.
  if (instead === '" "' || instead.startsWith('since:')) return null
  if (instead === '-') return here(instead)
  return /^~/.test(written) ? here(` ${instead} `) : here(instead.trim())
}

/** A stretch with the blank before it, so that none is left over. */
function tight(text: string, start: number, end: number): Span {
  const blank = /\s/.test(text[end] ?? ' ') && /\s/.test(text[start - 1] ?? '')
  if (!blank && /^[\s(]?$/.test(text[start - 1] ?? ''))
    return { start, end: end + (/^\s/.test(text.slice(end)) ? 1 : 0) }
  return { start: blank ? start - 1 : start, end }
}

/** `foo:bar` as the words it stands for. */
function quoted(text: string, start: number): Mend | null {
  const whole = /^[^\s()"“”„‟«»]+/.exec(text.slice(start))?.[0]
  return whole === undefined || /[:,]$/.test(whole) ? null : { start, end: start + whole.length, text: `"${whole}"` }
}

function address(text: string, start: number): Mend | null {
  const whole = /^\S+/.exec(text.slice(start))?.[0]
  const bare = whole?.replace(/^https?:\/\//i, '').replace(/[),]+$/, '')
  return bare ? { start, end: start + whole!.replace(/[),]+$/, '').length, text: `link:${bare}` } : null
}

/** `title: ferry` → `title:ferry`. */
function joined(text: string, end: number): Mend | null {
  const gap = /^\s+(?=[^\s)])/.exec(text.slice(end))?.[0]
  return gap === undefined ? null : { start: end, end: end + gap.length, text: '' }
}

function loneMinus(text: string, start: number, end: number): Mend {
  const behind = /^\s+(?=[\p{L}\p{N}"“(#@])/u.exec(text.slice(end))?.[0]
  return behind === undefined
    ? { ...tight(text, start, end), text: '' }
    : { start: end, end: end + behind.length, text: '' }
}

/** `site:example.org/a` asks for an address. */
function pathOfSite(text: string, start: number): Mend | null {
  const field = text.slice(0, start).lastIndexOf('site:')
  const value = /^["“]?([^\s()"“”,]+)["”]?/.exec(text.slice(start))
  return field < 0 || !value || field + 5 < start - 1
    ? null
    : { start: field, end: start + value[0].length, text: `url:${value[1]!}` }
}

/** The second of two equal parts, with the operator before it. */
function duplicate(text: string, start: number, end: number): Mend {
  const before = /\s+(?:(?:OR|AND)\s+)?$/.exec(text.slice(0, start))?.[0].length ?? 0
  return { start: start - before, end, text: '' }
}
