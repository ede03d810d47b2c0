/**
 * Which key was meant. A keyboard may be Cyrillic, Greek, Arabic, AZERTY or Czech, and a modifier may compose a letter
 * (Option C is "ç"): then the place of the key says what its letter does not.
 */
export type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'> &
  Partial<Pick<KeyboardEvent, 'code' | 'getModifierState'>>

const isMac = (): boolean => /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '')

const isLetter = (key: string): boolean => key.length === 1 && key.toLowerCase() !== key.toUpperCase()
/** What every binding is written with. */
const isPlain = (key: string): boolean => /^[a-z\d]$/i.test(key)
const isForeign = (key: string): boolean => /^[\p{L}\p{Nd}\p{M}]+$/u.test(key) && !/^[\p{Script=Latin}\d]+$/u.test(key)

/** One pressed key as the bindings write it. Shift is dropped from characters it already changed (`?`, `/`, `!`). */
export function stroke(event: Pressed, mac = isMac()): string {
  return written(event, event.key, mac)
}

function written(event: Pressed, key: string, mac: boolean): string {
  const parts: string[] = []
  if (mac ? event.metaKey : event.ctrlKey) parts.push('Mod')
  else if (event.ctrlKey || event.metaKey) parts.push('Super')
  if (event.altKey) parts.push('Alt')
  if (event.shiftKey && (isLetter(key) || key.length > 1)) parts.push('Shift')
  parts.push(key === ' ' ? 'Space' : isLetter(key) ? key.toLowerCase() : key)
  return parts.join('+')
}

/** Signs by their place on a keyboard without Latin letters, where they carry letters. */
const SIGNS: Record<string, string> = {
  BracketLeft: '[',
  BracketRight: ']',
  Slash: '/',
  Minus: '-',
  Equal: '=',
}

/**
 * The last letter was of a script that no binding is written in. Then a sign on a place of letters is that place (Hebrew
 * has "'" on W); on a Latin keyboard it is a sign (AZERTY has "," on M, Dvorak on W).
 */
let foreignKeyboard = false

/** What stands at this place of the keyboard; null: what the key says is what it means. */
function byPlace(event: Pressed): string | null {
  const { key, code = '' } = event
  if (isLetter(key) || isForeign(key)) foreignKeyboard = isForeign(key)
  const letter = /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase()
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1]
  // A modifier composed it. Dead keys too: Option N waits for the letter under its tilde.
  if (event.altKey && !isPlain(key)) return letter ?? digit ?? null
  if (isPlain(key) || key === 'Dead') return null
  // Shifted digits are signs where digits need no Shift; where they do (AZERTY, Czech), what comes without it is a sign.
  if (digit) return event.shiftKey ? null : digit
  if (letter) return key.length > 1 || isLetter(key) || isForeign(key) || foreignKeyboard ? letter : null
  return isForeign(key) && !event.shiftKey ? (SIGNS[code] ?? null) : null
}

/**
 * All that one pressed key may mean, likeliest first: what it says, what stands at its place, and, where a modifier was
 * only held to compose a sign (AltGr 8 is "[" on a German keyboard), that sign.
 */
export function strokes(event: Pressed, mac = isMac()): string[] {
  // AltGr writes and never commands: alone, or reported as Ctrl and Alt together. With Alt alone it is a Mac's Option.
  if (event.getModifierState?.('AltGraph') && (!event.altKey || event.ctrlKey))
    return event.key.length === 1 ? [event.key] : []
  const found = [stroke(event, mac)]
  const sign = sameSign(event.key)
  if (sign !== null) found.push(written(event, sign, mac))
  const place = byPlace(event)
  if (place !== null) found.push(written(event, place, mac))
  if (event.altKey && !event.ctrlKey && !event.metaKey && /^[!-~]$/.test(event.key) && !isPlain(event.key))
    found.push(event.key)
  return found
}

/** Signs that mean one of ours: of another width, and the question mark of Arabic, Persian and Urdu. */
const sameSign = (key: string): string | null =>
  key === '؟'
    ? '?'
    : /^[\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff5e]$/.test(key)
      ? key.normalize('NFKC')
      : null

/** The key belongs to an input method: it chooses or leaves a suggestion. Safari says so by its code alone. */
export const isComposing = (event: Pick<KeyboardEvent, 'isComposing' | 'keyCode' | 'key'>): boolean =>
  event.isComposing || event.keyCode === 229 || event.key === 'Process'
