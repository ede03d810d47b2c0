import { createHash } from 'node:crypto'
import { getEventIteratorSchemaDetails } from '@orpc/contract'
import { z } from 'zod'

interface ContractProcedure {
  '~orpc': {
    meta: { write?: boolean; wall?: string }
    inputSchema?: unknown
    outputSchema?: unknown
    errorMap: Record<string, { status?: number; data?: unknown }>
  }
}

export interface Procedure {
  /** `mentions.page` */
  path: string
  write: boolean
  meta: { write?: boolean; wall?: string }
  stream: boolean
  input: z.ZodType | undefined
  output: z.ZodType | undefined
  errors: Record<string, { status?: number; data?: unknown }>
}

const isProcedure = (value: unknown): value is ContractProcedure =>
  typeof value === 'object' && value !== null && '~orpc' in value

/** Every procedure of a contract, sorted by path. */
export function procedures(contract: object): Procedure[] {
  const found: Procedure[] = []
  for (const [room, calls] of Object.entries(contract)) {
    for (const [name, value] of Object.entries(calls as object)) {
      if (!isProcedure(value)) throw new Error(`${room}.${name} is no procedure`)
      const { meta, inputSchema, outputSchema, errorMap } = value['~orpc']
      const stream = outputSchema ? getEventIteratorSchemaDetails(outputSchema as never) : undefined
      found.push({
        path: `${room}.${name}`,
        write: meta.write !== false,
        meta,
        stream: stream !== undefined,
        input: inputSchema as z.ZodType | undefined,
        output: (stream?.yields ?? outputSchema) as z.ZodType | undefined,
        errors: errorMap,
      })
    }
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1))
}

const schemaOf = (schema: unknown, io: 'input' | 'output'): unknown =>
  schema ? z.toJSONSchema(schema as z.ZodType, { unrepresentable: 'any', io, cycles: 'ref', reused: 'inline' }) : null

/**
 * Sixteen hex digits over everything that a page could stumble over: names, what goes in and comes out as JSON Schema
 * 2020-12, kinds of errors, what counts as a change, and what a wall gets. Descriptions of the code do not enter.
 */
export function fingerprint(contract: object): string {
  const facts = procedures(contract).map(({ path, write, meta, stream, input, output, errors }) => ({
    path,
    write,
    wall: meta.wall ?? null,
    stream,
    input: schemaOf(input, 'input'),
    output: schemaOf(output, 'output'),
    errors: Object.entries(errors).map(([code, { status, data }]) => [code, status ?? null, schemaOf(data, 'output')]),
  }))
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 16)
}
