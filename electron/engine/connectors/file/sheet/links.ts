import { readXml } from './xml.ts'
import type { ZipEntry } from './zip.ts'

/** What a part of a workbook refers to, by its number there. */
export type Links = Map<string, { type: string; target: string }>

export async function linksOf(entry: ZipEntry | undefined): Promise<Links> {
  const links: Links = new Map()
  if (!entry) return links
  await readXml(await entry.open(), {
    open(name, { Id = '', Type = '', Target = '' }) {
      if (name === 'Relationship') links.set(Id, { type: Type, target: Target })
    },
  })
  return links
}

/** `HYPERLINK("https://…","words")` leads there; null: another formula. */
export const targetOf = (formula: string): string | null =>
  /^\s*(?:of:)?=?\s*HYPERLINK\(\s*"([^"]{1,2048})"/i.exec(formula)?.[1] ?? null
