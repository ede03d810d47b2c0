import { commandNames, commands, mentionKeys, type Keys } from '#shared/model/command.ts'
import { isSingle, normalKeys } from '#renderer/composables/control/own-keys.ts'
import { strokes, type Pressed } from '#renderer/composables/control/strokes.ts'

/** One key that may be moved: as Earshot comes with it, and the message that says what it does. */
export interface MovableKey {
  key: string
  label: string
  values?: Record<string, string>
}

const general: MovableKey[] = [
  { key: 'j', label: 'keys.next' },
  { key: 'k', label: 'keys.previous' },
  { key: 'x', label: 'keys.select' },
  { key: 'g', label: 'keys.goThen' },
  { key: '/', label: 'keys.search' },
  { key: '?', label: 'keys.all' },
  { key: 'v', label: 'board.key.mode' },
  { key: 'l', label: 'board.key.scope' },
]

/** Every key of a single character that does something in more than one place, once. */
export function movableKeys(): MovableKey[] {
  const ofCommands = commandNames.flatMap((name) =>
    Object.entries<Keys>(commands[name].keys).flatMap(([way, keys]) =>
      [keys]
        .flat()
        .map((key): MovableKey =>
          way === 'digit'
            ? { key, label: 'keys.toDeskOn', values: { key } }
            : { key, label: `command.${name}.key.${way}` },
        ),
    ),
  )
  const ofMention = Object.entries<Keys>(mentionKeys).flatMap(([deed, keys]) =>
    [keys].flat().map((key): MovableKey => ({ key, label: `command.${deed}.key` })),
  )
  return [...general, ...ofCommands, ...ofMention].filter(({ key }) => isSingle(key))
}

/** Of the answer and the page itself, and what a browser keeps. */
const reserved = [
  'Mod+k',
  'Mod+a',
  'Mod+s',
  'Alt+w',
  'Alt+c',
  'Alt+p',
  'Alt+s',
  'Alt+t',
  'Alt+m',
  'Mod+w',
  'Mod+t',
  'Mod+n',
  'Mod+q',
]

/**
 * The key that somebody pressed for `wanted`: as bindings are written, or why it cannot be: no key for that (a named key
 * moves or leaves something), or another one's (`by` says whose).
 */
export function chosenKey(
  event: Pressed,
  wanted: string,
  moved: Readonly<Record<string, string>>,
): { key: string } | { refused: 'unfit' | 'reserved' } | { refused: 'taken'; by: MovableKey } {
  const readings = strokes(event).map(normalKeys)
  const key = readings.find((one) => /^((Mod|Super|Alt|Shift)\+)*[!-~]$/.test(one)) ?? readings[0]
  if (key === undefined || !/^((Mod|Super|Alt|Shift)\+)*([^\s+]|\+|F\d+)$/u.test(key)) return { refused: 'unfit' }
  if (reserved.includes(key)) return { refused: 'reserved' }
  const by = movableKeys().find((other) => other.key !== wanted && (moved[other.key] ?? other.key) === key)
  return by ? { refused: 'taken', by } : { key }
}
