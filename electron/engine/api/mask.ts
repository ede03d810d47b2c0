import { getEventIteratorSchemaDetails } from '@orpc/contract'
import { z } from 'zod'
import { asWritten } from '#shared/words/said.ts'
import type { Covered } from '#shared/model/rights.ts'
import { mapped } from '#engine/platform/streams.ts'

/** What is covered on walls at the moment. */
export interface Cover {
  /** Authors' names too (a setting), not only what was written to the company alone. */
  names: boolean
  /** For answers that name a mention by its id only. */
  isPrivate(mentionId: string): boolean
}

/** `isPrivate`: of what it stands in; undefined: nothing around it says so. */
type Mask = (value: never, isPrivate: boolean | undefined, cover: Cover) => unknown
type Fields = Record<string, unknown>

const masks = new WeakMap<z.core.$ZodType, Mask | null>()

/**
 * An output as a wall may have it: what its schema covers comes empty, also in each item of a stream. Done here and not on
 * the page: what a page does not get, nobody can read there. Untouched parts are shared with the original.
 */
export function masked(schema: z.core.$ZodType, output: unknown, cover: Cover): unknown {
  const { yields } = getEventIteratorSchemaDetails(schema as never) ?? {}
  const mask = maskOf((yields as z.core.$ZodType | undefined) ?? schema)
  if (mask === null) return output
  const apply = (value: unknown): unknown => mask(value as never, undefined, cover)
  return yields ? mapped(output as AsyncIteratorObject<unknown, undefined, void>, apply) : apply(output)
}

/** null: nothing in it is ever covered. Throws for a schema that does not say what is in it. */
export function maskOf(schema: z.core.$ZodType): Mask | null {
  let mask = masks.get(schema)
  if (mask === undefined) masks.set(schema, (mask = makeMask(schema)))
  return mask
}

function makeMask(schema: z.core.$ZodType): Mask | null {
  const { wall } = z.globalRegistry.get(schema) ?? {}
  if (wall !== undefined) return covering(wall, emptyOf(schema))
  const { def } = (schema as z.core.$ZodTypes)._zod
  switch (def.type) {
    case 'object':
      return maskOfObject(schema, def.shape)
    case 'array':
      return each(maskOf(def.element), (items: unknown[], item) => items.map(item))
    case 'record':
      return each(maskOf(def.valueType), (record: Fields, item) =>
        Object.fromEntries(Object.entries(record).map(([key, value]) => [key, item(value)])),
      )
    case 'nullable':
    case 'optional':
    case 'default':
      return each(maskOf(def.innerType), (value: unknown, item) => (value == null ? value : item(value)))
    case 'string':
    case 'number':
    case 'boolean':
    case 'literal':
    case 'enum':
    // Only what is said holds itself: a sentence in a sentence.
    case 'lazy':
      return null
    case 'union':
    case 'tuple':
      if ((def.type === 'union' ? def.options : def.items).every((part) => maskOf(part) === null)) return null
      break
  }
  throw new Error(`A wall is not given a value of the kind ${def.type}: nobody knows what is in it`)
}

const each = <Value>(
  mask: Mask | null,
  apply: (value: Value, item: (value: unknown) => unknown) => unknown,
): Mask | null =>
  mask && ((value: Value, isPrivate, cover) => apply(value, (item) => mask(item as never, isPrivate, cover)))

function maskOfObject(schema: z.core.$ZodType, shape: Readonly<Record<string, z.core.$ZodType>>): Mask | null {
  const fields = Object.entries(shape).flatMap(([name, field]) => {
    const mask = maskOf(field)
    return mask ? [{ name, mask, shownWith: z.globalRegistry.get(field)?.shownWith }] : []
  })
  if (fields.length === 0) return null
  const says = saysPrivate(z.globalRegistry.get(schema)?.privateBy)
  return (value: Fields, around, cover) => {
    const isPrivate = around ?? says?.(value, cover)
    const copy = { ...value }
    for (const { name, mask, shownWith } of fields) {
      const isShown = shownWith !== undefined && value[shownWith] != null
      if (name in value && !isShown) copy[name] = mask(value[name] as never, isPrivate, cover)
    }
    return copy
  }
}

function saysPrivate(path: string | undefined): ((value: Fields, cover: Cover) => boolean) | undefined {
  if (path === undefined) return undefined
  const names = path.split('.')
  const found = (value: Fields): unknown => names.reduce<unknown>((part, name) => (part as Fields)[name], value)
  if (names.at(-1) !== 'mentionId') return (value) => found(value) === true
  return (value, cover) => {
    const id = found(value)
    return typeof id === 'string' && cover.isPrivate(id)
  }
}

/** First letter and dots: enough to see that two cards are by two people. */
const initialOf = (name: string): string => `${[...name.replace(/^[@\s]+/, '')][0] ?? ''}•••`

function covering(how: Covered, empty: unknown): Mask {
  return (value: unknown, isPrivate, { names }) => {
    const isCovered = how === 'hidden' || isPrivate === true || (names && how !== 'private')
    if (!isCovered || value == null) return value
    return how === 'initial' ? initialOf(value as string) : empty
  }
}

/** What stands in place of a value that is covered: nothing, as the page can read it. */
function emptyOf(schema: z.core.$ZodType): unknown {
  const { def } = (schema as z.core.$ZodTypes)._zod
  switch (def.type) {
    case 'nullable':
      return null
    case 'optional':
      return undefined
    case 'default':
      return emptyOf(def.innerType)
    case 'string':
      return ''
    case 'array':
      return []
    case 'record':
      return {}
    default:
      if (def.type === 'object' && 'code' in def.shape && 'values' in def.shape) return asWritten('')
      throw new Error(`No value of the kind ${def.type} says nothing`)
  }
}
