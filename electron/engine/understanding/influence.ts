/** What is known of an author; null and 0 are different things. */
export interface InfluenceFacts {
  network: string
  followers: number | null
  /** Mean likes + 2 × (reposts + replies) of the mentions whose counts are known; null: none known. */
  meanEngagement: number | null
  /** Mentions of the author that this station stored, and of those the ones that a listen heard. */
  mentions: number
  heard: number
}

/** Each part 0 … 100 or unknown. */
export interface Influence {
  /** null: neither reach nor resonance is known. Unknown stays unknown. */
  total: number | null
  /** How many could read it. */
  reach: number | null
  /** How many did something about it. */
  resonance: number | null
  /** How much of what they say is about what is listened for. */
  relevance: number | null
  /** How long they have been speaking about it here. */
  history: number
}

/**
 * Followers that count as 100 on a network, so that networks can be compared: about one account in ten thousand of those that post
 * has more. Orders of magnitude from the networks' public statistics; for unlisted networks the middle one.
 */
const MOST_FOLLOWERS: Readonly<Record<string, number>> = {
  x: 2_000_000,
  twitter: 2_000_000,
  instagram: 5_000_000,
  youtube: 2_000_000,
  tiktok: 5_000_000,
  facebook: 2_000_000,
  bluesky: 200_000,
  mastodon: 50_000,
  reddit: 20_000,
  hackernews: 20_000,
}
const MOST_ELSEWHERE = 200_000
/** Reactions that count as 100: a fiftieth of the followers that do. */
const REACTIONS_PER_FOLLOWER = 0.02
/** Below this many mentions the share of heard ones says nothing. */
const LEAST_FOR_RELEVANCE = 3

const WEIGHTS = { reach: 0.5, resonance: 0.3, relevance: 0.08, history: 0.12 } as const

/** Logarithmic, as audiences are: each doubling counts the same. */
const onScale = (value: number, most: number): number => Math.min(100, (100 * Math.log1p(value)) / Math.log1p(most))

/** The weighted mean of the parts that are known. */
export function influenceOf(facts: InfluenceFacts): Influence {
  const most = MOST_FOLLOWERS[facts.network] ?? MOST_ELSEWHERE
  const reach = facts.followers === null ? null : onScale(facts.followers, most)
  const resonance = facts.meanEngagement === null ? null : onScale(facts.meanEngagement, most * REACTIONS_PER_FOLLOWER)
  const relevance = facts.mentions < LEAST_FOR_RELEVANCE ? null : (100 * facts.heard) / facts.mentions
  const history = 100 * (1 - Math.exp(-facts.mentions / 12))
  const parts = { reach, resonance, relevance, history }
  let total: number | null = null
  if (reach !== null || resonance !== null) {
    let sum = 0
    let weight = 0
    for (const [name, value] of Object.entries(parts)) {
      if (value === null) continue
      sum += value * WEIGHTS[name as keyof typeof WEIGHTS]
      weight += WEIGHTS[name as keyof typeof WEIGHTS]
    }
    // With an audience known, long acquaintance and relevance only add to it: a silent newcomer with a million readers matters.
    const audience = Math.max(reach ?? 0, resonance ?? 0)
    total = Math.max(sum / weight, audience * 0.9)
  }
  const round = (value: number | null): number | null => (value === null ? null : Math.round(value))
  return {
    total: round(total),
    reach: round(reach),
    resonance: round(resonance),
    relevance: round(relevance),
    history: Math.round(history),
  }
}
