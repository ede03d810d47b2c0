import { fieldOf, isOfDevice, REPEATED, WROTE, type FieldKind } from './words.ts'

/**
 * What somebody wrote anew in a mail, without what their program repeated. Lines that begin with `>` are repeated wherever they
 * stand, so answers between them are kept. Before them stands an attribution; a header block or a line between dashes
 * begins a history that goes on to the end. By hand, since no package keeps answers between quotations, reads more
 * than a few languages, or knows the header blocks of all of them (docs/architecture.md, Libraries).
 */
const QUOTED = /^\s{0,3}[>＞]/
/** Marks of a few programs, which a customer's own lines may begin with as well: only below an attribution. */
const OTHER_MARKS = [/^\s{0,3}[>＞]|^\|(?: |$)/, /^\s{0,3}[>＞]|^[A-Z]{1,4}>/]
const SIGNATURE = /^(?:--|—) ?$/
const RULE = /^[_\-=*—–]{5,}$/
const ADDRESS = /[^\s<>@"(]+@[^\s<>@")]+/
const YEAR = /(?<!\d)(?:19|20)\d\d(?!\d)/
const SHORT_DATE = /(?<!\d)\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?!\d)/
const TIME = /(?<!\d)\d{1,2}\s?[:.hH時시点]\s?\d{2}(?!\d)/
/** A line of an attribution or of a mobile signature is never longer. */
const LONGEST = 300
/** An attribution is folded onto so many lines at most. */
const MOST_FOLDS = 3
/** Lines that a header block takes, folded ones included. */
const HEADER_LINES = 12

/** As patterns read it: no marks of direction, no joiners, no emphasis, one kind of blank. */
const plain = (line: string): string =>
  line
    .replace(/[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g, '')
    .replace(/[\u00A0\u2002-\u200A\u202F\u3000]/g, ' ')
    .trim()

type Lines = readonly string[]

/** Number of the first line from here on that is not empty; -1: none. */
function nextWords(lines: Lines, from: number): number {
  for (let i = from; i < lines.length; i++) if (lines[i] !== '') return i
  return -1
}

const endsLikeOne = (text: string): boolean => /[:：]\*?$/.test(text)
const isDated = (text: string): boolean => YEAR.test(text) || SHORT_DATE.test(text)

/**
 * Says whose words follow, and when: `marked`: they are marked by `>`, which says the most; otherwise it must name an address or
 * a time to the minute, as no sentence does.
 */
function isAttribution(text: string, marked: boolean): boolean {
  if (text.length < 8 || text.length > LONGEST) return false
  const ends = endsLikeOne(text)
  if (!ends && !marked) return false
  const says = WROTE.test(text)
  const address = ADDRESS.test(text)
  const when = isDated(text) || TIME.test(text)
  if (!ends) return says && address && when
  if (marked) return says || (when && (address || TIME.test(text)))
  return (
    (says && when && (address || (isDated(text) && TIME.test(text)))) || (address && isDated(text) && TIME.test(text))
  )
}

/** How many lines from here on are an attribution; 0: none. It stands before what is quoted, or before the rest. */
function attributionAt(lines: Lines, at: number): number {
  if (lines[at] === '') return 0
  let text = ''
  for (let taken = 1; taken <= MOST_FOLDS; taken++) {
    const line = lines[at + taken - 1] ?? ''
    if (line === '' || QUOTED.test(line) || text.length > LONGEST) return 0
    text = text === '' ? line : `${text} ${line}`
    const after = nextWords(lines, at + taken)
    const marked = after < 0 || QUOTED.test(lines[after] as string)
    if (isAttribution(text, marked)) {
      // A sentence of their own that happens to stand above the attribution is not folded into it.
      const rest = taken > 1 ? attributionAt(lines, at + taken - 1) : 0
      return rest > 0 && /[.!?。！？]$/.test(lines[at] as string) ? 0 : taken
    }
  }
  return 0
}

/** Whether a header block begins here: what it was from, and enough beside it that no list of a customer's own looks so. */
function isHeaderBlock(lines: Lines, at: number, ruled: boolean): boolean {
  const first = fieldOf(lines[at] as string)
  if (first === null || first === 'cc' || first === 'to') return false
  const kinds = new Set<FieldKind>()
  let addressed = false
  for (let i = at, strangers = 0; i < Math.min(lines.length, at + HEADER_LINES); i++) {
    const line = lines[i] as string
    const kind = fieldOf(line)
    // A long list of addresses is folded.
    if (kind === null && (line === '' || ++strangers > 2)) break
    if (kind !== null) kinds.add(kind)
    addressed ||= ADDRESS.test(line)
  }
  if (!kinds.has('from')) return false
  const timed = kinds.has('sent') || kinds.has('date')
  if (ruled) return kinds.size >= 2
  return (kinds.size >= 3 && (addressed || (kinds.has('subject') && timed))) || (kinds.size >= 2 && timed && addressed)
}

/** Where a history that goes on to the end begins; -1: nowhere. */
function cutAt(lines: Lines): number {
  return lines.findIndex((line, i) => {
    if (line === '' || line.length > LONGEST) return false
    const [c] = line
    if (c === '-' || c === '_' || c === '=' || c === '*') {
      if (REPEATED.test(line)) return true
      const next = nextWords(lines, i + 1)
      const between = /^[-_=*]{2,}\s*\p{L}[^-_=*]{3,60}[-_=*]{2,}$/u.test(line)
      if ((RULE.test(line) || between) && next >= 0 && isHeaderBlock(lines, next, true)) return true
    }
    if (isHeaderBlock(lines, i, false)) return true
    // "Begin forwarded message:", in any language: the block is below, with or without marks.
    if (!endsLikeOne(line) || line.length > 60) return false
    const next = nextWords(lines, i + 1)
    if (next < 0) return false
    if (!QUOTED.test(lines[next] as string)) return isHeaderBlock(lines, next, true)
    const unmarked = lines.slice(next, next + HEADER_LINES).map((one) => one.replace(/^\s{0,3}[>＞] ?/, ''))
    return isHeaderBlock(unmarked, 0, true)
  })
}

/** A mobile signature, rules and blanks at the end of a part, which `>`, an attribution or the end follows. */
function trimmedEnd(kept: string[], cut: boolean): void {
  for (;;) {
    const last = plain(kept.at(-1) ?? 'x')
    const before = plain(kept.at(-2) ?? '')
    const device = last.length <= 120 && isOfDevice(last) && (kept.length === 1 || before === '' || cut)
    if (last === '' || device || (cut && RULE.test(last))) kept.pop()
    else return
  }
}

/**
 * What somebody wrote anew; empty when there is nothing but repetition.
 * @param signature false: without what stands below `-- `.
 */
export function freshText(text: string, options: { signature?: boolean } = {}): string {
  const written = text.split(/\r\n?|\n/)
  const lines = written.map(plain)
  const cut = cutAt(lines)
  const end = cut < 0 ? lines.length : cut
  const own: Lines = cut < 0 ? lines : lines.slice(0, cut)
  const kept: string[] = []
  let hasWords = false
  let signing = false
  let mark = QUOTED
  for (let i = 0; i < end; i++) {
    const here = own[i] as string
    const quoted = mark.test(here)
    const taken = quoted ? 0 : attributionAt(own, i)
    const after = taken > 0 ? nextWords(own, i + taken) : -1
    if (after >= 0) mark = OTHER_MARKS.find((other) => other.test(own[after] as string)) ?? mark
    const marked = after < 0 || mark.test(own[after] as string)
    if (quoted || (taken > 0 && (marked || hasWords))) {
      const apart = plain(kept.at(-1) ?? 'x') === ''
      trimmedEnd(kept, true)
      // In front of the rest of the mail, which then is what is repeated without marks.
      if (!quoted && !marked) break
      if (kept.length > 0 && apart) kept.push('')
      signing = false
      i += Math.max(0, taken - 1)
      continue
    }
    if (options.signature === false && SIGNATURE.test(here)) signing = true
    if (signing) continue
    hasWords ||= here !== ''
    kept.push(written[i] as string)
  }
  trimmedEnd(kept, end < written.length)
  return kept
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
