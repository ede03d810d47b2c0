/** Something that others hear of, each as often as it is told. */
export interface Signal<Said extends unknown[] = []> {
  /** Returns how to stop listening. */
  on(listener: (...said: Said) => void): () => void
  /** To every listener, in the order in which they came. */
  tell(...said: Said): void
}

/** `onFailure`: gets what a listener throws, and the others hear all the same. Without it, it is the teller's. */
export function createSignal<Said extends unknown[] = []>(onFailure?: (error: unknown) => void): Signal<Said> {
  const listeners = new Set<(...said: Said) => void>()
  return {
    on(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    tell(...said) {
      for (const listener of listeners) {
        try {
          listener(...said)
        } catch (error) {
          if (!onFailure) throw error
          onFailure(error)
        }
      }
    },
  }
}
