/** More alternatives than this are not written out. */
const MOST = 24

/**
 * What a regular expression of Lucene (anchored, as all of its) stands for, in words and our wildcards; null where it asks for
 * more than these can say. Reads letters, `.`, `?`, `*` and `+` behind `.`, `[abc]`, `(a|b)` and `|`.
 */
export function wordsOfRegex(source: string): string[] | null {
  const reader = { source, at: 0 }
  const found = alternatives(reader)
  if (found === null || reader.at < source.length) return null
  const words = [...new Set(found.map((one) => one.replace(/\*+/g, '*')))]
  return words.length > 0 && words.every((one) => /[\p{L}\p{N}]/u.test(one)) ? words : null
}

interface Reader {
  source: string
  at: number
}

function alternatives(reader: Reader): string[] | null {
  const all: string[] = []
  for (;;) {
    const row = sequence(reader)
    if (row === null || all.length + row.length > MOST) return null
    all.push(...row)
    if (reader.source[reader.at] !== '|') return all
    reader.at++
  }
}

function sequence(reader: Reader): string[] | null {
  let rows = ['']
  while (reader.at < reader.source.length && !'|)'.includes(reader.source[reader.at] as string)) {
    const item = repeated(reader)
    if (item === null || rows.length * item.length > MOST) return null
    rows = rows.flatMap((row) => item.map((one) => row + one))
  }
  return rows
}

/** One atom with what may follow it. */
function repeated(reader: Reader): string[] | null {
  const atom = one(reader)
  if (atom === null) return null
  const sign = reader.source[reader.at]
  if (sign === '?') {
    reader.at++
    return ['', ...atom]
  }
  if (sign === '*' || sign === '+') {
    if (atom.length !== 1 || atom[0] !== '?') return null
    reader.at++
    return [sign === '*' ? '*' : '?*']
  }
  return sign === '{' ? null : atom
}

function one(reader: Reader): string[] | null {
  const sign = reader.source[reader.at++] as string
  if (sign === '.') return ['?']
  if (sign === '(') {
    const inner = alternatives(reader)
    return inner !== null && reader.source[reader.at++] === ')' ? inner : null
  }
  if (sign === '[') {
    const end = reader.source.indexOf(']', reader.at)
    const letters = reader.source.slice(reader.at, end)
    reader.at = end + 1
    if (/^(?:a-z|A-Z|a-zA-Z|a-z0-9)$/.test(letters)) return ['?']
    return end > 0 && /^[\p{L}\p{N}]+$/u.test(letters) ? [...letters] : null
  }
  if (sign === '\\') {
    const next = reader.source[reader.at++] ?? ''
    return /[\p{L}\p{N}]/u.test(next) || next === '' ? null : [next]
  }
  return /[\p{L}\p{N}'’ -]/u.test(sign) ? [sign] : null
}
