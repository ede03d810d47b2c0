import { isRecent } from '#shared/util/elapsed.ts'
import type { Said } from '#shared/model/said.ts'
import type { Mention } from '#shared/model/mention.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { Log } from '#engine/platform/log.ts'
import { putReplyAccount, replyAccounts, type ReplyAccount } from '#engine/store/queries/reply-accounts.ts'
import type { Store } from '#engine/store/store.ts'
import type { ReplyDoor } from './door.ts'

/** A day later the account is asked for anew: it may have been renamed. */
const FRESH_MS = 24 * 3_600_000
/** A refusal is asked about again this soon, and believed no longer than that: somebody may just have mended it. */
const REFUSED_MS = 60_000
const BELIEVED_MS = 600_000

export interface KnownAccount {
  name: string | null
  limit: number | null
  /** The network will not let this source speak, and what to do. */
  why: Said | null
}

/**
 * Whose name replies leave under. Kept in the store, so that it is known offline and our own words are always recognised.
 * Long: one memory of accounts, and everything that asks for them, forgets them and knows our words by them.
 */
export function createAccounts({ store, door, clock, log }: { store: Store; door: ReplyDoor; clock: Clock; log: Log }) {
  let accounts = new Map<string, ReplyAccount>()
  /** Names of each network that are ours. */
  let ours = new Map<string, Set<string>>()
  const refused = new Map<string, { why: Said; at: number }>()
  const asking = new Map<string, Promise<void>>()
  let closed = false
  /** Sources were changed: what is stored may be another account's. */
  const stale = new Set<string>()
  /** Grows with each such change: what was asked before it tells of the source as it was. */
  let changes = 0

  function reload(): void {
    const all = replyAccounts(store)
    accounts = new Map(all.map((account) => [account.sourceId, account]))
    ours = new Map()
    for (const { network, authorId } of all) {
      if (authorId !== null) ours.set(network, (ours.get(network) ?? new Set()).add(authorId))
    }
  }
  reload()

  const isFresh = (sourceId: string): boolean => {
    const now = clock.now()
    const known = accounts.get(sourceId)
    const no = refused.get(sourceId)
    if (no && isRecent(no.at, now, REFUSED_MS)) return true
    return known !== undefined && !stale.has(sourceId) && isRecent(known.checkedAt, now, FRESH_MS)
  }

  async function ask(sourceId: string, network: string): Promise<void> {
    const before = changes
    const { account, why } = await door.account(sourceId)
    if (closed) return
    if (before !== changes) return look(sourceId, network)
    if (why !== null) refused.set(sourceId, { why, at: clock.now() })
    if (account === null) return
    refused.delete(sourceId)
    stale.delete(sourceId)
    store.transaction(() => putReplyAccount(store, { sourceId, network, ...account, checkedAt: clock.now() }))
    reload()
  }

  /** Resolves when it has been asked, whatever came of it. */
  function look(sourceId: string, network: string): Promise<void> {
    if (isFresh(sourceId)) return Promise.resolve()
    let running = asking.get(sourceId)
    if (!running) {
      running = ask(sourceId, network).finally(() => {
        if (asking.get(sourceId) === running) asking.delete(sourceId)
      })
      asking.set(sourceId, running)
    }
    return running
  }

  return {
    look,
    known(sourceId: string): KnownAccount {
      const account = accounts.get(sourceId)
      const no = refused.get(sourceId)
      return {
        name: account?.name ?? null,
        limit: account?.limit ?? null,
        why: no && isRecent(no.at, clock.now(), BELIEVED_MS) ? no.why : null,
      }
    },
    /** Asks, in the background, for every source that may speak. */
    lookAll(): void {
      for (const { sourceId, network } of door.speakers()) {
        look(sourceId, network).catch((error: unknown) => {
          if (!closed)
            log.log('error', 'It could not be found out who a source replies as', { source: sourceId }, error)
        })
      }
    },
    stop(): void {
      closed = true
    },
    /** Sources were added or changed. */
    changed(): void {
      changes++
      asking.clear()
      refused.clear()
      for (const sourceId of accounts.keys()) stale.add(sourceId)
    },
    wrote: (mention: Mention): boolean =>
      mention.author !== null && (ours.get(mention.network)?.has(mention.author.id) ?? false),
  }
}
export type Accounts = ReturnType<typeof createAccounts>
