import { isSlipOf } from './slips.ts'

/** A pattern with `*` (any characters, none too) and `?` (exactly one). Compared with whole tokens. */
export interface Glob {
  pattern: string
  /** Characters before the first wildcard: an index can start from them. */
  prefix: string
  /** The pattern is `prefix*` and nothing more. */
  prefixOnly: boolean
  /** Set: no wildcards, but so many letters may be wrong, missing, too many or swapped with the next. */
  slips?: 1 | 2
}

export function globOf(pattern: string): Glob {
  const collapsed = pattern.replace(/\*+/g, '*')
  const first = collapsed.search(/[*?]/)
  const prefix = first < 0 ? collapsed : collapsed.slice(0, first)
  return {
    pattern: collapsed,
    prefix,
    prefixOnly: first >= 0 && first === collapsed.length - 1 && collapsed.endsWith('*'),
  }
}

/** `flicker~1`: a word in which so many letters may be wrong. */
export const slipped = (word: string, slips: 1 | 2): Glob => ({
  pattern: `${word}~${slips}`,
  prefix: '',
  prefixOnly: false,
  slips,
})

/** Own matcher instead of a regular expression: many stars cost length × length at worst, never more. */
export function globMatches(glob: Glob, text: string): boolean {
  if (!text.startsWith(glob.prefix)) return false
  if (glob.prefixOnly) return true
  if (glob.slips !== undefined) return isSlipOf(text, glob.pattern.slice(0, -2), glob.slips)
  const pattern = glob.pattern
  let p = glob.prefix.length
  let t = p
  let star = -1
  let resume = 0
  while (t < text.length) {
    const wanted = pattern.charCodeAt(p)
    if (wanted === 42) {
      star = p++
      resume = t
    } else if (p < pattern.length && wanted === 63) {
      p++
      t += isPair(text, t) ? 2 : 1
    } else if (p < pattern.length && wanted === text.charCodeAt(t)) {
      p++
      t++
    } else if (star >= 0) {
      p = star + 1
      resume += isPair(text, resume) ? 2 : 1
      t = resume
    } else return false
  }
  while (pattern.charCodeAt(p) === 42) p++
  return p === pattern.length
}

/** A letter outside the basic plane is two units; `?` stands for the letter. */
const isPair = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at)
  return code >= 0xd800 && code <= 0xdbff
}
