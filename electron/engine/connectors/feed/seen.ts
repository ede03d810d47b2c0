import { createHash } from 'node:crypto'
import type { Draft } from '#shared/model/mention.ts'

/** Entries of one document, in its order: the id that each was heard by, and what it looks like without its id. */
export type Seen = [id: string, look: string | null][]

export const shortHash = (data: string | Uint8Array): string =>
  createHash('sha256').update(data).digest('base64url').slice(0, 16)

/** What a draft looks like besides its id; null when that is too little to know it again by. `isDated`: by its own date. */
export function lookOf(draft: Draft, isDated: boolean): string | null {
  const { url, title, text, publishedAt } = draft
  if ((title ?? '') + text === '' || (url === null && !isDated)) return null
  return shortHash(JSON.stringify([url, title, text, isDated ? publishedAt : null]))
}

/**
 * Gives entries whose id changes at every look (FreshRSS PR 4487, miniflux 797) the id that they were heard by: one looks
 * the same, and that id is not in the document any more. In place.
 */
export function keepIds(drafts: Draft[], looks: (string | null)[], before: Seen): void {
  const present = new Set(drafts.map(({ externalId }) => externalId))
  const known = new Set(before.map(([id]) => id))
  const free = new Map<string, string[]>()
  for (const [id, look] of before) {
    if (look !== null && !present.has(id)) free.set(look, [...(free.get(look) ?? []), id])
  }
  for (const [index, draft] of drafts.entries()) {
    if (known.has(draft.externalId)) continue
    const id = free.get(looks[index] ?? '')?.shift()
    if (id !== undefined) draft.externalId = id
  }
}

/**
 * Whether there may have been entries between two looks that neither showed: nothing of the last document is left, or
 * nothing but what is pinned at the top of both. By the feed's own order; what its dates say is no matter.
 */
export function hasMovedOn(now: Seen, before: Seen): boolean {
  const known = new Set(before.map(([id]) => id))
  const fresh = now.filter(([id]) => !known.has(id)).length
  if (fresh < 5 || before.length === 0) return false
  let pinned = 0
  while (pinned < before.length && now[pinned]?.[0] === before[pinned]![0]) pinned++
  return pinned < before.length && pinned + fresh === now.length
}
