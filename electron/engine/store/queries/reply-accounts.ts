import type { Reads, Writes } from '#engine/store/reads.ts'
import { named, plain, table, type RowOf } from '#engine/store/table.ts'

/** The accounts that customers are replied to by; a removed source's stays ours. */
const accountTable = table('reply_accounts', ['sourceId'], {
  sourceId: plain<string>(),
  network: plain<string>(),
  name: plain<string>(),
  /** As `author.id` of drafts; null: drafts do not tell. */
  authorId: plain<string | null>(),
  /** Characters that its server takes; null: not said. */
  limit: named('most', plain<number | null>()),
  checkedAt: plain<number>(),
})
export type ReplyAccount = RowOf<typeof accountTable>

export const replyAccounts = (db: Reads): ReplyAccount[] => accountTable.all(db, '')

export const putReplyAccount = (db: Writes, account: ReplyAccount): void => accountTable.put(db, account)
