import { shallowReactive } from 'vue'

/** The keys of whoever sits here (WCAG 2.2, 2.1.4: keys of one character can be switched off and moved). */
export interface OwnKeys {
  /** Keys of a single character do something. False: only those with Ctrl, ⌘, Alt, and the named ones. */
  single: boolean
  /** By the key that Earshot comes with, the one that is pressed instead: `e` → `Alt+e`. */
  moved: Readonly<Record<string, string>>
}

const now = shallowReactive<OwnKeys>({ single: true, moved: {} })

export const setOwnKeys = (keys: OwnKeys): void => void Object.assign(now, keys)

/** Letters as they are compared: small, with Shift named. */
export const normalKeys = (keys: string): string =>
  keys
    .split(' ')
    .map((one) => one.replace(/(^|\+)([A-Z])$/, (_all, plus: string, letter: string) => plus + letter.toLowerCase()))
    .join(' ')

/** A letter, digit or sign, also with Shift: what somebody who dictates or whose hand trembles presses by mistake. */
export const isSingle = (stroke: string): boolean => [...stroke.replace(/^Shift\+(?=.)/, '')].length === 1

/** What is pressed here for a binding; null: nothing, because it was switched off. In a sequence its beginning decides. */
export function ownKeys(keys: string): string | null {
  const own = normalKeys(keys)
    .split(' ')
    .map((one) => now.moved[one] ?? one)
  return !now.single && isSingle(own[0]!) ? null : own.join(' ')
}
