import type { Mention } from '#shared/model/mention.ts'
import type { Store } from '#engine/store/store.ts'
import { mentionsAfter } from './mentions.ts'

const rowsAtOnce = 500

/** Mentions of rows after `after` up to `upTo`, in order of arrival; never more than one piece of them in memory. */
export function* mentionsBetween(store: Store, after: number, upTo: number): Iterable<Mention> {
  for (let from = after; from < upTo;) {
    const rows = mentionsAfter(store, from, rowsAtOnce)
    if (rows.length === 0) return
    for (const mention of rows) {
      if (mention.seq > upTo) return
      yield mention
    }
    from = rows.at(-1)?.seq ?? upTo
  }
}
