import { hasInjectionContext, inject, onScopeDispose, shallowReactive, toValue, watch } from 'vue'
import type { InjectionKey, MaybeRefOrGetter } from 'vue'

export interface KeyBinding {
  /**
   * `j`, `Enter`, `?`, `Shift+X`, `Mod+k` (Ctrl, on a Mac ⌘), or a sequence `g w`. Letters are as typed; Shift is only
   * named with letters and named keys. None: only the palette does it.
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
  /** The palette offers it too: under which heading, by which name if another, and by which further words it is found. */
  palette?: { group: MaybeRefOrGetter<string>; label?: MaybeRefOrGetter<string>; words?: string }
}
export interface KeyScope {
  /** Heading in the overview. */
  name: MaybeRefOrGetter<string>
  bindings: readonly KeyBinding[]
  active: () => boolean
  /** What its keys are about is there. Until then they are held. */
  ready: () => boolean
  /** How many modals lie above it; it answers only while there is none. */
  below: number
  /** Belongs to a dialog that is about to open: the next `blockKeys` leaves it alone. */
  opening: boolean
}

/** Newest last: what was opened later is asked first, so a dialog's Escape wins over its view's. */
const scopes = shallowReactive<KeyScope[]>([])

const SEQUENCE_MS = 1_200
let pending: { prefix: string; until: number } | null = null

/** Typed ahead of a view that was still loading, oldest first. */
const held: { event: KeyboardEvent; by: KeyScope }[] = []
/** What was pressed longer ago than this, nobody expects to happen any more. */
const HELD_MS = 5_000
const MOST_HELD = 20

/** What each open modal lies above. */
const modals = new Set<KeyScope[]>()
/** Provided by a modal to what stands in it. */
export const inModal: InjectionKey<true> = Symbol('in a modal')

const answers = (scope: KeyScope): boolean => scope.below === 0 && scope.active()

/**
 * Registers keys while the calling scope lives. `active` switches them all, e.g. with the focus of a pane. A component
 * that consists of a dialog says `dialog`: its keys are registered before the dialog silences everything else. Who still
 * loads what the keys are about says so with `ready`: the keys wait instead of being lost, or going to what lies behind.
 */
export function useKeys(
  name: MaybeRefOrGetter<string>,
  bindings: readonly KeyBinding[],
  active: () => boolean = () => true,
  options: { dialog?: boolean; ready?: () => boolean } = {},
) {
  const { dialog: opening = false, ready = () => true } = options
  const scope: KeyScope = { name, bindings, active, ready, below: 0, opening }
  // A view that arrives while a modal is open stands behind it.
  if (!opening && hasInjectionContext() && !inject(inModal, false)) for (const under of modals) lower(scope, under)
  scopes.push(scope)
  // After it was drawn, so that what the keys are about is on screen.
  if (options.ready) watch(options.ready, (now) => now && release(scope), { flush: 'post' })
  onScopeDispose(() => {
    const at = scopes.indexOf(scope)
    if (at >= 0) scopes.splice(at, 1)
    forget(scope)
  })
}

function lower(scope: KeyScope, under: KeyScope[]) {
  under.push(scope)
  scope.below++
}

/** While a modal is open no scope that was there before it gets a key. Returns the release. */
export function blockKeys(): () => void {
  const under: KeyScope[] = []
  for (const scope of scopes) {
    if (!scope.opening) lower(scope, under)
    scope.opening = false
  }
  modals.add(under)
  return () => {
    if (!modals.delete(under)) return
    for (const scope of under) scope.below--
  }
}

function hold(event: KeyboardEvent, by: KeyScope) {
  if (!event.repeat && held.length < MOST_HELD) held.push({ event, by })
}
function forget(by: KeyScope): KeyboardEvent[] {
  const mine = held.filter((one) => one.by === by)
  for (const one of mine) held.splice(held.indexOf(one), 1)
  return mine.map(({ event }) => event)
}
/** Asks again for the keys that waited for this scope, in their order; some may have to wait for the next. */
function release(scope: KeyScope, now = performance.now()) {
  const begun = pending
  pending = null
  for (const event of forget(scope)) {
    // A field that has the focus by now did not have it when the key was pressed, and the key is no letter of its text.
    if (now - event.timeStamp < HELD_MS && !isField(document.activeElement)) take(event, document.activeElement, now)
  }
  pending ??= begun
}

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
export function handleKey(event: KeyboardEvent, now = event.timeStamp): boolean {
  if (event.defaultPrevented || event.isComposing) return false
  if (['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock'].includes(event.key)) return false
  return take(event, event.target, now)
}

/** `now`: when it was pressed. A page that was busy meanwhile must not tear a sequence apart. */
function take(event: KeyboardEvent, target: EventTarget | null, now: number): boolean {
  const inField = isField(target)
  const pressed = stroke(event)
  const sequence = pending && pending.until > now && !inField ? `${pending.prefix} ${pressed}` : null
  pending = null
  let starts = false
  let loading: KeyScope | undefined
  for (let index = scopes.length - 1; index >= 0; index--) {
    const scope = scopes[index]!
    if (!answers(scope)) continue
    // Leaving needs nothing that could be missing.
    const waits = pressed !== 'Escape' && !scope.ready()
    if (waits) loading ??= scope
    for (const binding of scope.bindings) {
      if (inField && !binding.inFields) continue
      if (!waits && binding.when && !binding.when()) continue
      for (const keys of [binding.keys].flat().map(normal)) {
        if (keys === sequence || (!sequence && keys === pressed)) {
          event.preventDefault()
          if (waits) hold(event, scope)
          else binding.run(event)
          return true
        }
        if (!sequence && keys.startsWith(`${pressed} `)) starts = true
      }
    }
  }
  if (starts) {
    pending = { prefix: pressed, until: now + SEQUENCE_MS }
    event.preventDefault()
  } else if (loading && !sequence && !inField && mayWait(pressed, target)) hold(event, loading)
  return starts
}

/** A key that nobody knows yet may be one of the view that is loading, unless it is the browser's or the element's own. */
const mayWait = (pressed: string, target: EventTarget | null): boolean =>
  /^(Shift\+)?.$/u.test(pressed) ||
  (/^(Enter|Arrow(Up|Down|Left|Right))$/.test(pressed) &&
    !(target instanceof Element && target.closest('a[href], button, summary')))

export function installKeys(target: Pick<Window, 'addEventListener' | 'removeEventListener'> = window): () => void {
  const down = (event: Event) => void handleKey(event as KeyboardEvent)
  // A sequence counts from when its beginning was let go, as far as the page knows.
  const up = (event: Event) => {
    if (pending?.prefix === stroke(event as KeyboardEvent)) pending.until = performance.now() + SEQUENCE_MS
  }
  target.addEventListener('keydown', down)
  target.addEventListener('keyup', up)
  return () => {
    target.removeEventListener('keydown', down)
    target.removeEventListener('keyup', up)
  }
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
    if (!answers(scope)) continue
    const name = toValue(scope.name)
    const group = groups.get(name) ?? { name, keys: [] }
    groups.set(name, group)
    for (const binding of scope.bindings) {
      const label = toValue(binding.label)
      const keys = [binding.keys].flat()
      if (binding.hidden || !label || keys.length === 0) continue
      if (!group.keys.some((known) => known.label === label)) group.keys.push({ keys, label })
    }
  }
  return [...groups.values()].filter((group) => group.keys.length)
}

export interface PaletteEntry {
  label: string
  group: string
  words: string
  /** Shown beside it; empty: it has none. */
  keys: string
  run(): void
}
/** What the palette offers now, also while it lies above everything; of two that are named alike the newer. */
export function describePalette(): PaletteEntry[] {
  const entries = new Map<string, PaletteEntry>()
  for (const { bindings, active } of scopes) {
    if (!active()) continue
    for (const { keys, label, palette, when, run } of bindings) {
      const name = toValue(palette?.label ?? label)
      if (!palette || !name || when?.() === false) continue
      entries.set(name, {
        label: name,
        group: toValue(palette.group),
        words: palette.words ?? '',
        keys: [keys].flat()[0] ?? '',
        run: () => run(new KeyboardEvent('keydown')),
      })
    }
  }
  return [...entries.values()]
}
