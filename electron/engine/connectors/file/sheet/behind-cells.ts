import { columnOf } from './cell-format.ts'
import { linksOf } from './links.ts'
import type { SheetPart } from './workbook.ts'
import { xmlReader } from './xml.ts'

/** What a sheet says of its cells behind its last row. */
export interface BehindCells {
  /** Last row of a cell that was merged over several rows, by `row:column` of its first. */
  merged: Map<string, number>
  /** Where the words of a cell lead, by `row:column`. */
  targets: Map<string, string>
}

/** Characters behind the rows that are read: 65,530 links, as many as a sheet may have, need half of it. */
const MOST_BEHIND = 32 * 1024 ** 2
/** Cells of one link. */
const MOST_CELLS = 1_000
const END_OF_ROWS = /<\/(?:\w+:)?sheetData\s*>/

const rowIn = (reference: string): number => Number(/\d+$/.exec(reference)?.[0] ?? NaN)

/** Merged cells and links stand behind the rows (ECMA-376 part 1, 18.3.1.99), and a row is read as it comes: so they are read first. */
export async function behindCells({ entry, rels }: SheetPart): Promise<BehindCells> {
  const found: BehindCells = { merged: new Map(), targets: new Map() }
  const tail = await behindRows(entry)
  if (!/mergeCell|hyperlink/.test(tail)) return found
  const links = await linksOf(rels)
  const reader = xmlReader({
    open(name, attributes) {
      const [first = '', last = first] = (attributes['ref'] ?? '').split(':')
      const [from, to, column] = [rowIn(first), rowIn(last), columnOf(first)]
      if (column < 0 || !(to >= from)) return
      if (name === 'mergeCell' && to > from) found.merged.set(`${from}:${column}`, to)
      if (name !== 'hyperlink') return
      const id = Object.entries(attributes).find(([key]) => /^\w+:id$/.test(key))?.[1] ?? ''
      const target = links.get(id)?.target
      if (target === undefined) return
      const whole = attributes['location'] ? `${target}#${attributes['location']}` : target
      let left = MOST_CELLS
      for (let row = from; row <= to; row++)
        for (let at = column; at <= Math.max(column, columnOf(last)) && left-- > 0; at++)
          found.targets.set(`${row}:${at}`, whole)
    },
  })
  reader.write(`<behind>${tail}`)
  reader.end()
  return found
}

async function behindRows(entry: SheetPart['entry']): Promise<string> {
  const decoder = new TextDecoder()
  let behind: string | null = null
  let rest = ''
  for await (const chunk of await entry.open()) {
    const text = decoder.decode(chunk as Uint8Array, { stream: true })
    if (behind !== null) {
      if (behind.length + text.length > MOST_BEHIND) return behind
      behind += text
      continue
    }
    const both = rest + text
    const end = END_OF_ROWS.exec(both)
    if (end) behind = both.slice(end.index + end[0].length)
    else rest = both.slice(-60)
  }
  return behind ?? ''
}
