/** Messages between the reader and its thread. */
export interface ReaderStart {
  file: string
  searchFile: string
  stationId: string
  /** One Int32: the number of the question that shall stop. */
  cancel: SharedArrayBuffer
}
export interface ReaderRequest {
  id: number
  name: string
  input: unknown
}
/** `ready`: the thread has begun and looks at what it is asked. */
export type ReaderReply = 'ready' | { id: number; value: unknown } | { id: number; error: ReaderFailure }
export interface ReaderFailure {
  name: string
  message: string
  stack: string | undefined
  kind?: unknown
  code?: unknown
}
