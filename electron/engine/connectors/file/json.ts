import type { Said } from '#shared/model/said.ts'
import { asWritten, said } from '#shared/words/said.ts'
/** One value of a JSON file, or the reason why it could not be read. */
export interface JsonRecord {
  /** Line on which it begins, from 1. */
  line: number
  value: unknown
  /** The text as it stood in the file. */
  text: string
  problem: { reason: string; detail: Said } | null
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

  constructor(array: boolean) {
    this.array = array
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
      const text = this.buffer.slice(at, end).trim()
      if (text !== '') {
        const record = read(text, this.line)
        if (record.problem === null) this.oneALine = true
        if (record.problem !== null && !this.oneALine && isOpenObject(text)) {
          // An object spread over lines: take it by its braces.
          const begin = at + this.buffer.slice(at, end).indexOf(text)
          const whole = balancedEnd(this.buffer, begin, begin + MOST_SPREAD)
          if (whole === -1 && !last && this.buffer.length - at < MOST_SPREAD) break
          if (whole !== -1) {
            const object = this.buffer.slice(at, whole).trim()
            const parsed = read(object, this.line)
            if (parsed.problem === null) {
              records.push(parsed)
              this.line += newLines(this.buffer, at, whole)
              at = whole
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
      const problem = { reason: 'line too long', detail: said('file.longerThan', { n: MOST_VALUE / 1024 / 1024 }) }
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
        const problem = { reason: 'not JSON', detail: said('file.arrayEnds') }
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
      records.push(read(buffer.slice(at, end).trim(), this.line))
      this.line += newLines(buffer, at, end)
      at = end
    }
    this.buffer = buffer.slice(at)
    return records
  }
}

function read(text: string, line: number): JsonRecord {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { line, value, text, problem: null }
    return { line, value: null, text, problem: { reason: 'not an object', detail: asWritten(text.slice(0, 80)) } }
  } catch (error) {
    return {
      line,
      value: null,
      text,
      problem: { reason: 'not JSON', detail: asWritten((error as Error).message.slice(0, 160)) },
    }
  }
}

const isOpenObject = (text: string): boolean => text.startsWith('{') && !text.endsWith('}')

/** End of the value that begins at `from` inside an array: behind its bracket or string, or at the next comma or bracket. */
function valueEnd(text: string, from: number): number {
  const first = text[from]
  if (first === '{' || first === '[') return balancedEnd(text, from)
  if (first === '"') return stringEnd(text, from)
  for (let i = from; i < text.length; i++) if (text[i] === ',' || text[i] === ']' || text[i] === '}') return i
  return text.length
}

function stringEnd(text: string, from: number): number {
  for (let i = from + 1; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === '"') return i + 1
  }
  return -1
}

/** Behind the bracket that closes the one at `from`; -1 when it is not closed. */
function balancedEnd(text: string, from: number, until = text.length): number {
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

function newLines(text: string, from: number, to: number): number {
  let lines = 0
  for (let i = text.indexOf('\n', from); i !== -1 && i < to; i = text.indexOf('\n', i + 1)) lines++
  return lines
}

/** The columns of an object: dotted paths to values that are no objects, two levels deep. */
export function columnsOf(value: object, prefix = '', depth = 0): string[] {
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner) && depth < 2
      ? columnsOf(inner, `${prefix}${key}.`, depth + 1)
      : [`${prefix}${key}`],
  )
}

/** The value at a dotted path as text: '' for absent and null, lists by commas. */
export function cellOf(value: unknown, path: string): string {
  let inner: unknown = value
  if (typeof inner === 'object' && inner !== null && path in inner) inner = (inner as Record<string, unknown>)[path]
  else {
    for (const key of path.split('.')) {
      if (typeof inner !== 'object' || inner === null) return ''
      inner = (inner as Record<string, unknown>)[key]
    }
  }
  if (inner === undefined || inner === null) return ''
  if (typeof inner === 'string') return inner
  if (Array.isArray(inner)) return inner.filter((one) => typeof one !== 'object').join(',')
  return typeof inner === 'object' ? '' : String(inner)
}
