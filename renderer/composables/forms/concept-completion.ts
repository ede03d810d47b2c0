import type { KnownConcept } from '#shared/model/learning.ts'
import { foldValue } from '#shared/query/fold.ts'

/** A value that is being written after `concept:`, `aspect:` or `category:`. */
export interface Completing {
  field: 'concept' | 'aspect' | 'category'
  /** What is replaced; UTF-16 offsets, end exclusive. */
  start: number
  end: number
  /** Up to the caret, without quotation marks. */
  written: string
}

export interface Completion {
  id: string
  kind: KnownConcept['kind'] | 'matter' | 'category'
  label: string
}

/** So far back a field's name is looked for: names of concepts are shorter. */
const LOOKS_BACK = 300
const MOST = 8
/** So many letters find a name by its middle: German writes words together. */
const WITHIN = 3
/** The last value of a field, of several in parentheses or after commas too. */
const lastValue =
  /(?:^|[^\p{L}\p{N}_])(concept|aspect|category):(?:\((?:(?:"[^"]*"|[^()"])*[\s,])?|(?:[^\s()",]{1,80}|"[^"]{0,80}")(?:,(?:[^\s()",]{1,80}|"[^"]{0,80}")){0,20},)?("?)([^"(),]*)$/iu

/** The value of `concept:`, `aspect:` or `category:` that the caret stands behind; null: it stands elsewhere. */
export function completingAt(text: string, caret: number): Completing | null {
  const found = lastValue.exec(text.slice(Math.max(0, caret - LOOKS_BACK), caret))
  if (!found) return null
  const [, field, quote, written] = found
  // Without quotation marks a space ends it.
  if (quote === '' && /\s/.test(written!)) return null
  const after = quote === '' ? /^[^\s"(),]*/.exec(text.slice(caret))![0].length : text[caret] === '"' ? 1 : 0
  return {
    field: field!.toLowerCase() as Completing['field'],
    start: caret - written!.length - quote!.length,
    end: caret + after,
    written: written!,
  }
}

const plain = (name: string): string => foldValue(name).replace(/[-_\s]+/g, ' ')

/** What is called so in the page's language, or has that id: whose name begins so first, then whose words do. At most eight. */
export function completionsOf(written: string, all: readonly Completion[]): Completion[] {
  const wanted = plain(written)
  if (wanted === '') return []
  const rank = ({ id, label }: Completion): number => {
    const name = plain(label)
    if (name === wanted) return 0
    if (name.startsWith(wanted)) return 1
    if (name.includes(` ${wanted}`)) return 2
    const known = plain(id)
    if (known.startsWith(wanted) || known.includes(` ${wanted}`)) return 3
    return wanted.length >= WITHIN && name.includes(wanted) ? 4 : 5
  }
  return all
    .map((one) => ({ one, rank: rank(one) }))
    .filter(({ rank }) => rank < 5)
    .sort((a, b) => a.rank - b.rank || a.one.label.length - b.one.label.length || (a.one.label < b.one.label ? -1 : 1))
    .slice(0, MOST)
    .map(({ one }) => one)
}

/** A name as a value of the query language, in quotation marks where it needs them. */
export const asValue = (name: string): string =>
  /^[\p{L}\p{N}_-]+$/u.test(name) && !/^(?:and|or|not|o?near)$/i.test(name)
    ? name
    : `"${name.replace(/["“”„‟«»]/g, ' ').trim()}"`
