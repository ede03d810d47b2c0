/**
 * JSON with sorted keys and nothing optional: equal values give equal text on every machine, which is what a hash
 * needs. Undefined members are left out, as JSON.stringify does.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  let text = ''
  if (Array.isArray(value)) {
    for (const item of value) text += text === '' ? canonicalJson(item) : `,${canonicalJson(item)}`
    return `[${text}]`
  }
  for (const key of Object.keys(value).sort()) {
    const member = (value as Record<string, unknown>)[key]
    if (member === undefined) continue
    text += `${text === '' ? '' : ','}${plain.test(key) ? `"${key}"` : JSON.stringify(key)}:${canonicalJson(member)}`
  }
  return `{${text}}`
}

/** Needs no escaping. */
const plain = /^\w+$/
