import { cut } from '#shared/util/text-length.ts'
import type { DropReason } from '#shared/words/dropped.ts'
import type { Said } from '#shared/model/said.ts'
import { asWritten, said } from '#shared/words/said.ts'
import { looksLoose, parseLoose } from './loose-json.ts'

/** One value of a JSON file, or the reason why it could not be read. */
export interface JsonRecord {
  /** Line on which it begins, from 1. */
  line: number
  value: unknown
  /** The text as it stood in the file. */
  text: string
  problem: { reason: DropReason; detail: Said } | null
}

/** A single value larger than this is not a mention. In characters. */
const MOST_VALUE = 8 * 1024 * 1024
/** An object that spreads over lines ends within so many characters, or its first line was simply no JSON. */
const MOST_SPREAD = 256 * 1024

/**
 * Cuts a JSON array, or values one after the other (NDJSON, one object a line or spread over lines), into single values
 * while the text arrives. A line that is no JSON costs that line; inside an array, that element.
 */
export class JsonSplitter {
  private readonly array: boolean
  private buffer = ''
  private line = 1
  private opened = false
  private closed = false
  /** An object stood on one line: a bad line is then a bad line, and no search for its end is due. */
  private oneALine = false
  /** In the middle of a line that was too long. */
  private skipping = false

  /** A stream of events: an object stands behind `data:`, and lines without that are about the stream. */
  private readonly events: boolean

  constructor(array: boolean, events = false) {
    this.array = array
    this.events = events
  }

  push(text: string, last: boolean): JsonRecord[] {
    this.buffer += text
    return this.array ? this.elements(last) : this.lines(last)
  }

  private lines(last: boolean): JsonRecord[] {
    const records: JsonRecord[] = []
    let at = 0
    if (this.skipping) {
      const end = this.buffer.indexOf('\n')
      if (end === -1) {
        this.buffer = ''
        return records
      }
      this.skipping = false
      this.line++
      at = end + 1
    }
    for (;;) {
      const feed = this.buffer.indexOf('\n', at)
      const end = feed === -1 ? (last ? this.buffer.length : -1) : feed
      if (end === -1 || at >= this.buffer.length) break
      const whole = this.buffer.slice(at, end).trim()
      const text = this.events ? dataOf(whole) : whole
      if (text !== '') {
        const record = readRecord(text, this.line)
        if (record.problem === null) this.oneALine = true
        if (record.problem !== null && !this.oneALine && isOpenObject(text)) {
          // An object spread over lines: take it by its braces.
          const begin = at + this.buffer.slice(at, end).indexOf(text)
          const close = balancedEnd(this.buffer, begin, begin + MOST_SPREAD)
          if (close === -1 && !last && this.buffer.length - at < MOST_SPREAD) break
          if (close !== -1) {
            const object = this.buffer.slice(at, close).trim()
            const parsed = readRecord(object, this.line)
            if (parsed.problem === null) {
              records.push(parsed)
              this.line += newLines(this.buffer, at, close)
              at = close
              continue
            }
          }
        }
        records.push(record)
      }
      this.line++
      at = end + 1
      if (feed === -1) break
    }
    this.buffer = this.buffer.slice(at)
    if (!last && this.buffer.length > MOST_VALUE) {
      const problem = {
        reason: 'line too long' as const,
        detail: said('file.longerThan', { n: MOST_VALUE / 1024 / 1024 }),
      }
      records.push({ line: this.line, value: null, text: '', problem })
      this.buffer = ''
      this.skipping = true
    }
    return records
  }

  private elements(last: boolean): JsonRecord[] {
    const records: JsonRecord[] = []
    let at = 0
    const { buffer } = this
    const skip = (pattern: RegExp): void => {
      pattern.lastIndex = at
      const found = pattern.exec(buffer)
      if (!found || found.index !== at) return
      this.line += newLines(buffer, at, at + found[0].length)
      at += found[0].length
    }
    while (!this.closed) {
      skip(this.opened ? /[\s,]+/y : /\s*\[/y)
      if (!this.opened) {
        if (at === 0) break
        this.opened = true
        continue
      }
      if (at >= buffer.length) break
      if (buffer[at] === ']') {
        this.closed = true
        at = buffer.length
        break
      }
      const end = valueEnd(buffer, at)
      if (end === -1) {
        if (!last && buffer.length - at < MOST_VALUE) break
        const problem = { reason: 'not JSON' as const, detail: said('file.arrayEnds') }
        records.push({ line: this.line, value: null, text: '', problem })
        at = buffer.length
        break
      }
      if (end === buffer.length && !last) break
      if (end === at) {
        // A stray bracket: step over it, or the loop would never end.
        at++
        continue
      }
      records.push(readRecord(buffer.slice(at, end), this.line))
      this.line += newLines(buffer, at, end)
      at = end
    }
    this.buffer = buffer.slice(at)
    return records
  }
}

/** The object of a line `data: {…}` (HTML, server-sent events). */
const dataOf = (line: string): string => /^data:\s*([{[].*)$/s.exec(line)?.[1] ?? ''

/** `anything`: also what is no object. */
export function readRecord(text: string, line: number, anything = false): JsonRecord {
  // RFC 7464 begins each text with a sign of its own; and some end each line as if it stood in a list.
  const trimmed = text
    .trim()
    // eslint-disable-next-line no-control-regex
    .replace(/^\u001e/, '')
    .replace(/(?<=[}\]]),$/, '')
  try {
    const value = unextended(parseJson(trimmed), trimmed)
    if (anything || (typeof value === 'object' && value !== null && !Array.isArray(value)))
      return { line, value, text: trimmed, problem: null }
    const detail = asWritten(cut(trimmed, 80))
    return { line, value: null, text: trimmed, problem: { reason: 'not an object', detail } }
  } catch (error) {
    const detail = asWritten(cut((error as Error).message, 160))
    return { line, value: null, text: trimmed, problem: { reason: 'not JSON', detail } }
  }
}

/** MongoDB's extended JSON (v2): `{"$date": …}`, `{"$oid": …}`, `{"$numberLong": …}` are what they hold. */
const unextended = (value: unknown, text: string): unknown => (text.includes('"$') ? held(value, 0) : value)

function held(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || depth > 100) return value
  if (Array.isArray(value)) return value.map((one) => held(one, depth + 1))
  const entries = Object.entries(value)
  const [only] = entries
  if (entries.length === 1 && /^\$(?:date|oid|uuid|number\w+)$/.test(only![0])) return held(only![1], depth + 1)
  return Object.fromEntries(entries.map(([key, one]) => [key, held(one, depth + 1)]))
}

/** Numbers beyond 2⁵³ stay as they are written: an id with other last digits is another id. */
function parseJson(text: string): unknown {
  try {
    return /[\d]{16}/.test(text) ? JSON.parse(text, exactly as never) : JSON.parse(text)
  } catch (error) {
    if (!looksLoose(text)) throw error
    try {
      return parseLoose(text)
    } catch {
      throw error
    }
  }
}

const exactly = (_: string, value: unknown, { source }: { source?: string }): unknown =>
  typeof value === 'number' && !Number.isSafeInteger(value) && source !== undefined && /^-?\d+$/.test(source)
    ? source
    : value

const isOpenObject = (text: string): boolean => text.startsWith('{') && !text.endsWith('}')

/** End of the value that begins at `from` inside an array: behind its bracket or string, or at the next comma or bracket. */
export function valueEnd(text: string, from: number): number {
  const first = text[from]
  if (first === '{' || first === '[') return balancedEnd(text, from)
  if (first === '"') return stringEnd(text, from)
  for (let i = from; i < text.length; i++) if (text[i] === ',' || text[i] === ']' || text[i] === '}') return i
  return text.length
}

export function stringEnd(text: string, from: number): number {
  for (let i = from + 1; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === '"') return i + 1
  }
  return -1
}

/** Behind the bracket that closes the one at `from`; -1 when it is not closed. */
export function balancedEnd(text: string, from: number, until = text.length): number {
  let depth = 0
  for (let i = from; i < Math.min(text.length, until); i++) {
    const code = text.charCodeAt(i)
    if (code === 0x22) {
      const end = stringEnd(text, i)
      if (end === -1) return -1
      i = end - 1
    } else if (code === 0x7b || code === 0x5b) depth++
    else if (code === 0x7d || code === 0x5d) {
      depth--
      if (depth === 0) return i + 1
    }
  }
  return -1
}

export function newLines(text: string, from: number, to: number): number {
  let lines = 0
  for (let i = text.indexOf('\n', from); i !== -1 && i < to; i = text.indexOf('\n', i + 1)) lines++
  return lines
}
