import { hasInjectionContext, inject, onScopeDispose, shallowReactive, toValue, watch } from 'vue'
import type { InjectionKey, MaybeRefOrGetter } from 'vue'
import { ownKeys } from './own-keys.ts'
import { isComposing, strokes } from './strokes.ts'

export { stroke } from './strokes.ts'

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
  /** Only goes somewhere: goes on while the key is held. What decides, opens or takes back happens once a press. */
  moves?: boolean
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

/** Pressed for themselves they say nothing, and end no sequence: sticky keys are pressed one after the other. */
const MODIFIERS = new Set(
  'Shift Control Alt Meta AltGraph CapsLock NumLock ScrollLock Fn FnLock Hyper Super Symbol SymbolLock'.split(' '),
)

/** Asks the scopes for one key event. Returns whether somebody took it. Exported for tests; the app installs it once. */
export function handleKey(event: KeyboardEvent, now = event.timeStamp): boolean {
  // A browser that fills in a form says "keydown" without a key.
  if (event.defaultPrevented || typeof event.key !== 'string' || isComposing(event)) return false
  if (MODIFIERS.has(event.key) || (event.key === 'Dead' && !event.altKey)) return false
  return take(event, event.target, now)
}

/** Who is asked, newest first, and whether what its keys are about is still on its way. */
function* asked(pressed: string): Generator<{ scope: KeyScope; waits: boolean }> {
  for (let index = scopes.length - 1; index >= 0; index--) {
    const scope = scopes[index]!
    // Leaving needs nothing that could be missing.
    if (answers(scope)) yield { scope, waits: pressed !== 'Escape' && !scope.ready() }
  }
}

const pressedFor = ({ keys }: KeyBinding): string[] => [keys].flat().flatMap((one) => ownKeys(one) ?? [])

/** Gives one way of reading the key to whoever knows it. 'starts': it may begin a sequence. */
function offer(
  event: KeyboardEvent,
  pressed: string,
  begun: string | null,
  inField: boolean,
): 'taken' | 'starts' | null {
  const sequence = begun === null ? null : `${begun} ${pressed}`
  let starts = false
  for (const { scope, waits } of asked(pressed)) {
    for (const binding of scope.bindings) {
      if (inField && !binding.inFields) continue
      if (!waits && binding.when && !binding.when()) continue
      for (const keys of pressedFor(binding)) {
        if (keys === (sequence ?? pressed)) {
          event.preventDefault()
          if (waits) hold(event, scope)
          else if (!event.repeat || binding.moves) binding.run(event)
          return 'taken'
        }
        if (!sequence && keys.startsWith(`${pressed} `)) starts = true
      }
    }
  }
  return starts ? 'starts' : null
}

/** `now`: when it was pressed. A page that was busy meanwhile must not tear a sequence apart. */
function take(event: KeyboardEvent, target: EventTarget | null, now: number): boolean {
  const inField = isField(target)
  const begun = pending && pending.until > now && !inField ? pending.prefix : null
  pending = null
  const readings = strokes(event)
  for (const pressed of readings) {
    const became = offer(event, pressed, begun, inField)
    if (became === 'taken') return true
    if (became === 'starts') {
      pending = { prefix: pressed, until: now + SEQUENCE_MS }
      event.preventDefault()
      return true
    }
  }
  const pressed = readings[0]
  if (pressed === undefined || begun !== null || inField || !mayWait(pressed, target)) return false
  for (const { scope, waits } of asked(pressed)) {
    if (!waits) continue
    hold(event, scope)
    break
  }
  return false
}

/** A key that nobody knows yet may be one of the view that is loading, unless it is the browser's or the element's own. */
const mayWait = (pressed: string, target: EventTarget | null): boolean =>
  /^(Shift\+)?.$/u.test(pressed) ||
  (/^(Enter|Arrow(Up|Down|Left|Right))$/.test(pressed) &&
    !(target instanceof Element && target.closest('a[href], button, summary')))

/** Keys that began outside a field: what is held must not run on into a field that opened because of it. */
const begunOutside = new Set<string>()

/** Enter on a text of lines and everything that edits may be held; what sends, leaves or removes happens once a press. */
const happensOnce = (event: KeyboardEvent): boolean => {
  const mod = event.ctrlKey || event.metaKey
  if (event.key === 'Enter') return mod || !(event.target instanceof Element && event.target.matches('textarea'))
  return event.key === 'Escape' || (['Delete', 'Backspace'].includes(event.key) && !isField(event.target))
}

/**
 * What no handler of a key needs to know, because it is asked before all of them: keys of an input method are the input
 * method's, and a held key neither presses a button again nor runs on into the next field.
 */
function guard(event: KeyboardEvent) {
  if (typeof event.key !== 'string') return
  if (isComposing(event)) return event.stopImmediatePropagation()
  const place = event.code || event.key
  if (!event.repeat) {
    if (isField(event.target)) begunOutside.delete(place)
    else begunOutside.add(place)
  } else if (happensOnce(event) || (isField(event.target) && begunOutside.has(place))) {
    event.preventDefault()
    event.stopImmediatePropagation()
  }
}

export function installKeys(target: Pick<Window, 'addEventListener' | 'removeEventListener'> = window): () => void {
  const first = (event: Event) => guard(event as KeyboardEvent)
  const down = (event: Event) => void handleKey(event as KeyboardEvent)
  // A sequence counts from when its beginning was let go, as far as the page knows.
  const up = (event: Event) => {
    if (
      pending &&
      typeof (event as KeyboardEvent).key === 'string' &&
      strokes(event as KeyboardEvent).includes(pending.prefix)
    )
      pending.until = performance.now() + SEQUENCE_MS
  }
  target.addEventListener('keydown', first, true)
  target.addEventListener('keydown', down)
  target.addEventListener('keyup', up)
  return () => {
    target.removeEventListener('keydown', first, true)
    target.removeEventListener('keydown', down)
    target.removeEventListener('keyup', up)
  }
}

export interface KeyHelp {
  name: string
  keys: { keys: string[]; label: string }[]
}
/**
 * What the overview shows: every scope that would answer now, newest first, headings merged; also keys that wait for a
 * current row. The keys are the person's own. A binding with an empty label or whose keys are off stays out.
 */
export function describeKeys(): KeyHelp[] {
  const groups = new Map<string, KeyHelp>()
  for (const scope of [...scopes].reverse()) {
    if (!answers(scope)) continue
    const name = toValue(scope.name)
    const group = groups.get(name) ?? { name, keys: [] }
    groups.set(name, group)
    for (const binding of scope.bindings) {
      const label = toValue(binding.label)
      const keys = pressedFor(binding)
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
        keys: [keys].flat().find((one) => ownKeys(one) !== null) ?? '',
        run: () => run(new KeyboardEvent('keydown')),
      })
    }
  }
  return [...entries.values()]
}
