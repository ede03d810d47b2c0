/** One key press: one or many journal entries that `u` takes back together. */
export interface Deed {
  /** Journal entries, in the order in which they were made. */
  entries: number[]
  /** What was done, in words, for "Undone: …". */
  label: string
  /** The case that was on screen, to come back to. */
  caseId: string | null
}

/** The last `limit` deeds of this officer on this screen, newest last. A value: every change gives a new stack. */
export interface UndoStack {
  deeds: readonly Deed[]
}

export const emptyStack: UndoStack = { deeds: [] }
const LIMIT = 200

export function pushDeed(stack: UndoStack, deed: Deed): UndoStack {
  return deed.entries.length === 0 ? stack : { deeds: [...stack.deeds, deed].slice(-LIMIT) }
}

/** The newest deed and the stack without it. */
export function popDeed(stack: UndoStack): { deed: Deed | null; rest: UndoStack } {
  const deed = stack.deeds.at(-1) ?? null
  return { deed, rest: deed ? { deeds: stack.deeds.slice(0, -1) } : stack }
}
