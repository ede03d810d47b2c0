import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** What may go on without an end; nobody can call off a run that is in native code, and not even end the process. */
const endless: ReadonlySet<string> = new Set(['Loop', 'Scan'])

/** Messages of onnx.proto that hold nodes, and by which of their fields: everything else, the weights above all, is passed over. */
const inside = {
  model: { 7: 'graph', 25: 'function' },
  graph: { 1: 'node' },
  function: { 7: 'node' },
  node: { 5: 'attribute' },
  attribute: { 6: 'graph', 11: 'graph' },
} as const
type Message = keyof typeof inside

const OP_TYPE = 4
const LONGEST_NAME = 100
const DEEPEST = 60
const WINDOW = 1 << 16

/** Whether a model has operators that repeat others for as long as it says. False where the file is no model: opening it tells. */
export function hasLoops(path: string): boolean {
  const file = openSync(path, 'r')
  try {
    const at = bytesOf(file)
    return walk(at, 'model', 0, fstatSync(file).size, 0)
  } catch {
    return false
  } finally {
    closeSync(file)
  }
}

type ByteAt = (place: number) => number

/** Reads on demand: the weights of a model are gigabytes, what names its operators is little. */
function bytesOf(file: number): ByteAt {
  const window = new Uint8Array(WINDOW)
  let from = 0
  let length = 0
  return (place) => {
    if (place < from || place >= from + length) {
      from = place
      length = readSync(file, window, 0, WINDOW, place)
      if (length === 0) throw new RangeError('The file ends before its parts do.')
    }
    return window[place - from]!
  }
}

function walk(at: ByteAt, message: Message, start: number, end: number, depth: number): boolean {
  if (depth > DEEPEST) return true
  let place = start
  const varint = (): number => {
    let value = 0
    for (let factor = 1; factor < 2 ** 56; factor *= 128) {
      const byte = at(place++)
      value += (byte & 127) * factor
      if (byte < 128) return value
    }
    throw new RangeError('A number is too long.')
  }
  while (place < end) {
    const tag = varint()
    const field = Math.floor(tag / 8)
    const wire = tag % 8
    if (wire === 0) varint()
    else if (wire === 1) place += 8
    else if (wire === 5) place += 4
    else if (wire === 2) {
      const length = varint()
      const inner = (inside[message] as Record<number, Message | undefined>)[field]
      if (message === 'node' && field === OP_TYPE && endless.has(textAt(at, place, length))) return true
      if (inner && walk(at, inner, place, place + length, depth + 1)) return true
      place += length
    } else throw new RangeError('It is no protocol buffer.')
  }
  return false
}

const textAt = (at: ByteAt, place: number, length: number): string =>
  length > LONGEST_NAME ? '' : String.fromCharCode(...Array.from({ length }, (_, nth) => at(place + nth)))
