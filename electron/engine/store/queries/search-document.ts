import type { Mention } from '#shared/model/mention.ts'
import { documentOfMention, type QueryDocument } from '#shared/query/document.ts'
import type { Reads } from '../reads.ts'
import { statement } from '../connections.ts'

/** A stored mention as a query sees it, its source's name included: what `source:"…"` asks for. */
export const documentInStore = (db: Reads, mention: Mention): QueryDocument =>
  documentOfMention(mention, sourceNameOf(db, mention.sourceId))

/** Also of removed sources; null when the store never knew it. */
export const sourceNameOf = (db: Reads, id: string): string | null =>
  statement<{ name: string }>(db, 'SELECT name FROM sources WHERE id = ?').get(id)?.name ?? null
