/** The beginning of a stream of bytes, and all of it from the beginning. `close`: nobody wants the rest. */
export async function headed(
  source: AsyncIterable<Uint8Array>,
  least: number,
): Promise<{ head: Buffer; all: AsyncGenerator<Uint8Array>; close(): Promise<void> }> {
  const iterator = source[Symbol.asyncIterator]()
  const first: Uint8Array[] = []
  let have = 0
  let failure: { error: unknown } | null = null
  let ended = false
  while (have < least && !ended && !failure) {
    try {
      const next = await iterator.next()
      ended = next.done === true
      if (next.done) break
      first.push(next.value)
      have += next.value.byteLength
    } catch (error) {
      // What came before it stands: whoever reads on meets it.
      failure = { error }
    }
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      yield* first.splice(0)
      if (failure) throw failure.error
      for (let next = ended ? null : await iterator.next(); next && !next.done; next = await iterator.next())
        yield next.value
    } finally {
      await iterator.return?.()
    }
  }
  // A generator that nobody has begun does not end what it would have read: its file would stay open.
  const close = async (): Promise<void> => void (await iterator.return?.())
  return { head: Buffer.concat(first), all: all(), close }
}
