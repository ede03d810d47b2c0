/**
 * Objects as other languages print them, one a line: Python's `{'id': 1, 'ok': None}` and NaN, JavaScript's bare keys and
 * trailing commas, Ruby's `=>` and nil, `ISODate("…")` and `datetime.datetime(2024, 3, 1, 9, 5)`. By hand: JSON5 knows the
 * half of it, and rounds large numbers. Throws a SyntaxError for anything else.
 */
export function parseLoose(text: string): unknown {
  const reader = new LooseReader(text)
  const value = reader.value(0)
  reader.end()
  return value
}

/** Whether it is worth a try: what is simply cut off is not read twice. */
export const looksLoose = (text: string): boolean =>
  /[}\]]\s*$/.test(text) &&
  /\b(NaN|Infinity|None|True|False|nil|undefined)\b|'|=>|\w\(|,\s*[}\]]|[{,]\s*[A-Za-z_$][\w$]*\s*:/.test(text)

const WORDS: Record<string, unknown> = {
  true: true,
  True: true,
  false: false,
  False: false,
}
/** What says that there is no value, here or as a number that JSON does not have. */
const NOTHING = /^(null|None|nil|undefined|NaN|NaT|Infinity)$/
const DEEPEST = 100

class LooseReader {
  private readonly text: string
  private at = 0

  constructor(text: string) {
    this.text = text
  }

  end(): void {
    this.space()
    if (this.at < this.text.length) this.fail()
  }

  value(depth: number): unknown {
    if (depth > DEEPEST) this.fail()
    this.space()
    const sign = this.text[this.at]
    if (sign === '{') return this.object(depth)
    if (sign === '[' || sign === '(') return this.list(depth, sign === '[' ? ']' : ')')
    if (sign === '"' || sign === "'") return this.string()
    const number = this.take(/[+-]?(?:\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+|Infinity|inf)/y)
    if (number !== null) {
      if (/^-?\d{16,}$/.test(number)) return number
      return /inf/i.test(number) ? null : Number(number)
    }
    return this.word(depth)
  }

  private word(depth: number): unknown {
    if (this.take(/[bur]{1,2}(?=['"])/iy) !== null) return this.string()
    const word = this.take(/[A-Za-z_$][\w$.]*/y)
    if (word === null) this.fail()
    if (this.text[this.at] === '(') {
      const given = this.list(depth + 1, ')')
      return word.endsWith('datetime') ? pythonDate(given) : (given[0] ?? null)
    }
    if (NOTHING.test(word)) return null
    if (!Object.hasOwn(WORDS, word)) this.fail()
    return WORDS[word]
  }

  private object(depth: number): Record<string, unknown> {
    const object: Record<string, unknown> = Object.create(null) as Record<string, unknown>
    this.at++
    for (;;) {
      this.space()
      if (this.skip('}')) return { ...object }
      const sign = this.text[this.at]
      const key = sign === '"' || sign === "'" ? this.string() : this.take(/u(?=['"])|:?[\w$-]+/y)
      if (key === null) this.fail()
      const name = key === 'u' && /['"]/.test(this.text[this.at] ?? '') ? this.string() : key
      this.space()
      if (!this.skip(':') && !this.skip('=>')) this.fail()
      object[name.replace(/^:/, '')] = this.value(depth + 1)
      this.space()
      if (!this.skip(',') && this.text[this.at] !== '}') this.fail()
    }
  }

  private list(depth: number, close: string): unknown[] {
    const list: unknown[] = []
    this.at++
    for (;;) {
      this.space()
      if (this.skip(close)) return list
      // `tzinfo=…` of a call.
      this.take(/[A-Za-z_]\w*=(?!>)/y)
      list.push(this.value(depth + 1))
      this.space()
      if (!this.skip(',') && this.text[this.at] !== close) this.fail()
    }
  }

  private string(): string {
    const quote = this.text[this.at]!
    let value = ''
    for (let i = this.at + 1; i < this.text.length; i++) {
      const sign = this.text[i]!
      if (sign === quote) {
        this.at = i + 1
        return value
      }
      if (sign !== '\\') {
        value += sign
        continue
      }
      const escape = ESCAPE.exec(this.text.slice(i, i + 12))
      if (!escape) this.fail()
      value += unescaped(escape)
      i += escape[0].length - 1
    }
    this.fail()
  }

  private take(form: RegExp): string | null {
    form.lastIndex = this.at
    const found = form.exec(this.text)?.[0]
    if (found === undefined) return null
    this.at += found.length
    return found
  }

  private skip(sign: string): boolean {
    if (!this.text.startsWith(sign, this.at)) return false
    this.at += sign.length
    return true
  }

  private space(): void {
    // Also what a person wrote beside it.
    this.take(/(?:\s+|\/\/[^\n]*|\/\*[^]*?\*\/)+/y)
  }

  private fail(): never {
    throw new SyntaxError(`no value at position ${this.at}`)
  }
}

const ESCAPE = /^\\(?:x([0-9a-f]{2})|u\{([0-9a-f]{1,6})\}|u([0-9a-f]{4})|U([0-9a-f]{8})|([\s\S]))/i
const SIGNS: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', 0: '\0', '\n': '' }

function unescaped([, ...found]: RegExpExecArray): string {
  const sign = found[4]
  if (sign !== undefined) return SIGNS[sign] ?? sign
  const code = Number.parseInt(
    found.find((one) => one !== undefined)!,
    16,
  )
  // A surrogate is half a character, and so is written as one.
  return code > 0x10ffff ? '\ufffd' : code > 0xffff ? String.fromCodePoint(code) : String.fromCharCode(code)
}

/** `datetime.datetime(2024, 3, 1, 9, 5)` as it is written elsewhere. */
function pythonDate(given: unknown[]): string {
  const [year, month = 1, day = 1, hour = 0, minute = 0, second = 0] = given.filter((one) => typeof one === 'number')
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}`
}
