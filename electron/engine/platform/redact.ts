import type { Json, JsonObject } from '#shared/util/json.ts'

const secretName =
  /pass(word|phrase|wd)?$|secret|token|authori[sz]ation|cookie|credential|api[-_]?key|private[-_]?key|session$/i
const bearer = /\b(Bearer|Basic|token)\s+[\w.~+/=-]{8,}/gi
const queryValue = /([?&][^=&\s"]*(?:token|key|secret|password|sig|signature|code|auth)[^=&\s"]*=)[^&\s"]+/gi
const urlUser = /(\w+:\/\/)[^/\s:@]+:[^/\s@]+@/g
const hidden = '[hidden]'

/**
 * Keeps secrets out of the log by three nets: fields whose names say so, shapes that only secrets have, and every
 * value that went through the keychain while this process ran.
 */
export interface Redactor {
  /** From now on this value is hidden wherever it appears. Values under 6 characters would hide ordinary words. */
  learn(secret: string): void
  text(text: string): string
  fields(fields: JsonObject): JsonObject
}

export function createRedactor(): Redactor {
  const known = new Set<string>()
  const text = (value: string): string => {
    let clean = value
    for (const secret of known) if (clean.includes(secret)) clean = clean.replaceAll(secret, hidden)
    return clean.replace(bearer, `$1 ${hidden}`).replace(queryValue, `$1${hidden}`).replace(urlUser, `$1${hidden}@`)
  }
  const scrub = (value: Json, depth: number): Json => {
    if (typeof value === 'string') return text(value)
    if (typeof value !== 'object' || value === null) return value
    if (depth > 8) return '[too deep]'
    if (Array.isArray(value)) return value.map((item) => scrub(item, depth + 1))
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, secretName.test(name) ? hidden : scrub(item, depth + 1)]),
    )
  }
  return {
    learn(secret) {
      if (secret.length < 6) return
      known.add(secret)
      known.add(encodeURIComponent(secret.toWellFormed()))
      known.add(JSON.stringify(secret).slice(1, -1))
    },
    text,
    fields: (fields) => scrub(fields, 0) as JsonObject,
  }
}
