/** Lets `most` pieces of work go on at once; others wait in their order, and beyond `waiting` none does. */
export interface Turns {
  /** `full` makes what is thrown when too many wait already. */
  take<T>(work: () => Promise<T>, full: () => Error): Promise<T>
}

export function createTurns(most: number, waiting: number): Turns {
  const queue: (() => void)[] = []
  let going = 0
  return {
    async take(work, full) {
      if (going >= most) {
        if (queue.length >= waiting) throw full()
        // Whoever ends hands its place on.
        await new Promise<void>((resolve) => queue.push(resolve))
      } else going++
      try {
        return await work()
      } finally {
        const next = queue.shift()
        if (next) next()
        else going--
      }
    },
  }
}
