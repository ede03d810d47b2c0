import { said } from '#shared/words/said.ts'
import { newLines, readRecord, stringEnd, valueEnd } from './json.ts'
import type { JsonRecord } from './json.ts'

/** Keys from the document's root to its rows; `*`: every element, or every value. */
export type RowPath = string[]

interface Frame {
  array: boolean
  /** Of the value that is being read; null: a key comes next. */
  key: string | null
}

/** A single row larger than this is not a mention. In characters. */
const MOST_ROW = 8 * 1024 * 1024

/** Cuts the rows out of one JSON document while it arrives, whatever stands around them and however large it is. */
export class PathSplitter {
  private readonly paths: RowPath[]
  private readonly stack: Frame[] = []
  private buffer = ''
  private line = 1
  private closed = false

  constructor(paths: RowPath[]) {
    this.paths = paths
  }

  push(text: string, last: boolean): JsonRecord[] {
    const records: JsonRecord[] = []
    if (this.closed) return records
    this.buffer += text
    let at = 0
    for (;;) {
      const next = this.step(at, last, records)
      if (next === -1) break
      this.line += newLines(this.buffer, at, next)
      at = next
    }
    this.buffer = this.closed ? '' : this.buffer.slice(at)
    const cutShort = last && !this.closed && this.stack.length > 0
    if (cutShort || (!last && this.buffer.length > MOST_ROW)) {
      records.push({
        line: this.line,
        value: null,
        text: '',
        problem: { reason: 'not JSON', detail: said('file.arrayEnds') },
      })
      this.closed = true
    }
    return records
  }

  /** One token further: where the next one begins, or -1 when more text is needed or nothing is left. */
  private step(at: number, last: boolean, records: JsonRecord[]): number {
    const { buffer, stack } = this
    if (this.closed || at >= buffer.length) return -1
    const sign = buffer[at]!
    if (/[\s,:]/.test(sign)) return at + 1
    if (sign === '}' || sign === ']') {
      stack.pop()
      this.valueRead()
      this.closed = stack.length === 0
      return at + 1
    }
    const top = stack.at(-1)
    if (top && !top.array && top.key === null) {
      const end = sign === '"' ? stringEnd(buffer, at) : bareEnd(buffer, at)
      if (end === -1) return -1
      top.key = keyOf(buffer.slice(at, end))
      return end
    }
    if (this.isRow()) {
      const end = valueEnd(buffer, at)
      if (end === -1 || (end === buffer.length && !last)) return -1
      records.push(readRecord(buffer.slice(at, end), this.line))
      this.valueRead()
      return end
    }
    if (sign === '{' || sign === '[') {
      stack.push({ array: sign === '[', key: null })
      return at + 1
    }
    const end = sign === '"' ? stringEnd(buffer, at) : bareEnd(buffer, at)
    if (end === -1 || (end === buffer.length && !last)) return -1
    this.valueRead()
    return end
  }

  private valueRead(): void {
    const top = this.stack.at(-1)
    if (top) top.key = null
  }

  private isRow(): boolean {
    const { stack } = this
    return this.paths.some(
      (path) =>
        path.length === stack.length &&
        path.every((key, i) => (key === '*' ? true : !stack[i]!.array && stack[i]!.key === key)),
    )
  }
}

const keyOf = (text: string): string => {
  try {
    return JSON.parse(text) as string
  } catch {
    return text
  }
}

/** Behind a number or a word. */
function bareEnd(text: string, from: number): number {
  for (let i = from + 1; i < text.length; i++) if (/[\s,:\]}]/.test(text[i]!)) return i
  return text.length
}

/**
 * What can be read of a document of which only the beginning is there: its open brackets are closed behind the last
 * value that is whole. null when that is no JSON.
 */
export function beginningOf(head: string): unknown {
  const open: string[] = []
  let safe = { at: 0, close: '' }
  for (let i = 0; i < head.length; i++) {
    const sign = head[i]
    if (sign === '"') {
      const end = stringEnd(head, i)
      if (end === -1) break
      i = end - 1
    } else if (sign === '{' || sign === '[') {
      open.push(sign === '{' ? '}' : ']')
      safe = { at: i + 1, close: '' }
    } else if (sign === '}' || sign === ']') {
      open.pop()
      safe = { at: i + 1, close: '' }
      if (open.length === 0) break
    } else if (sign === ',') safe = { at: i, close: '' }
    else continue
    if (sign !== '"') safe.close = open.length > 200 ? '' : open.toReversed().join('')
  }
  return readRecord(head.slice(0, safe.at) + safe.close, 1, true).value
}
