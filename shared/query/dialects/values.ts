/** What a field of another tool was asked with. */
export type Value =
  | { kind: 'text'; text: string; quoted: boolean }
  | { kind: 'compare'; sign: '>' | '>=' | '<' | '<='; text: string }
  /** null: open (`*`). */
  | { kind: 'range'; from: string | null; to: string | null; fromIncluded: boolean; toIncluded: boolean }

/** `>100`, `[5 TO 9}`, `100..200`, or a text. */
export function valueOf(written: string, quoted: boolean): Value {
  const text = written.trim()
  const compare = /^(>=|<=|>|<|=>|=<|≥|≤)\s*(.+)$/.exec(text)
  if (compare) {
    const sign = ({ '=>': '>=', '=<': '<=', '≥': '>=', '≤': '<=' } as const)[compare[1] as '=>'] ?? compare[1]!
    return { kind: 'compare', sign: sign as '>', text: compare[2]! }
  }
  const range = /^([[{])\s*(\S+)\s+TO\s+([^\s\]}]+)\s*([\]}])$/i.exec(text)
  const open = (end: string): string | null => (end === '*' ? null : end.replace(/^"|"$/g, ''))
  if (range)
    return {
      kind: 'range',
      from: open(range[2]!),
      to: open(range[3]!),
      fromIncluded: range[1] === '[',
      toIncluded: range[4] === ']',
    }
  const dots = /^([\d.,]+[km]?)\.\.([\d.,]+[km]?)$/i.exec(text)
  if (dots) return { kind: 'range', from: dots[1]!, to: dots[2]!, fromIncluded: true, toIncluded: true }
  return { kind: 'text', text: text.replace(/^=/, ''), quoted }
}

/** A number as tools write it: `1000`, `1,000`, `10k`; null: not a number. */
export function numberOf(text: string): number | null {
  const found = /^(\d+(?:[.,]\d{3})*|\d+\.\d+)([km])?$/i.exec(text.trim())
  if (!found) return null
  const plain = /[.,]\d{3}\b/.test(found[1]!) && !found[2] ? found[1]!.replace(/[.,]/g, '') : found[1]!
  return Math.round(Number(plain) * (found[2] === undefined ? 1 : found[2].toLowerCase() === 'k' ? 1_000 : 1_000_000))
}

/** Both ends of whole numbers, included; null: open. Null altogether: not about numbers. */
export function spanOf(value: Value): { from: number | null; to: number | null } | null {
  if (value.kind === 'text') {
    const one = numberOf(value.text)
    return one === null ? null : { from: one, to: one }
  }
  if (value.kind === 'compare') {
    const one = numberOf(value.text)
    if (one === null) return null
    if (value.sign.startsWith('>')) return { from: value.sign === '>' ? one + 1 : one, to: null }
    return { from: null, to: value.sign === '<' ? one - 1 : one }
  }
  const from = value.from === null ? null : numberOf(value.from)
  const to = value.to === null ? null : numberOf(value.to)
  if ((from === null && value.from !== null) || (to === null && value.to !== null)) return null
  return {
    from: from === null ? null : value.fromIncluded ? from : from + 1,
    to: to === null ? null : value.toIncluded ? to : to - 1,
  }
}
