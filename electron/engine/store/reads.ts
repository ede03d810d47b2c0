declare const reading: unique symbol
declare const writing: unique symbol

/**
 * Leave to call the store's named reads (`queries/`). What is behind it only the store can open: whoever holds it can ask
 * what has a name and nothing else.
 */
export interface Reads {
  readonly [reading]: true
}

/** Leave to call the named writes as well; the engine's own thread has it. */
export interface Writes extends Reads {
  readonly [writing]: true
}
