import type { ConnectorInfo } from '#shared/contract/sources.ts'

type Field = ConnectorInfo['fields'][number]
/** What the inputs of the form hold: text everywhere, but for switches. */
export type FormValues = Record<string, string | boolean>

/** The values a form starts with: what is kept, else what the connector proposes, else nothing. */
export function formValues(fields: readonly Field[], config: Record<string, unknown>): FormValues {
  return Object.fromEntries(fields.map((field) => [field.key, toInput(field, config[field.key] ?? field.initial)]))
}
function toInput(field: Field, value: unknown): string | boolean {
  if (field.kind === 'boolean') return value === true
  if (Array.isArray(value)) return value.join('\n')
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : String(value)
}

/**
 * What is sent: lists are one entry a line (commas do as well), numbers are numbers; an empty optional field is left out,
 * so that the connector's own default holds. Keys the form does not know stay as they were.
 */
export function toConfig(
  fields: readonly Field[],
  values: FormValues,
  before: Record<string, unknown>,
): Record<string, unknown> {
  const config = { ...before }
  for (const field of fields) {
    const value = values[field.key]
    delete config[field.key]
    if (field.kind === 'boolean') config[field.key] = value === true
    else if (field.kind === 'list') {
      const entries = String(value ?? '')
        .split(/[\n,]/)
        .map((entry) => entry.trim())
        .filter(Boolean)
      if (entries.length || field.required) config[field.key] = entries
    } else if (String(value ?? '').trim() !== '') {
      const text = String(value).trim()
      config[field.key] = field.kind === 'number' && Number.isFinite(Number(text)) ? Number(text) : text
    }
  }
  return config
}

/** Keys of required fields that are still empty. */
export const missingFields = (fields: readonly Field[], values: FormValues): string[] =>
  fields
    .filter((field) => field.required && field.kind !== 'boolean' && String(values[field.key] ?? '').trim() === '')
    .map((field) => field.key)
