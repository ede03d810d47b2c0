/** Lets everything else that waits have its turn first. */
export const giveWay = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
