import { finish, HASH_START, step } from './hash.ts'

/**
 * Files of weights: an 8-byte mark, a JSON header, then named arrays, each at a multiple of 8 bytes.
 *
 *   mark "EARSHOT1" · u32 header length · header JSON (UTF-8) · padding · arrays
 *
 * The header's `arrays` gives name, kind, byte offset from the end of the padded header, and length in elements; its `sum` is a hash of
 * the arrays' bytes, by which a file is told whose disk or copy changed a part: weights that are none would be read for weights, and
 * tables without an end for ever. Files from before have no `sum`. Little-endian.
 */
export type WeightArray = Uint8Array | Int8Array | Uint16Array | Uint32Array | Int32Array | Float32Array
const kinds = { Uint8Array, Int8Array, Uint16Array, Uint32Array, Int32Array, Float32Array } as const
type Kind = keyof typeof kinds

const MARK = 'EARSHOT1'
interface Entry {
  name: string
  kind: Kind
  at: number
  length: number
}

const pad = (size: number): number => (size + 7) & ~7

export function writeWeights(header: Record<string, unknown>, arrays: Record<string, WeightArray>): Uint8Array {
  const entries: Entry[] = []
  let size = 0
  for (const [name, array] of Object.entries(arrays)) {
    entries.push({ name, kind: array.constructor.name as Kind, at: size, length: array.length })
    size += pad(array.byteLength)
  }
  const body = new Uint8Array(size)
  for (const entry of entries) {
    const array = arrays[entry.name]!
    body.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), entry.at)
  }
  const json = new TextEncoder().encode(JSON.stringify({ ...header, arrays: entries, sum: sumOf(body) }))
  const start = pad(12 + json.length)
  const file = new Uint8Array(start + size)
  file.set(new TextEncoder().encode(MARK))
  new DataView(file.buffer).setUint32(8, json.length, true)
  file.set(json, 12)
  file.set(body, start)
  return file
}

/** Hash of bytes that begin at a multiple of 4 in their memory and are a multiple of 8 long; some milliseconds for 10 MB. */
function sumOf(body: Uint8Array): number {
  let hash: number = HASH_START
  const words = new Uint32Array(body.buffer, body.byteOffset, body.length >> 2)
  for (let at = 0; at < words.length; at++) hash = step(hash, words[at]!)
  return finish(hash)
}

export interface Weights {
  header: Record<string, unknown>
  /** Throws when the file has no such array or one of another kind. */
  array<K extends Kind>(name: string, kind: K): InstanceType<(typeof kinds)[K]>
}

/** Throws an Error that names `name` when `file` is not a whole file of weights. Arrays share the file's memory where aligned. */
export function readWeights(file: Uint8Array, name: string): Weights {
  const broken = (why: string): Error =>
    new Error(`The model file ${name} cannot be read: ${why}. Install Earshot again or train it anew.`)
  if (file.length < 16 || new TextDecoder().decode(file.subarray(0, 8)) !== MARK)
    throw broken('it is not a file of weights')
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const length = view.getUint32(8, true)
  const start = pad(12 + length)
  if (start > file.length) throw broken('it is cut short')
  const header = headerOf(file.subarray(12, 12 + length))
  if (!header) throw broken('its header is damaged')
  const body = file.subarray(start)
  const aligned = body.byteOffset % 4 === 0 ? body : body.slice()
  if (header.sum !== undefined && (body.length % 8 !== 0 || sumOf(aligned) !== header.sum))
    throw broken('it is cut short, or parts of it were changed')
  return {
    header,
    array(wanted, kind) {
      const entry = header.arrays.find((candidate) => candidate.name === wanted)
      if (!entry || entry.kind !== kind || !isCount(entry.at) || !isCount(entry.length) || entry.at % 8 !== 0)
        throw broken(`it has no ${wanted}`)
      const Kind = kinds[kind]
      const from = start + entry.at
      const bytes = entry.length * Kind.BYTES_PER_ELEMENT
      if (from + bytes > file.length) throw broken('it is cut short')
      const aligned = (file.byteOffset + from) % 8 === 0
      const buffer = aligned ? file.buffer : file.slice(from, from + bytes).buffer
      return new Kind(buffer as ArrayBuffer, aligned ? file.byteOffset + from : 0, entry.length) as InstanceType<
        (typeof kinds)[typeof kind]
      >
    },
  }
}

type Header = Record<string, unknown> & { arrays: Entry[]; sum?: unknown }

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0

/** null: it is none. */
function headerOf(bytes: Uint8Array): Header | null {
  try {
    const header = JSON.parse(new TextDecoder().decode(bytes)) as Header | null
    return Array.isArray(header?.arrays) && header.arrays.every((entry) => typeof entry === 'object') ? header : null
  } catch {
    return null
  }
}
