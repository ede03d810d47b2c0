import type { Said } from '#shared/model/said.ts'
import { said } from '#shared/words/said.ts'
import { err, ok, type Result } from '#shared/util/result.ts'

/**
 * Fills `{{name}}` in a template. Values are escaped for the place they go to, so that a stranger's post cannot add a field
 * to a ticket or a part to an address. Fails with the name that is not known.
 */
export function fillTemplate(
  template: string,
  values: Readonly<Record<string, string>>,
  escape: (text: string) => string,
): Result<string, Said> {
  let unknown: string | null = null
  const filled = template.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (_whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    if (value === undefined) unknown ??= name
    return escape(value ?? '')
  })
  if (unknown === null) return ok(filled)
  return err(said('channel.templateUnknown', { name: unknown, names: Object.keys(values).join(', ') }))
}

/** For the inside of a JSON string. */
export const jsonText = (text: string): string => JSON.stringify(text).slice(1, -1)
/** For a part of a URL. */
export const urlText = (text: string): string => encodeURIComponent(text.toWellFormed())
