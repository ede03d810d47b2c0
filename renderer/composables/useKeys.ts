import { onScopeDispose, shallowReactive, toValue } from 'vue'
import type { MaybeRefOrGetter } from 'vue'

export interface KeyBinding {
  /**
   * `j`, `Enter`, `?`, `Shift+X`, `Mod+k` (Ctrl, on a Mac ⌘), or a sequence `g w`. Letters are as typed; Shift is only
   * named with letters and named keys.
   */
  keys: string | readonly string[]
  /** What it does, for the overview and the palette; already in the page's language (a getter follows it). */
  label: MaybeRefOrGetter<string>
  run(event: KeyboardEvent): void
  /** Also while a text field has the focus. Never set it for plain letters. */
  inFields?: boolean
  when?: () => boolean
  /** Keep it out of the overview, e.g. the second of two equal keys. */
  hidden?: boolean
}
export interface KeyScope {
  /** Heading in the overview. */
  name: MaybeRefOrGetter<string>
  bindings: readonly KeyBinding[]
  active: () => boolean
  /** Belongs to a dialog that is about to open: the next `blockKeys` leaves it alone. */
  opening?: boolean
}

/** Newest last: what was opened later is asked first, so a dialog's Escape wins over its view's. */
const scopes = shallowReactive<KeyScope[]>([])
export const keyScopes = (): readonly KeyScope[] => scopes

const SEQUENCE_MS = 1_200
let pending: { prefix: string; until: number } | null = null
let blocked = 0

/**
 * Registers keys while the calling scope lives. `active` switches them all, e.g. with the focus of a pane. A component
 * that consists of a dialog says `dialog`: its keys are registered before the dialog silences everything else.
 */
export function useKeys(
  name: MaybeRefOrGetter<string>,
  bindings: readonly KeyBinding[],
  active: () => boolean = () => true,
  options: { dialog?: boolean } = {},
) {
  const scope: KeyScope = { name, bindings, active, opening: options.dialog === true }
  scopes.push(scope)
  onScopeDispose(() => {
    const at = scopes.indexOf(scope)
    if (at >= 0) scopes.splice(at, 1)
  })
}

/** While a modal is open no scope that was there before it gets a key. Returns the release. */
export function blockKeys(): () => void {
  const below = scopes.filter((scope) => !scope.opening)
  for (const scope of scopes) scope.opening = false
  blocked++
  const held = below.map((scope) => ({ scope, active: scope.active }))
  for (const { scope } of held) scope.active = () => false
  let released = false
  return () => {
    if (released) return
    released = true
    blocked--
    for (const { scope, active } of held) scope.active = active
  }
}
export const keysBlocked = (): boolean => blocked > 0

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches('textarea, select, input:not([type=checkbox]):not([type=radio]):not([type=button])'))

const isMac = (): boolean => /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '')

/** One pressed key as the bindings write it. Shift is dropped from characters it already changed (`?`, `/`, `!`). */
export function stroke(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
  mac = isMac(),
): string {
  const parts: string[] = []
  if (mac ? event.metaKey : event.ctrlKey) parts.push('Mod')
  else if (event.ctrlKey || event.metaKey) parts.push('Super')
  if (event.altKey) parts.push('Alt')
  const letter = event.key.length === 1 && event.key.toLowerCase() !== event.key.toUpperCase()
  if (event.shiftKey && (letter || event.key.length > 1)) parts.push('Shift')
  parts.push(event.key === ' ' ? 'Space' : letter ? event.key.toLowerCase() : event.key)
  return parts.join('+')
}
const normal = (keys: string) =>
  keys
    .split(' ')
    .map((one) => one.replace(/(^|\+)([A-Z])$/, (_all, plus: string, letter: string) => plus + letter.toLowerCase()))
    .join(' ')

/** Asks the scopes for one key event. Returns whether somebody took it. Exported for tests; the app installs it once. */
export function handleKey(event: KeyboardEvent, now = performance.now()): boolean {
  if (event.defaultPrevented || event.isComposing) return false
  if (['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock'].includes(event.key)) return false
  const inField = isField(event.target)
  const pressed = stroke(event)
  const sequence = pending && pending.until > now && !inField ? `${pending.prefix} ${pressed}` : null
  pending = null
  let starts = false
  for (let index = scopes.length - 1; index >= 0; index--) {
    const scope = scopes[index]!
    if (!scope.active()) continue
    for (const binding of scope.bindings) {
      if (inField && !binding.inFields) continue
      if (binding.when && !binding.when()) continue
      for (const keys of [binding.keys].flat().map(normal)) {
        if (keys === sequence || (!sequence && keys === pressed)) {
          event.preventDefault()
          binding.run(event)
          return true
        }
        if (!sequence && keys.startsWith(`${pressed} `)) starts = true
      }
    }
  }
  if (starts) {
    pending = { prefix: pressed, until: now + SEQUENCE_MS }
    event.preventDefault()
  }
  return starts
}

export function installKeys(target: Pick<Window, 'addEventListener' | 'removeEventListener'> = window): () => void {
  const listener = (event: Event) => void handleKey(event as KeyboardEvent)
  target.addEventListener('keydown', listener)
  return () => target.removeEventListener('keydown', listener)
}

export interface KeyHelp {
  name: string
  keys: { keys: string[]; label: string }[]
}
/** What the overview shows: every scope that would answer now, newest first, headings merged; also keys that wait for a
 * current row. A binding with an empty label stays out. */
export function describeKeys(): KeyHelp[] {
  const groups = new Map<string, KeyHelp>()
  for (const scope of [...scopes].reverse()) {
    if (!scope.active()) continue
    const name = toValue(scope.name)
    const group = groups.get(name) ?? { name, keys: [] }
    groups.set(name, group)
    for (const binding of scope.bindings) {
      const label = toValue(binding.label)
      if (binding.hidden || !label) continue
      if (!group.keys.some((known) => known.label === label)) group.keys.push({ keys: [binding.keys].flat(), label })
    }
  }
  return [...groups.values()].filter((group) => group.keys.length)
}
