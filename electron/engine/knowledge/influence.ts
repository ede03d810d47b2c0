import type { Mention } from '#shared/model/mention.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { influenceRow, writeInfluence } from '#engine/store/queries/persons.ts'
import { mentionKeys, type MentionKeys } from '#engine/store/queries/routing-cursor.ts'
import type { Store } from '#engine/store/store.ts'
import { influenceOf, type Influence } from '#engine/understanding/influence.ts'

export interface InfluenceBook {
  /**
   * Influence of the mention's author. Inside a write transaction the mention is counted in and the result is kept with the author;
   * otherwise it is computed from what is kept. null: no author.
   */
  of(mention: Mention, keys?: MentionKeys): Influence | null
}

export function createInfluenceBook({ store, clock }: { store: Store; clock: Clock }): InfluenceBook {
  return {
    of(mention, keys = mentionKeys(store, mention.seq)) {
      if (!mention.author || keys?.authorKey == null) return null
      const kept = influenceRow(store, keys.authorKey)
      const { engagement } = mention
      const reactions =
        engagement && [engagement.likes, engagement.reposts, engagement.replies].some((count) => count !== null)
          ? (engagement.likes ?? 0) + 2 * ((engagement.reposts ?? 0) + (engagement.replies ?? 0))
          : null
      const counted = !store.inTransaction && kept !== undefined
      const sum = (kept?.engagement_sum ?? 0) + (counted ? 0 : (reactions ?? 0))
      const known = (kept?.engagement_known ?? 0) + (counted || reactions === null ? 0 : 1)
      const mentions = Math.max(keys.authorEarlier + 1, (kept?.mentions ?? 0) + (counted ? 0 : 1))
      const heard = (kept?.heard ?? 0) + (counted || mention.listenIds.length === 0 ? 0 : 1)
      const influence = influenceOf({
        network: mention.network,
        followers: mention.author.followers,
        meanEngagement: known === 0 ? null : sum / known,
        mentions,
        heard: Math.min(heard, mentions),
      })
      if (store.inTransaction) {
        const { total, reach, resonance, relevance, history } = influence
        writeInfluence(store, {
          author_key: keys.authorKey,
          influence: total,
          reach,
          resonance,
          relevance,
          history,
          engagement_sum: sum,
          engagement_known: known,
          mentions,
          heard,
          updated_at: clock.now(),
        })
      }
      return influence
    },
  }
}
