/** The few globals that Node and browsers share and `shared/` may use; neither `dom` nor `node` types are loaded here. */
declare var crypto: { getRandomValues<T extends Uint8Array>(array: T): T }

interface Blob {
  readonly size: number
  arrayBuffer(): Promise<ArrayBuffer>
  text(): Promise<string>
  stream(): AsyncIterable<Uint8Array>
}
declare var Blob: { prototype: Blob; new (parts?: (string | Uint8Array)[], options?: { type?: string }): Blob }
