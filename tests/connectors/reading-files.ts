import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Dropped } from '#engine/connectors/connector.ts'
import { isDropped } from '#engine/connectors/draft.ts'
import { rowToDraft } from '#engine/connectors/file/draft.ts'
import { openFile } from '#engine/connectors/file/open.ts'
import type { OpenOptions } from '#engine/connectors/file/open.ts'
import type { BadRow } from '#engine/connectors/file/table.ts'
import type { Draft } from '#shared/model/mention.ts'

export interface Everything {
  drafts: Draft[]
  dropped: Dropped[]
  bad: BadRow[]
  mapping: Record<string, string>
  columns: string[]
  leadIn: number
}

/** Everything that a file of this content becomes. */
export async function readContent(content: string | Uint8Array, options: OpenOptions = {}): Promise<Everything> {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-read-'))
  try {
    const path = join(folder, 'file.txt')
    writeFileSync(path, content)
    const { table, draftOptions } = await openFile(path, 'file.txt', options)
    const { columns, leadIn } = table
    const all: Everything = { drafts: [], dropped: [], bad: [], mapping: draftOptions.mapping, columns, leadIn }
    for await (const block of table.blocks()) {
      for (const bad of block.bad) all.bad.push(bad)
      for (const row of block.rows) {
        const draft = rowToDraft(row, draftOptions)
        if (isDropped(draft)) all.dropped.push(draft)
        else all.drafts.push(draft)
      }
    }
    return all
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export const times = ({ drafts }: Everything): string[] =>
  drafts.map(({ publishedAt }) => new Date(publishedAt).toISOString().replace('.000Z', 'Z'))
