import { Parser } from 'htmlparser2'
import type { Readable } from 'node:stream'
import { userFailure } from '#engine/platform/failure.ts'

/** Elements by their local names: writers choose prefixes of their own. */
export interface XmlHandlers {
  open?(name: string, attributes: Record<string, string>): void
  text?(text: string): void
  close?(name: string): void
}

/** No table is nested so deeply, and the parser's time grows with the square of what is open. */
const MOST_OPEN = 200

const local = (name: string): string => name.slice(name.indexOf(':') + 1)

/** A reader of XML as it arrives. It knows no entities but those of XML itself, so that none can grow. */
export function xmlReader({ open, text, close }: XmlHandlers): { write(chunk: string): void; end(): void } {
  let depth = 0
  return new Parser(
    {
      onopentag(name, attributes) {
        if (++depth > MOST_OPEN) throw userFailure('file.xmlTooDeep')
        open?.(local(name), attributes)
      },
      ontext: (chunk) => text?.(chunk),
      onclosetag(name) {
        depth--
        close?.(local(name))
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
}

/** Reads a whole part of a workbook. */
export async function readXml(stream: Readable, handlers: XmlHandlers): Promise<void> {
  const reader = xmlReader(handlers)
  const decoder = new TextDecoder()
  for await (const chunk of stream) reader.write(decoder.decode(chunk as Uint8Array, { stream: true }))
  reader.write(decoder.decode())
  reader.end()
}

/** An attribute by its local name. */
export function attribute(attributes: Record<string, string>, name: string): string | undefined {
  if (attributes[name] !== undefined) return attributes[name]
  for (const key in attributes) if (key.endsWith(`:${name}`)) return attributes[key]
  return undefined
}
