import { z } from 'zod'
import type { FetchContext } from '../connector.ts'
import { bearer, jsonOf } from '../incoming.ts'
import { tidy } from '../text/html-to-text.ts'

export interface Person {
  handle: string
  name: string | null
  followers: number | null
}

/** app.bsky.actor.getProfiles takes 25 at once. */
const AT_ONCE = 25
/** Requests for one batch of posts: with the whole network to listen to, most authors are strangers and stay DIDs. */
const MOST_REQUESTS = 2
const MOST_KNOWN = 20_000
const TIMEOUT_MS = 3_000
/** After a failure nobody is asked for this long: posts do not wait for names. */
const PAUSE_MS = 60_000

const Profiles = z.object({
  profiles: z.array(
    z.object({
      did: z.string(),
      handle: z.string(),
      displayName: z.string().nullish().catch(null),
      followersCount: z.number().int().nonnegative().nullish().catch(null),
    }),
  ),
})

/** Who a DID is, from the public API and remembered. What it does not say stays unknown. */
export class People {
  private readonly known = new Map<string, Person>()
  private askAgainAt = 0

  /** Never throws for what the network does: names are a courtesy, posts are not held back for them. */
  async find(dids: string[], service: string, context: FetchContext<unknown>): Promise<Map<string, Person>> {
    const wanted = [...new Set(dids)].filter((did) => !this.known.has(did)).slice(0, AT_ONCE * MOST_REQUESTS)
    for (let from = 0; from < wanted.length && context.now() >= this.askAgainAt; from += AT_ONCE) {
      await this.ask(wanted.slice(from, from + AT_ONCE), service, context)
    }
    const found = new Map<string, Person>()
    for (const did of dids) {
      const person = this.known.get(did)
      if (person) found.set(did, person)
    }
    return found
  }

  private async ask(dids: string[], service: string, { http, signal, now }: FetchContext<unknown>): Promise<void> {
    const url = new URL('/xrpc/app.bsky.actor.getProfiles', service)
    for (const did of dids) url.searchParams.append('actors', did)
    try {
      const response = await http.fetch({ url: url.href, headers: bearer(null), timeoutMs: TIMEOUT_MS, signal })
      if (response.status !== 200) throw new Error(`HTTP ${response.status}`)
      const { profiles } = Profiles.parse(jsonOf(response))
      for (const { did, handle, displayName, followersCount } of profiles)
        this.remember(did, handle, displayName ?? '', followersCount ?? null)
    } catch {
      signal.throwIfAborted()
      this.askAgainAt = now() + PAUSE_MS
    }
  }

  private remember(did: string, handle: string, name: string, followers: number | null): void {
    // A handle that its owner has broken is reported as this placeholder; the DID says more.
    if (handle === 'handle.invalid') return
    if (this.known.size >= MOST_KNOWN)
      for (const oldest of [...this.known.keys()].slice(0, MOST_KNOWN / 10)) this.known.delete(oldest)
    this.known.set(did, { handle, name: tidy(name) || null, followers })
  }
}
