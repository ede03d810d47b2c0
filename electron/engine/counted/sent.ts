import { z } from 'zod'
import { said } from '#shared/words/said.ts'
import { parseDate } from '#engine/connectors/text/dates.ts'
import { MOST_VALUE, readLines, type Line, type LineFault } from './lines.ts'

/** In one message. */
const MOST_NUMBERS = 10_000

const One = z
  .object({
    /** ISO 8601, or a time since 1970. Absent: now. */
    at: z.union([z.string(), z.number()]).optional(),
    value: z.number().min(0).max(MOST_VALUE).optional(),
    /** On top of what the minute has: of programs that tell of each thing when it happens. */
    add: z.number().min(0).max(MOST_VALUE).optional(),
  })
  .refine(({ value, add }) => (value === undefined) !== (add === undefined), 'either "value" or "add"')

/** What a program sends: JSON (one number, a list of them, or `{"values": […]}`) or separated values. `why` in English: a program reads it. */
export function readSent(
  type: string,
  text: string,
  { now, zone }: { now: number; zone: string },
): { lines: (Line & { add?: boolean })[]; faults: LineFault[] } | { why: string } {
  if (/^text\/(csv|plain|tab-separated-values)/.test(type))
    return readLines(text, { reading: null, firstLine: 1, zone })
  if (!/^application\/([\w.-]+\+)?json/.test(type)) return { why: 'Send application/json or text/csv.' }
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return { why: 'This is not JSON.' }
  }
  const inner = body !== null && typeof body === 'object' && 'values' in body ? body.values : body
  const all: unknown[] = Array.isArray(inner) ? inner : [inner]
  if (all.length > MOST_NUMBERS) return { why: `At most ${MOST_NUMBERS} numbers in one message.` }
  const lines: (Line & { add?: boolean })[] = []
  const faults: LineFault[] = []
  for (const [index, one] of all.entries()) {
    const line = index + 1
    const parsed = One.safeParse(typeof one === 'number' ? { value: one } : one)
    if (!parsed.success) {
      faults.push({ line, why: said('counted.noNumber') })
      continue
    }
    const { at, value, add } = parsed.data
    const instant = at === undefined ? now : parseDate(at)
    if (instant === null) faults.push({ line, why: said('counted.noTime') })
    else lines.push({ line, at: instant, value: value ?? add!, add: add !== undefined })
  }
  return { lines, faults }
}
