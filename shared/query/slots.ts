import { characterClass, CONNECTOR, INVISIBLE, joinsTag, MARK, WORD } from './characters.ts'
import { fold } from './fold.ts'
import { globOf, slipped, type Glob } from './glob.ts'
import { MAX_TOKEN, tokenize } from './tokenize.ts'

/** What one place of a phrase accepts. */
export interface Slot {
  /** Exactly this word; null for a pattern. */
  norm: string | null
  /** Words of this pattern; null for an exact word. */
  glob: Glob | null
  /** The word must also begin this hashtag or handle. */
  tag: string | null
}

/** A text of the query → the row of words it asks for. Empty when it holds no word. */
export function slotsOf(text: string, wildcards: boolean): Slot[] {
  const slip = wildcards ? /^([^~*?\s]+)~([12])$/.exec(text) : null
  if (slip) {
    const [only, more] = tokenize(slip[1]!)
    if (only && !more && isWord(only.norm))
      return [{ norm: null, glob: slipped(only.norm, Number(slip[2]) as 1 | 2), tag: null }]
  }
  if (!wildcards || !/[*?]/.test(text))
    return tokenize(text).map((token) => ({ norm: token.norm, glob: null, tag: token.tag }))
  const slots: Slot[] = []
  // A wildcard belongs to the word it touches: `wi-f*` is `wi` and `f*`. It says nothing next to a character that is a
  // word by itself (東*), nor alone.
  let open: string | null = null
  for (const piece of text.split(/([*?])/)) {
    if (piece === '*' || piece === '?') {
      if (open === null) open = piece
      else open += piece
      continue
    }
    if (piece === '') continue
    const tokens = tokenize(piece)
    for (const [index, token] of tokens.entries()) {
      const glued: boolean = index === 0 && token.start === 0 && open !== null && isWord(token.norm)
      if (open !== null && !glued) close(slots, open)
      open = (glued ? open : '') + token.norm
      const touches = index === tokens.length - 1 && token.end === piece.length && isWord(token.norm)
      if (!touches) {
        close(slots, open as string, token.tag)
        open = null
      }
    }
    if (tokens.length === 0 && open !== null) {
      close(slots, open)
      open = null
    }
  }
  if (open !== null) close(slots, open)
  return slots
}

function close(slots: Slot[], pattern: string, tag: string | null = null): void {
  if (/^[*?]*$/.test(pattern)) return
  if (/[*?]/.test(pattern)) slots.push({ norm: null, glob: globOf(pattern.slice(0, MAX_TOKEN)), tag: null })
  else slots.push({ norm: pattern.slice(0, MAX_TOKEN), glob: null, tag })
}

const isWord = (norm: string): boolean => {
  const kind = characterClass(norm.codePointAt(norm.length - 1) as number)
  return kind === WORD || kind === MARK
}

/**
 * A hashtag or handle standing alone, sign included and folded, with its wildcards; null for anything else. It is
 * compared as a whole, so `#東京` is not `#東京駅`.
 */
export function tagPattern(text: string): string | null {
  const found = /^([#@＃＠])([^]+)$/.exec(text)
  if (!found?.[1] || !found[2]) return null
  const body = found[2]
  for (const character of body.replace(/[*?]/g, '')) {
    const kind = characterClass(character.codePointAt(0) as number)
    if (kind === WORD || kind === MARK || kind === INVISIBLE || kind === CONNECTOR) continue
    if (!joinsTag(character.codePointAt(0) as number) && !isSolo(character)) return null
  }
  const folded = body
    .split(/([*?])/)
    .map((piece) => (piece === '*' || piece === '?' ? piece : fold(piece)))
    .join('')
    .replace(/[_·・]+$/, '')
  if (folded.replace(/[*?]/g, '') === '') return null
  return (found[1] === '#' || found[1] === '＃' ? '#' : '@') + folded.slice(0, MAX_TOKEN)
}

const isSolo = (character: string): boolean => tokenize(character).length === 1
